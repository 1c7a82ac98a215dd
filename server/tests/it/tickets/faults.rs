//! A thousand random actions while answers are lost, changes stop half-way, sessions end and the worker is killed: in the
//! end OTRS and our record agree, and each comment stands there exactly once.

use std::{collections::HashMap, time::Duration};

use app::model::user::Role;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};
use simulators::otrs::{Fault, people::Rights};
use sqlx::{PgPool, Row as _};
use tokio::time::timeout;
use vakhta::{integrations::otrs::Actor, services::tickets::perform_due};

use crate::helpers::{desk::Desk, people::User};

/// In each of three storms, which go on beside each other.
const ACTIONS: usize = 334;
const AGENTS: [(i64, &str); 3] = [(801, "agent1"), (802, "agent2"), (803, "agent3")];
/// The queues that all three may work in.
const QUEUES: [&str; 3] = ["Helpdesk", "Misc", "Helpdesk::Level2"];

struct Storm {
    desk: Desk,
    users: Vec<User>,
    tickets: Vec<i64>,
    dice: StdRng,
}

impl Storm {
    async fn begin(db: PgPool, seed: u64) -> Self {
        let desk = Desk::start(db).await;
        desk.otrs.change(|world| {
            for agent in &mut world.agents {
                agent.rights.insert(4, Rights::all());
            }
        });
        let mut tickets = Vec::new();
        // Many, so that their histories stay short: each look reads all of one.
        for n in 0..20 {
            tickets.push(desk.make(&format!("Заявка {n}"), QUEUES[n % 3]).await);
        }
        desk.copy().await;
        let admin = desk.app.user(Role::Admin).await;
        let settings = json!({ "undo_delay_s": 0 });
        admin.send(admin.request(reqwest::Method::PUT, "/settings/tickets").json(&settings)).await.expect(200);
        let mut users = Vec::new();
        for (id, login) in AGENTS {
            users.push(desk.agent(id, login).await);
        }
        Self { desk, users, tickets, dice: StdRng::seed_from_u64(seed) }
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_range(0..100) < percent
    }

    /// What somebody might want, with a text that nothing else has.
    fn request(&mut self, n: usize) -> Value {
        let comment = format!("Комментарий №{n}.");
        let queue = *QUEUES.choose(&mut self.dice).expect("some");
        let (_, owner) = *AGENTS.choose(&mut self.dice).expect("some");
        match self.dice.random_range(0..11) {
            0 => json!({ "action": "take" }),
            1 => json!({ "action": "release" }),
            2 | 3 => json!({ "action": "close", "comment": comment }),
            4 => json!({ "action": "reject", "comment": comment }),
            5 => json!({ "action": "move", "queue": queue, "comment": comment }),
            6 => json!({ "action": "priority", "priority": "5 very high", "comment": comment }),
            7 => json!({ "action": "pending", "until": "2027-02-03T04:05:00Z", "comment": comment }),
            8 => json!({ "action": "assign", "owner": owner, "comment": comment }),
            9 => json!({ "action": "reopen", "comment": comment }),
            _ => json!({ "action": "comment", "comment": comment }),
        }
    }

    /// Asks for something; a device that heard no answer asks again with the same key.
    async fn ask(&mut self, n: usize) {
        let (user, ticket) =
            (self.dice.random_range(0..self.users.len()), *self.tickets.choose(&mut self.dice).expect("some"));
        let mut request = self.request(n);
        let (with_version, twice) = (self.chance(50), self.chance(10));
        let user = &self.users[user];
        if with_version {
            request["version"] = sqlx::query_scalar::<_, String>("select version from otrs.ticket where id = $1")
                .bind(ticket)
                .fetch_one(&self.desk.app.db)
                .await
                .expect("a row")
                .into();
        }
        for _ in 0..=usize::from(twice) {
            let post = user.request(reqwest::Method::POST, &format!("/tickets/{ticket}/actions"));
            let post = post.header("idempotency-key", format!("k-{n}")).json(&request);
            let status = post.send().await.expect("an answer").status();
            assert!(matches!(status.as_u16(), 202 | 409), "{status}: {request}");
        }
    }

    fn break_something(&mut self) {
        let faults = [Fault::AnswerLost, Fault::QuestionLost, Fault::HalfUpdate, Fault::ServerError];
        if self.chance(35) {
            let fault = *faults.choose(&mut self.dice).expect("some");
            self.desk.otrs.fail_next("TicketUpdate", fault);
        }
        for operation in ["TicketGet", "TicketHistoryGet"] {
            if self.chance(4) {
                self.desk.otrs.fail_next(operation, Fault::AnswerLost);
            }
        }
        if self.chance(1) {
            self.desk.otrs.lose_sessions();
        }
    }

    /// Carries out what is due, or dies while doing so.
    async fn perform(&mut self) {
        let (deps, line) = (self.desk.app.state.deps.clone(), self.desk.line());
        if self.chance(10) {
            let dies_after = Duration::from_micros(self.dice.random_range(200..20_000));
            let _ = timeout(dies_after, perform_due(&deps, &line, self.desk.now())).await;
            // What was sent is answered by now; then so much time passes that somebody else takes over.
            while line.client.host_now(Actor::Service).await.is_err() {}
            self.desk.pass(400);
        }
        for _ in 0..2 {
            let _ = perform_due(&deps, &line, self.desk.now()).await.expect("the database is there");
        }
    }

    /// Everything works again; people sign in, and what waits is done.
    async fn calm_down(&mut self) {
        self.desk.otrs.change(|world| world.faults.next.clear());
        for _ in 0..20 {
            for ((_, login), user) in AGENTS.iter().zip(&self.users) {
                if user.get("/otrs-link").await.expect(200)["state"] == "ended" {
                    let link = json!({ "login": login, "password": format!("{login}-pass") });
                    user.post_json("/otrs-link", &link).await.expect(201);
                }
            }
            self.desk.perform_after(400).await;
            // The breaker rests by the real clock.
            while self.desk.line().client.host_now(Actor::Service).await.is_err() {
                tokio::task::yield_now().await;
            }
        }
        self.desk.copy().await;
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_thousand_actions_in_a_storm_are_each_done_once_or_not_at_all(db: PgPool) {
    each_is_done_once_or_not_at_all(db).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_thousand_actions_in_another_storm_are_each_done_once_or_not_at_all(db: PgPool) {
    each_is_done_once_or_not_at_all(db).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_thousand_actions_in_a_third_storm_are_each_done_once_or_not_at_all(db: PgPool) {
    each_is_done_once_or_not_at_all(db).await;
}

async fn each_is_done_once_or_not_at_all(db: PgPool) {
    let seed = std::env::var("VAKHTA_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    eprintln!("VAKHTA_SEED={seed}");
    let mut storm = Storm::begin(db.clone(), seed).await;
    for n in 0..ACTIONS {
        storm.ask(n).await;
        storm.break_something();
        storm.perform().await;
        if storm.chance(3) {
            storm.calm_sessions().await;
        }
    }
    storm.calm_down().await;

    let rows =
        sqlx::query("select state, reason, request ->> 'comment' as comment, marker from otrs.action order by id");
    let rows = rows.fetch_all(&db).await.expect("rows");
    let (bodies, marks) = storm.desk.otrs.look(|world| {
        let (mut bodies, mut marks): (HashMap<String, usize>, HashMap<String, usize>) =
            (HashMap::new(), HashMap::new());
        for ticket in world.tickets.values() {
            for article in &ticket.articles {
                *bodies.entry(article.body.clone()).or_default() += 1;
            }
            for entry in &ticket.history {
                *marks.entry(entry.name.clone()).or_default() += 1;
            }
        }
        (bodies, marks)
    });
    let mut states: HashMap<String, usize> = HashMap::new();
    let mut expected = 0;
    for row in &rows {
        let (state, reason): (String, Option<String>) = (row.get("state"), row.get("reason"));
        let (comment, marker): (Option<String>, String) = (row.get("comment"), row.get("marker"));
        let texts = comment.as_ref().map_or(0, |comment| bodies.get(comment).copied().unwrap_or_default());
        let marks = marks.get(&format!("%%{marker}")).copied().unwrap_or_default();
        assert_eq!(texts, marks, "seed {seed}: {comment:?}");
        match (state.as_str(), reason.as_deref()) {
            ("done", _) => assert_eq!(texts, usize::from(comment.is_some()), "seed {seed}: {comment:?}"),
            ("failed", Some("half_done")) => assert!(texts <= 1, "seed {seed}: {comment:?} {texts} times"),
            ("conflict" | "undone" | "failed", _) => {
                assert_eq!(texts, 0, "seed {seed}: {comment:?} {state} {reason:?}");
            }
            _ => panic!("seed {seed}: {comment:?} is still {state} ({reason:?})"),
        }
        expected += texts;
        *states.entry(state).or_default() += 1;
    }
    eprintln!("{states:?}");
    assert!(states["done"] > ACTIONS / 3, "seed {seed}: {states:?}");
    // Nothing else was written, and the copy is what OTRS has.
    let written: usize =
        storm.desk.otrs.look(|world| storm.tickets.iter().map(|id| world.tickets[id].articles.len() - 1).sum());
    assert_eq!(written, expected, "seed {seed}");
    for &id in &storm.tickets {
        let row = sqlx::query(
            "select owner_id, state_id, queue_id, priority_id, locked,
                    (select count(*) from otrs.article a where a.ticket_id = t.id) as articles,
                    (select count(*) from otrs.history h where h.ticket_id = t.id) as entries
             from otrs.ticket t where id = $1",
        );
        let row = row.bind(id).fetch_one(&db).await.expect("a row");
        let copied: [i64; 6] =
            ["owner_id", "state_id", "queue_id", "priority_id", "articles", "entries"].map(|name| row.get(name));
        let there = storm.desk.otrs.look(|world| {
            let ticket = &world.tickets[&id];
            let count = |count: usize| i64::try_from(count).expect("few");
            let counts = [count(ticket.articles.len()), count(ticket.history.len())];
            [ticket.owner, ticket.state, ticket.queue, ticket.priority, counts[0], counts[1]]
        });
        assert_eq!(
            (copied, row.get::<bool, _>("locked")),
            (there, storm.desk.otrs.look(|world| world.tickets[&id].locked)),
            "seed {seed}"
        );
    }
}

impl Storm {
    /// People notice that they have to sign in.
    async fn calm_sessions(&mut self) {
        for ((_, login), user) in AGENTS.iter().zip(&self.users) {
            let link = json!({ "login": login, "password": format!("{login}-pass") });
            if user.get("/otrs-link").await.expect(200)["state"] == "ended" {
                // The breaker may be open just now; then he tries later.
                let _ = user.post_json("/otrs-link", &link).await;
            }
        }
    }
}
