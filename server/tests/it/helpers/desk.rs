//! Tickets of a simulated OTRS in an application without background work, and the calls its workers would make.

use std::sync::Arc;

use serde_json::{Value, json};
use simulators::otrs::{Listening, Otrs, World};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use vakhta::{
    clock,
    integrations::otrs::{Actor, Change, NewArticle, NewTicket, Reference, Visible},
    services::tickets::{Copier, Left, Line, Trouble, learn_due, perform_due},
};

use super::{TestApp, people::User};

/// An application and its OTRS.
pub struct Desk {
    /// The application.
    pub app: TestApp,
    /// Its OTRS.
    pub otrs: Listening,
    /// What copies it.
    pub copier: Copier,
    /// How much later it is than the clock says.
    pub later: Duration,
}

/// The web service of the recordings.
pub const SERVICE: &str = "GenericTicketConnectorREST";

impl Desk {
    /// Starts both.
    pub async fn start(db: PgPool) -> Self {
        let otrs = Otrs::start("otrs", World::recorded()).await.expect("it starts");
        Self::with(db, otrs).await
    }

    /// Starts an application for this OTRS.
    pub async fn with(db: PgPool, otrs: Listening) -> Self {
        let app = TestApp::with().without_workers();
        let app =
            app.var("OTRS_URL", &otrs.url(SERVICE)).var("OTRS_USER", "svc-api").var("OTRS_PASSWORD", "svc-api-pass");
        Self { app: app.start(db).await, otrs, copier: Copier::default(), later: Duration::ZERO }
    }

    /// The line to OTRS.
    pub fn line(&self) -> Arc<Line> {
        self.app.state.deps.otrs.clone().expect("a line")
    }

    /// What time it is for the workers.
    pub fn now(&self) -> OffsetDateTime {
        clock::now() + self.later
    }

    /// Makes a ticket as the service agent; its number inside.
    pub async fn make(&self, title: &str, queue: &str) -> i64 {
        let named = |name: &str| Some(Reference::Name(name.to_owned()));
        let new = NewTicket {
            ticket: Change {
                title: Some(title.to_owned()),
                customer_user: Some("tina".to_owned()),
                queue: named(queue),
                state: named("new"),
                priority: named("3 normal"),
                ..Change::default()
            },
            article: NewArticle::note(title, "Не печатает на третьем этаже", Visible::Customer),
        };
        self.line().client.create(Actor::Service, &new).await.expect("it is made").ticket.get()
    }

    /// One piece of copying.
    pub async fn copy_once(&self) -> Result<Left, Trouble> {
        self.copier.run_once(&self.app.state.deps, &self.line(), self.now()).await
    }

    /// Copies until there is nothing left.
    pub async fn copy(&self) {
        while self.copy_once().await.expect("it goes on") == Left::More {}
    }

    /// Learns the rights of everybody for whom that is due.
    pub async fn learn(&self) {
        while learn_due(&self.app.state.deps, &self.line(), self.now()).await.expect("learnt") {}
    }

    /// Carries out what is due now.
    pub async fn perform(&self) {
        while perform_due(&self.app.state.deps, &self.line(), self.now()).await.expect("performed") {}
    }

    /// Lets time pass, here and there.
    pub fn pass(&mut self, seconds: i64) {
        self.later += Duration::seconds(seconds);
        self.otrs.advance(std::time::Duration::from_secs(seconds.unsigned_abs()));
    }

    /// Lets time pass for what waits, and carries it out.
    pub async fn perform_after(&mut self, seconds: i64) {
        self.pass(seconds);
        self.perform().await;
    }

    /// An operator who acts with the login of this agent.
    pub async fn agent(&self, telegram_id: i64, login: &str) -> User {
        let user = self.app.operator(telegram_id).await;
        let link = json!({ "login": login, "password": format!("{login}-pass") });
        user.post_json("/otrs-link", &link).await.expect(201);
        user
    }
}

impl User {
    /// A ticket as he sees it.
    pub async fn ticket(&self, id: i64) -> Value {
        self.get(&format!("/tickets/{id}")).await.expect(200)
    }

    /// The numbers inside of the tickets in a list.
    pub async fn found(&self, query: &[(&str, &str)]) -> Vec<i64> {
        let list = self.ask("/tickets", query).await.expect(200);
        let items = list["items"].as_array().expect("items");
        items.iter().map(|item| item["id"].as_str().expect("an id").parse().expect("an id")).collect()
    }

    /// Asks for something to be done to a ticket as he sees it.
    pub async fn act(&self, id: i64, mut request: Value) -> Value {
        if request.get("version").is_none() {
            request["version"] = self.ticket(id).await["version"].clone();
        }
        self.post_json(&format!("/tickets/{id}/actions"), &request).await.expect(202)
    }

    /// An action of his.
    pub async fn action(&self, id: &Value) -> Value {
        for state in ["waiting", "sent", "done", "conflict", "needs_sign_in", "failed", "undone"] {
            let page = self.get(&format!("/actions?state={state}&limit=100")).await.expect(200);
            let items = page["items"].as_array().expect("items");
            if let Some(action) = items.iter().find(|action| action["id"] == *id) {
                return action.clone();
            }
        }
        panic!("no action {id}")
    }
}
