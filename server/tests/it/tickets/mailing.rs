//! Mails to customers: sent once after the reply stands in OTRS, or said why not; and the check whether OTRS mails itself.

use std::net::SocketAddr;

use app::model::user::Role;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::{
    Sink,
    mail::{Fault, Listening},
    otrs::{Otrs, World},
};
use sqlx::PgPool;
use vakhta::services::tickets::{Copier, mail_due};

use crate::helpers::{
    TestApp,
    desk::{Desk, SERVICE},
    people::User,
};

/// A desk that mails, and the mail server it mails to.
struct Post {
    desk: Desk,
    sink: Listening,
    anna: User,
    id: i64,
}

impl Post {
    async fn start(db: PgPool) -> Self {
        let sink = Sink::start(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("it starts");
        Self::with(db, sink.url(), sink).await
    }

    async fn with(db: PgPool, url: String, sink: Listening) -> Self {
        let otrs = Otrs::start("otrs", World::recorded()).await.expect("it starts");
        let app = TestApp::with().without_workers().var("SMTP_URL", &url).var("MAIL_FROM", "help@example.com");
        let app = app
            .var("OTRS_URL", &otrs.url(SERVICE))
            .var("OTRS_USER", "svc-api")
            .var("OTRS_PASSWORD", "svc-api-pass")
            .start(db)
            .await;
        let desk = Desk { app, otrs, copier: Copier::default(), later: time::Duration::ZERO };
        let id = desk.make("Принтер", "Helpdesk").await;
        desk.copy().await;
        let admin = desk.app.user(Role::Admin).await;
        put(&admin, &json!({ "mailing": "vakhta" })).await;
        let anna = desk.agent(801, "agent1").await;
        Self { desk, sink, anna, id }
    }

    /// Sends what is due now.
    async fn mail(&self) {
        while mail_due(&self.desk.app.state.deps, self.desk.now()).await.expect("looked at") {}
    }

    /// Lets time pass here alone: sessions in OTRS go on.
    async fn mail_after(&mut self, seconds: i64) {
        self.desk.later += time::Duration::seconds(seconds);
        self.mail().await;
    }

    /// A reply that stands in OTRS.
    async fn reply(&mut self) -> Value {
        let action = self.anna.act(self.id, json!({ "action": "reply", "comment": "Починили.\nПроверьте." })).await;
        self.desk.perform_after(11).await;
        action["id"].clone()
    }

    async fn mail_of(&self, action: &Value) -> Value {
        let action = self.anna.action(action).await;
        assert_eq!(action["state"], "done");
        action["mail"].clone()
    }
}

async fn put(admin: &User, settings: &Value) {
    admin.send(admin.request(Method::PUT, "/settings/tickets").json(settings)).await.expect(200);
}

fn state(mail: &Value) -> (&str, &str) {
    (mail["state"].as_str().expect("a state"), mail["reason"].as_str().unwrap_or_default())
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_reply_is_mailed_once_with_the_number_of_its_ticket(db: PgPool) {
    let mut post = Post::start(db).await;
    let action = post.anna.act(post.id, json!({ "action": "reply", "comment": "Починили.\nПроверьте." })).await;
    post.mail().await;
    assert!(post.sink.letters().is_empty(), "nothing is mailed before it stands in OTRS");
    post.desk.perform_after(11).await;
    assert_eq!(state(&post.mail_of(&action["id"]).await), ("waiting", ""));
    post.mail().await;
    post.mail_after(3_600).await;
    let letters = post.sink.letters();
    assert_eq!(letters.len(), 1);
    let number = post.anna.ticket(post.id).await["number"].as_str().expect("a number").to_owned();
    let letter = &letters[0];
    assert_eq!(letter.header("Subject"), Some(format!("[Ticket#{number}] Re: Принтер")));
    assert_eq!((letter.from.as_str(), letter.text().as_str()), ("help@example.com", "Починили.\nПроверьте."));
    assert_eq!(letter.header("From").as_deref(), Some("Helpdesk <help@example.com>"));
    let customer = post.anna.ticket(post.id).await["customer"]["email"].as_str().expect("an address").to_owned();
    assert_eq!(letter.to, std::slice::from_ref(&customer));
    let mail = post.mail_of(&action["id"]).await;
    assert_eq!((state(&mail), &mail["to"]), (("sent", ""), &json!(customer)));
    // In OTRS it stands as a mail to him.
    let (channel, to) = post.desk.otrs.look(|world| {
        let article = world.tickets[&post.id].articles.last().expect("an article");
        (article.channel, article.to.clone())
    });
    assert_eq!((channel, to), (1, customer));
    assert_eq!(post.anna.get("/otrs-link").await.expect(200)["mailing"], "vakhta");
    // A note is nobody's mail.
    post.anna.act(post.id, json!({ "action": "comment", "comment": "Внутри" })).await;
    post.desk.perform_after(11).await;
    post.mail().await;
    assert_eq!(post.sink.letters().len(), 1);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn files_of_a_reply_are_mailed_with_it(db: PgPool) {
    let mut post = Post::start(db).await;
    let file = json!({ "name": "инструкция.txt", "type": "text/plain", "content": "aGVsbG8=" });
    let file = post.anna.post_json("/uploads", &file).await.expect(201)["id"].clone();
    post.anna.act(post.id, json!({ "action": "reply", "comment": "Вот", "files": [file] })).await;
    post.desk.perform_after(11).await;
    post.mail().await;
    let letters = post.sink.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].text(), "Вот");
    let files = letters[0].files();
    assert_eq!(files.iter().map(|(_, content)| content.as_slice()).collect::<Vec<_>>(), [b"hello"]);
    let left = sqlx::query_scalar::<_, i64>("select count(*) from otrs.action_file").fetch_one(&post.desk.app.db).await;
    assert_eq!(left.expect("a count"), 0);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_fails_before_the_text_is_tried_again_by_itself(db: PgPool) {
    let mut post = Post::start(db).await;
    for fault in [Fault::Later, Fault::Broken] {
        post.sink.fail_next(fault);
        let before = post.sink.letters().len();
        let action = post.reply().await;
        post.mail().await;
        assert_eq!(state(&post.mail_of(&action).await), ("waiting", "smtp_away"), "{fault:?}");
        post.mail_after(6).await;
        assert_eq!(state(&post.mail_of(&action).await), ("sent", ""), "{fault:?}");
        assert_eq!(post.sink.letters().len(), before + 1, "{fault:?}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_refusal_is_told_and_can_be_repeated_or_left(db: PgPool) {
    let mut post = Post::start(db).await;
    post.sink.fail_next(Fault::Refused);
    let action = post.reply().await;
    post.mail().await;
    let mail = post.mail_of(&action).await;
    assert_eq!(state(&mail), ("failed", "smtp_refused"));
    assert!(mail["detail"].as_str().expect("words").contains("no such mailbox"), "{mail}");
    // It waits for its author among what is not over, and in the ticket.
    let open = post.anna.get("/actions").await.expect(200);
    assert_eq!(open["items"][0]["id"], action);
    assert_eq!(post.anna.ticket(post.id).await["detail"]["actions"][0]["mail"]["state"], "failed");
    post.mail_after(86_400).await;
    assert!(post.sink.letters().is_empty(), "nothing is repeated by itself");
    let address = format!("/actions/{}", action.as_str().expect("an id"));
    assert_eq!(post.anna.post(&format!("{address}/retry")).await.expect(202)["mail"]["state"], "waiting");
    post.mail().await;
    assert_eq!(post.sink.letters().len(), 1);
    post.anna.post(&format!("{address}/retry")).await.expect_problem(409, "action_not_stopped");
    post.sink.fail_next(Fault::Refused);
    let action = post.reply().await;
    post.mail().await;
    let address = format!("/actions/{}", action.as_str().expect("an id"));
    assert_eq!(post.anna.delete(&address).await.expect(200)["mail"]["state"], "dropped");
    assert_eq!(post.anna.get("/actions").await.expect(200)["items"], json!([]));
    let articles = post.desk.otrs.look(|world| world.tickets[&post.id].articles.len());
    assert_eq!(articles, 3, "the replies stand in OTRS, once each");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_breaks_after_the_text_is_not_sent_again_by_itself(db: PgPool) {
    let mut post = Post::start(db).await;
    for (fault, taken) in [(Fault::AnswerLost, 1), (Fault::TextLost, 0)] {
        let before = post.sink.letters().len();
        post.sink.fail_next(fault);
        let action = post.reply().await;
        post.mail().await;
        post.mail_after(86_400).await;
        assert_eq!(state(&post.mail_of(&action).await), ("unclear", "unclear"), "{fault:?}");
        assert_eq!(post.sink.letters().len(), before + taken, "{fault:?}");
        // Its author has looked, and wants it once more.
        post.anna.post(&format!("/actions/{}/retry", action.as_str().expect("an id"))).await.expect(202);
        post.mail().await;
        assert_eq!(state(&post.mail_of(&action).await).0, "sent");
        let letters = post.sink.letters();
        assert_eq!(letters.len(), before + taken + 1, "{fault:?}");
        let ids: Vec<_> = letters[before..].iter().map(|letter| letter.header("Message-ID")).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "a repetition can be told by its name: {ids:?}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_worker_that_died_while_handing_over_leaves_it_to_the_author(db: PgPool) {
    let mut post = Post::start(db).await;
    let action = post.reply().await;
    let dying =
        "update otrs.action_mail set state = 'handing', leased_until = now() + interval '4 minutes', attempts = 1";
    sqlx::query(dying).execute(&post.desk.app.db).await.expect("arranged");
    post.mail().await;
    assert!(post.sink.letters().is_empty(), "its lease is not over");
    post.mail_after(300).await;
    assert_eq!(state(&post.mail_of(&action).await), ("unclear", "unclear"));
    assert!(post.sink.letters().is_empty());
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_mail_server_that_is_away_is_waited_for_and_then_said(db: PgPool) {
    let sink = Sink::start(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("it starts");
    // Nobody listens there.
    let mut post = Post::with(db, "smtp://127.0.0.1:9".to_owned(), sink).await;
    let action = post.reply().await;
    for _ in 0..9 {
        post.mail_after(7_201).await;
        assert_eq!(state(&post.mail_of(&action).await), ("waiting", "smtp_away"));
    }
    post.mail_after(7_201).await;
    assert_eq!(state(&post.mail_of(&action).await), ("failed", "smtp_away"));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn without_a_mail_server_vakhta_cannot_be_chosen(db: PgPool) {
    let desk = Desk::start(db).await;
    let admin = desk.app.user(Role::Admin).await;
    let settings = json!({ "mailing": "vakhta" });
    let refused = admin.send(admin.request(Method::PUT, "/settings/tickets").json(&settings)).await;
    assert_eq!(refused.expect_problem(422, "smtp_not_configured")["field"], "mailing");
    let report = admin.get("/settings/tickets/mailing").await.expect(200);
    assert_eq!(report, json!({ "mailing": "unknown", "from": null, "check": null }));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_check_says_what_it_did_and_saw_and_asks(db: PgPool) {
    let desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let admin = desk.app.user(Role::Admin).await;
    put(&admin, &json!({ "role_queues": [{ "role": "admin", "queue": "Helpdesk" }] })).await;
    let number = admin.ticket(id).await["number"].clone();
    let address = "/settings/tickets/mailing/check";
    let check = admin.post_json(address, &json!({ "ticket": number })).await.expect(201);
    assert_eq!((&check["ticket_number"], &check["sign"], &check["arrived"]), (&number, &json!(false), &Value::Null));
    let written = desk.otrs.look(|world| {
        let article = world.tickets[&id].articles.last().expect("an article");
        (article.channel, article.visible, article.to.clone())
    });
    assert_eq!(written, (1, true, check["to"].as_str().expect("an address").to_owned()));
    // OTRS notes down later that it sent something; the next look finds it.
    desk.otrs.change(|world| {
        let ticket = world.tickets.get_mut(&id).expect("there");
        let mut entry = ticket.history.last().expect("an entry").clone();
        entry.kind = "SendCustomerNotification";
        entry.name = "%%Customer notice%%tina@corp.test%%Email".to_owned();
        ticket.history.push(entry);
        ticket.changed += 1;
    });
    let seen = admin.get("/settings/tickets/mailing").await.expect(200);
    assert_eq!(seen["check"]["sign"], true, "{seen}");
    assert_eq!(seen["mailing"], "unknown", "a notice is no proof");
    let said = admin.post_json("/settings/tickets/mailing/answer", &json!({ "arrived": true })).await.expect(200);
    assert_eq!((&said["mailing"], &said["check"]["arrived"]), (&json!("otrs"), &json!(true)));
    assert_eq!(admin.get("/settings/tickets").await.expect(200)["mailing"], "otrs");
    let said = admin.post_json("/settings/tickets/mailing/answer", &json!({ "arrived": false })).await.expect(200);
    assert_eq!(said["mailing"], "portal");
    for (request, field) in [
        (json!({}), "ticket"),
        (json!({ "ticket": "999" }), "ticket"),
        (json!({ "address": "nobody", "queue": "Helpdesk" }), "address"),
        (json!({ "address": "me@corp.test" }), "queue"),
    ] {
        assert_eq!(admin.post_json(address, &request).await.expect(422)["field"], field, "{request}");
    }
    let made = admin.post_json(address, &json!({ "address": "me@corp.test", "queue": "Helpdesk" })).await.expect(201);
    assert_eq!(made["to"], "me@corp.test");
    desk.app.operator(801).await.get("/settings/tickets/mailing").await.expect_problem(403, "forbidden");
}
