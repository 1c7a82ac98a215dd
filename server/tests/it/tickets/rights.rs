//! Whoever has no right in a queue finds nothing of it by any entrance.

use std::time::Duration;

use app::model::user::Role;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use simulators::otrs::people::Rights;
use sqlx::PgPool;
use tokio::time::timeout;
use tokio_tungstenite::{connect_async, tungstenite::Message};
use vakhta::integrations::otrs::{Actor, Change, File, NewArticle, TicketId, Visible};

use crate::helpers::{TestApp, desk::Desk, people::User};

/// The group of the queue Network.
const NETWORK: i64 = 4;

/// Writes a note with a file.
async fn note(desk: &Desk, id: i64) {
    let file =
        File {
            name: "../../план.txt".into(), content_type: "text/html".into(), content: "план <b>сети</b>".into()
        };
    let change = Change {
        article: Some(NewArticle::note("Файл", "Смотри файл", Visible::Agents)),
        files: vec![file],
        ..Change::default()
    };
    desk.line().client.update(Actor::Service, TicketId::new(id), &change).await.expect("done");
}

/// Everything that could tell of a ticket.
async fn entrances(user: &User, id: i64) -> Vec<String> {
    let mut told = Vec::new();
    for path in [
        "/tickets?limit=100",
        "/tickets?q=секрет",
        "/tickets?queue=Network",
        "/tickets?owner=svc-api",
        "/tickets?customer=tina",
        "/tickets?view=new",
        "/tickets?sort=priority",
        &format!("/tickets?ids={id}"),
        "/tickets/counts",
        "/tickets/choices",
        "/tickets/statistics?period=year",
        "/queues",
        "/otrs-link",
        "/actions",
        &format!("/tickets/{id}"),
        &format!("/tickets/{id}/attachments/1"),
    ] {
        let answer = user.get(path).await;
        let text = answer.body.to_string();
        if text.contains("Секрет")
            || text.contains("Network")
            || (answer.status == 200 && path.contains(&format!("/{id}")))
        {
            told.push(format!("{path}: {text}"));
        }
    }
    for path in
        [format!("/tickets/{id}/seen"), format!("/tickets/{id}/watch"), format!("/tickets/{id}/attachments/1/download")]
    {
        if user.post(&path).await.status != 404 {
            told.push(path);
        }
    }
    let action = json!({ "action": "comment", "comment": "Ау" });
    if user.post_json(&format!("/tickets/{id}/actions"), &action).await.status != 404 {
        told.push("actions".into());
    }
    told
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_operator_without_rights_in_a_queue_finds_nothing_of_it(db: PgPool) {
    let desk = Desk::start(db).await;
    let secret = desk.make("Секрет коммутатора", "Network").await;
    let open = desk.make("Принтер", "Helpdesk").await;
    note(&desk, secret).await;
    desk.copy().await;
    let (anna, carl) = (desk.agent(801, "agent1").await, desk.agent(803, "agent3").await);
    assert_eq!(entrances(&carl, secret).await, Vec::<String>::new());
    assert_eq!(carl.found(&[("sort", "newest")]).await, [open, 1]);
    assert_eq!(carl.get("/tickets/counts").await.expect(200)["new"], 2);
    // The same questions do find it where there are rights.
    assert!(entrances(&anna, secret).await.len() > 12);
    assert_eq!(anna.get("/tickets/counts").await.expect(200)["new"], 3);
    // Somebody without a login of his own sees nothing, until an administrator gives his role queues.
    let nobody = desk.app.operator(805).await;
    assert_eq!(nobody.found(&[]).await, Vec::<i64>::new());
    assert_eq!(entrances(&nobody, secret).await, Vec::<String>::new());
    let admin = desk.app.user(Role::Admin).await;
    let settings = json!({ "role_queues": [{ "role": "operator", "queue": "Helpdesk" }] });
    admin.send(admin.request(reqwest::Method::PUT, "/settings/tickets").json(&settings)).await.expect(200);
    assert_eq!(nobody.found(&[]).await, [open]);
    assert_eq!(entrances(&nobody, secret).await, Vec::<String>::new());
    nobody.get("/settings/tickets").await.expect_problem(403, "forbidden");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_right_that_is_taken_away_is_gone_at_the_next_look(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let secret = desk.make("Секрет коммутатора", "Network").await;
    let other = desk.make("Секрет маршрутизатора", "Network").await;
    note(&desk, secret).await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    assert_eq!(anna.found(&[("q", "секрет"), ("sort", "newest")]).await, [other, secret]);
    desk.otrs.change(|world| {
        let agent = world.agents.iter_mut().find(|agent| agent.login == "agent1").expect("there");
        agent.rights.insert(NETWORK, Rights::none());
    });
    // Opening one is refused, and with it everything of that queue is gone.
    anna.get(&format!("/tickets/{secret}")).await.expect_problem(404, "not_found");
    assert_eq!(entrances(&anna, secret).await, Vec::<String>::new());
    assert_eq!(anna.found(&[("q", "секрет")]).await, Vec::<i64>::new());
    // And comes back when it is given again.
    desk.otrs.change(|world| {
        let agent = world.agents.iter_mut().find(|agent| agent.login == "agent1").expect("there");
        agent.rights.insert(NETWORK, Rights::all());
    });
    desk.pass(240);
    desk.learn().await;
    assert_eq!(anna.found(&[("q", "секрет"), ("sort", "newest")]).await, [other, secret]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_live_channel_tells_only_of_what_one_may_see(db: PgPool) {
    let mut desk = Desk::start(db).await;
    desk.copy().await;
    let (anna, carl) = (desk.agent(801, "agent1").await, desk.agent(803, "agent3").await);
    let (secret, open) = (desk.make("Секрет коммутатора", "Network").await, desk.make("Принтер", "Helpdesk").await);
    let seq = anna.get("/tickets").await.expect(200)["seq"].clone();
    desk.copy().await;
    // Both may see them only once their sessions find tickets in these queues.
    desk.pass(240);
    desk.learn().await;
    assert_eq!(heard(&desk.app, &anna, &seq).await, [secret, open]);
    assert_eq!(heard(&desk.app, &carl, &seq).await, [open]);
}

/// The tickets that a screen hears of which knows everything up to `seq`.
async fn heard(app: &TestApp, user: &User, seq: &Value) -> Vec<i64> {
    let url = app.at("/api/v1/live").replace("http://", "ws://");
    let (mut socket, _) = connect_async(url).await.expect("it opens");
    let hello = json!({ "token": user.token(), "topics": ["tickets"], "resume": seq });
    socket.send(Message::text(hello.to_string())).await.expect("sent");
    let mut ids = Vec::new();
    loop {
        let message = timeout(Duration::from_secs(20), socket.next()).await.expect("in time");
        let Some(Ok(Message::Text(text))) = message else { continue };
        let frame: Value = serde_json::from_str(&text).expect("JSON");
        match frame["event"].as_str() {
            Some("ticket.created") => ids.push(frame["data"]["id"].as_str().expect("an id").parse().expect("an id")),
            Some("now") => return ids,
            _ => {}
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_login_is_checked_kept_sealed_and_belongs_to_one_person(db: PgPool) {
    let desk = Desk::start(db.clone()).await;
    desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let user = desk.app.operator(801).await;
    let link = |password: &str| json!({ "login": "agent1", "password": password });
    let wrong = user.post_json("/otrs-link", &link("nope")).await.expect_problem(422, "otrs_refused");
    assert_eq!(wrong["field"], "password");
    assert_eq!(user.get("/otrs-link").await.expect(200)["state"], "none");
    let linked = user.post_json("/otrs-link", &link("agent1-pass")).await.expect(201);
    assert_eq!(
        (&linked["state"], &linked["login"], &linked["queues"]),
        (&json!("linked"), &json!("agent1"), &json!(["Helpdesk", "Raw"]))
    );
    let other = desk.app.operator(802).await;
    other.post_json("/otrs-link", &link("agent1-pass")).await.expect_problem(409, "otrs_login_taken");
    // Neither the password nor a session that works is anywhere in the database.
    let stored: String =
        sqlx::query_scalar("select string_agg(l::text, '') from otrs.link l").fetch_one(&db).await.expect("a row");
    let sealed: Vec<u8> = sqlx::query_scalar("select session from otrs.link").fetch_one(&db).await.expect("a row");
    let sessions: Vec<String> = desk.otrs.look(|world| world.sessions.keys().cloned().collect());
    for secret in sessions.iter().map(String::as_str).chain(["agent1-pass"]) {
        assert!(!stored.contains(secret) && !String::from_utf8_lossy(&sealed).contains(secret));
    }
    let unlinked = user.delete("/otrs-link").await.expect(200);
    assert_eq!((&unlinked["state"], &unlinked["queues"]), (&json!("none"), &json!([])));
    assert_eq!(user.found(&[]).await, Vec::<i64>::new());
    other.post_json("/otrs-link", &link("agent1-pass")).await.expect(201);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn files_have_safe_names_and_types_and_come_from_otrs_when_wanted(db: PgPool) {
    let desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    note(&desk, id).await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let ticket = anna.ticket(id).await;
    let file = &ticket["articles"][1]["attachments"][0];
    assert_eq!(
        (&file["n"], &file["name"], &file["type"]),
        (&json!(1), &json!("план.txt"), &json!("application/octet-stream"))
    );
    let response =
        anna.request(reqwest::Method::GET, &format!("/tickets/{id}/attachments/1")).send().await.expect("an answer");
    let headers = response.headers().clone();
    assert_eq!(headers["content-type"], "application/octet-stream");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert!(headers["content-disposition"].to_str().expect("ASCII").starts_with("attachment; filename=\"____.txt\""));
    assert!(headers["content-security-policy"].to_str().expect("ASCII").contains("default-src 'none'"));
    assert_eq!(response.text().await.expect("text"), "план <b>сети</b>");
    // A second look needs no OTRS; neither does a one-time address, behind which nobody is signed in.
    let address = anna.post(&format!("/tickets/{id}/attachments/1/download")).await.expect(200);
    assert_eq!(address["file_name"], "план.txt");
    let url = address["url"].as_str().expect("a url");
    assert_eq!(reqwest::get(url).await.expect("an answer").text().await.expect("text"), "план <b>сети</b>");
    assert_eq!(reqwest::get(url).await.expect("an answer").status(), 404, "once");
    anna.get(&format!("/tickets/{id}/attachments/2")).await.expect_problem(404, "not_found");
}
