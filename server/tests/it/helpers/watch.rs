//! Servers whose checks the test makes up: an application without background work, and the calls its workers would make.

use std::time::Duration;

use app::model::{ids::MonitorId, monitor::Reason, server::Line, user::Role};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::OffsetDateTime;
use vakhta::{
    clock,
    monitor::state::Outcome,
    services::{
        checks::{Finding, Looking, Verdict, record_all},
        history,
        incidents::pending,
    },
};

use super::{TestApp, people::User};

/// An application and what it watches.
pub struct Watch {
    /// The application.
    pub app: TestApp,
    /// An administrator.
    pub admin: User,
    /// The time of the next check.
    pub now: OffsetDateTime,
}

/// How well the runner of these tests looks.
pub const LOOKING: Looking = Looking { line: Line::NotAsked, ping_not_permitted: false };

impl Watch {
    /// Starts it.
    pub async fn start(db: PgPool) -> Self {
        let app = TestApp::with().without_workers().start(db).await;
        let admin = app.user(Role::Admin).await;
        let now = clock::now();
        history::prepare(&app.state.deps, now).await.expect("partitions");
        Self { app, admin, now }
    }

    /// Enters a server with one monitor that needs three bad checks and two good ones; its id and the monitor's.
    pub async fn server(&self, name: &str, parent: Option<&str>) -> (String, MonitorId) {
        let draft = json!({
            "name": name, "address": "192.0.2.1", "parent_id": parent,
            "monitors": [{ "kind": "tcp", "target": ":22", "interval_s": 30 }]
        });
        let server = self.admin.post_json("/servers", &draft).await.expect(201);
        let monitor = server["monitors"][0]["id"].as_str().expect("an id").parse().expect("an id");
        (server["id"].as_str().expect("an id").to_owned(), monitor)
    }

    /// Makes a check of each of these monitors, ten seconds after the last ones.
    pub async fn see(&mut self, monitors: &[MonitorId], outcome: &Outcome) -> Vec<Verdict> {
        self.now += Duration::from_secs(10);
        let findings: Vec<Finding> = monitors.iter().map(|monitor| self.finding(*monitor, outcome)).collect();
        record_all(&self.app.state.deps, &findings, Some(LOOKING), self.now).await.expect("written")
    }

    /// A check that is due now.
    pub fn finding(&self, monitor: MonitorId, outcome: &Outcome) -> Finding {
        Finding { monitor, due: self.now, seen: self.now, outcome: Some(outcome.clone()), figures: None }
    }

    /// Three bad checks of each.
    pub async fn goes_down(&mut self, monitors: &[MonitorId]) {
        for _ in 0..3 {
            self.see(monitors, &bad()).await;
        }
    }

    /// Two good checks of each.
    pub async fn comes_back(&mut self, monitors: &[MonitorId]) {
        for _ in 0..2 {
            self.see(monitors, &good()).await;
        }
    }

    /// Lets time pass for what waits.
    pub async fn waits(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        while pending::decide(&self.app.state.deps, self.now).await.expect("decided") {}
    }

    /// The state of a server.
    pub async fn state(&self, id: &str) -> String {
        let server = self.admin.get(&format!("/servers/{id}")).await.expect(200);
        server["state"].as_str().expect("a state").to_owned()
    }

    /// Incidents in this state, as `server+behind` in the order of the list.
    pub async fn incidents(&self, state: &str) -> Vec<String> {
        let page = self.admin.get(&format!("/incidents?state={state}")).await.expect(200);
        let items = page["items"].as_array().expect("items");
        let shown =
            |item: &Value| format!("{}+{}", item["server_name"].as_str().expect("a name"), item["servers_behind"]);
        items.iter().map(shown).collect()
    }

    /// The one open incident.
    pub async fn incident(&self) -> Value {
        let page = self.admin.get("/incidents").await.expect(200);
        let items = page["items"].as_array().expect("items");
        assert_eq!(items.len(), 1, "{page}");
        let id = items[0]["id"].as_str().expect("an id");
        self.admin.get(&format!("/incidents/{id}")).await.expect(200)
    }
}

/// A good check.
pub fn good() -> Outcome {
    Outcome::Good { latency: Duration::from_millis(12) }
}

/// A bad check.
pub fn bad() -> Outcome {
    Outcome::Bad(Reason::new("refused"))
}

/// The kinds of the events of an incident.
pub fn kinds(incident: &Value) -> Vec<&str> {
    incident["events"].as_array().expect("events").iter().map(|event| event["kind"].as_str().expect("text")).collect()
}
