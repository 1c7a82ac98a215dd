//! The copy is whole, follows OTRS, is honest about its age, and is searched.

use app::model::user::Role;
use serde_json::json;
use simulators::otrs::{Fault, Outage, ticket::Ticket};
use sqlx::PgPool;
use vakhta::{
    integrations::otrs::{Actor, Change, LockChange, NewArticle, Reference, TicketId, Visible},
    services::tickets::{Copier, Left},
};

use crate::helpers::{TestApp, desk::Desk};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn without_an_otrs_there_are_no_tickets(db: PgPool) {
    let app = TestApp::with().without_workers().start(db).await;
    let operator = app.user(Role::Operator).await;
    for path in [
        "/tickets",
        "/tickets/counts",
        "/tickets/statistics",
        "/tickets/7",
        "/queues",
        "/actions",
        "/otrs-link",
        "/tickets/7/attachments/1",
    ] {
        operator.get(path).await.expect_problem(403, "otrs_not_configured");
    }
    operator
        .post_json("/tickets/7/actions", &json!({ "action": "take" }))
        .await
        .expect_problem(403, "otrs_not_configured");
    app.user(Role::Employee).await.get("/tickets").await.expect_problem(403, "forbidden");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_there_is_copied_and_what_changes_follows(db: PgPool) {
    let desk = Desk::start(db).await;
    let id = desk.make("Принтер HP M404", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let list = anna.get("/tickets?sort=newest").await.expect(200);
    assert_eq!((&list["copy"]["state"], list["items"].as_array().expect("items").len()), (&json!("current"), 2));
    let item = &list["items"][0];
    assert_eq!(
        (&item["title"], &item["queue"], &item["state_type"], &item["lock"], &item["owner"]),
        (&json!("Принтер HP M404"), &json!("Helpdesk"), &json!("new"), &json!("unlock"), &json!("svc-api"))
    );
    assert_eq!(item["customer"]["name"], "Tina Tester");
    assert!(item.get("articles").is_none() && item.get("history").is_none());

    let line = desk.line();
    let note = NewArticle::note("Ответ", "Уже еду", Visible::Agents);
    let change = Change {
        lock: Some(LockChange::Lock),
        queue: Some(Reference::Name("Network".into())),
        article: Some(note),
        ..Change::default()
    };
    line.client.update(Actor::Service, TicketId::new(id), &change).await.expect("done");
    desk.copy().await;
    // Of a queue without tickets nobody could learn who sees it.
    desk.learn().await;
    let ticket = anna.ticket(id).await;
    assert_eq!((&ticket["queue"], ticket["articles"].as_array().expect("articles").len()), (&json!("Network"), 2));
    assert_eq!(ticket["articles"][1]["body"], "Уже еду");
    assert_eq!(ticket["articles"][1]["visible_for_customer"], false);
    let kinds: Vec<_> = ticket["history"].as_array().expect("history").iter().map(|entry| &entry["kind"]).collect();
    assert!(kinds.contains(&&json!("NewTicket")) && kinds.contains(&&json!("Move")), "{kinds:?}");
    assert_eq!(anna.found(&[("queue", "Helpdesk")]).await, Vec::<i64>::new());
    assert_eq!(anna.found(&[("queue", "Network")]).await, [id]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_filling_that_was_broken_off_goes_on_elsewhere_and_misses_nothing(db: PgPool) {
    let mut desk = Desk::start(db).await;
    // Over years and in crowds, so that it takes many questions.
    let now = desk.otrs.look(simulators::otrs::World::local_now);
    desk.otrs.change(|world| {
        let pattern = world.tickets[&1].clone();
        for n in 0..1_300_i64 {
            let changed = if n % 3 == 0 { now - n * 90_000 } else { now - 40_000_000 - n % 7 };
            let (id, number) = (1_000 + n, format!("20261120{n:08}"));
            let ticket = Ticket { id, number, queue: 5, created: changed, changed, ..pattern.clone() };
            world.tickets.insert(id, ticket);
        }
    });
    let mut pieces = 0;
    loop {
        // Again and again an answer is lost, and now and then another node takes over.
        pieces += 1;
        if pieces % 4 == 0 {
            desk.otrs.fail_next("TicketGet", Fault::QuestionLost);
        }
        if pieces % 60 == 0 {
            desk.copier = Copier::default();
        }
        match desk.copy_once().await {
            Ok(Left::Nothing) => break,
            Ok(Left::More) | Err(_) => {}
        }
        assert!(pieces < 1_500, "it ends");
    }
    let anna = desk.agent(801, "agent1").await;
    assert!(pieces > 60, "{pieces}: another node did take over");
    let (mut seen, mut cursor) = (0, String::new());
    loop {
        let page = anna.ask("/tickets", &[("limit", "100"), ("cursor", &cursor)]).await.expect(200);
        seen += page["items"].as_array().expect("items").len();
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(seen, 1_301);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_gone_or_out_of_sight_is_shown_no_longer(db: PgPool) {
    let desk = Desk::start(db).await;
    let (stays, goes) = (desk.make("Остаётся", "Helpdesk").await, desk.make("Исчезает", "Helpdesk").await);
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    assert_eq!(anna.found(&[("sort", "newest")]).await, [goes, stays, 1]);
    desk.otrs.change(|world| world.tickets.remove(&goes));
    desk.copy().await;
    assert_eq!(anna.found(&[("sort", "newest")]).await, [stays, 1]);
    anna.get(&format!("/tickets/{goes}")).await.expect_problem(404, "not_found");
    assert_eq!(anna.found(&[("q", "исчезает")]).await, Vec::<i64>::new());
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn while_otrs_is_away_people_read_the_copy_and_its_age(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let before = anna.get("/tickets").await.expect(200)["copy"]["as_of"].clone();
    desk.otrs.set_outage(Outage::BadGateway);
    desk.pass(300);
    desk.copy_once().await.expect_err("it is away");
    let list = anna.get("/tickets").await.expect(200);
    assert_eq!((&list["copy"]["state"], &list["copy"]["as_of"]), (&json!("away"), &before));
    let ticket = anna.ticket(id).await;
    assert_eq!((&ticket["as_of"], &ticket["title"]), (&before, &json!("Принтер")));
    desk.otrs.set_outage(Outage::None);
    desk.pass(300);
    // The breaker lets one question through after a rest.
    while desk.copy_once().await.is_err() {
        tokio::task::yield_now().await;
    }
    let list = anna.get("/tickets").await.expect(200);
    assert_eq!(list["copy"]["state"], "current");
    assert!(list["copy"]["as_of"].as_str() > before.as_str());
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_copy_is_searched_in_both_languages_and_by_any_part_of_a_number(db: PgPool) {
    let desk = Desk::start(db).await;
    let printer = desk.make("Не печатает принтер в кабинете", "Helpdesk").await;
    let switch = desk.make("Switch ports are blinking at 10.16.5.7", "Network").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let number = anna.ticket(switch).await["number"].as_str().expect("text").to_owned();
    for (text, expected) in [
        ("принтеры", vec![printer]),
        ("ПРИНТ", vec![printer]),
        ("печатает кабинет", vec![printer]),
        ("blink port", vec![switch]),
        ("10.16.5", vec![switch]),
        (&number[9..], vec![switch]),
        ("third floor", vec![]),
        ("третий этаж", vec![switch, printer]),
        ("tina tester", vec![switch, printer]),
        ("!&|", vec![]),
        ("'; drop table", vec![]),
    ] {
        assert_eq!(anna.found(&[("q", text), ("sort", "newest")]).await, expected, "{text}");
    }
    anna.ask("/tickets", &[("cursor", "xyz")]).await.expect_problem(422, "cursor");
    anna.ask("/tickets", &[("view", "banana")]).await.expect_problem(422, "view_unknown");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn views_counts_and_marks_are_ones_own(db: PgPool) {
    let desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let counts = anna.get("/tickets/counts").await.expect(200);
    assert_eq!((&counts["new"], &counts["mine"], &counts["watched"]), (&json!(2), &json!(0), &json!(0)));
    assert_eq!((&counts["copy"]["state"], &counts["copy"]["done"]), (&json!("current"), &json!(2)));
    assert_eq!(anna.ticket(id).await["unread"], false, "what was there before he came counts as seen");
    anna.post(&format!("/tickets/{id}/watch")).await.expect(204);
    desk.otrs.change(|world| {
        world.tickets.get_mut(&id).expect("there").owner = 2;
    });
    let answer = NewArticle {
        sender: vakhta::integrations::otrs::Sender::Customer,
        ..NewArticle::note("Ещё", "Ау?", Visible::Customer)
    };
    let change = Change { article: Some(answer), ..Change::default() };
    desk.line().client.update(Actor::Service, TicketId::new(id), &change).await.expect("done");
    desk.copy().await;
    let counts = anna.get("/tickets/counts").await.expect(200);
    assert_eq!((&counts["mine"], &counts["waiting"], &counts["watched"]), (&json!(1), &json!(1), &json!(1)));
    let ticket = anna.ticket(id).await;
    assert_eq!(
        (&ticket["unread"], &ticket["articles"][1]["unread"], &ticket["articles"][0]["unread"]),
        (&json!(true), &json!(true), &json!(false))
    );
    anna.post(&format!("/tickets/{id}/seen")).await.expect(204);
    assert_eq!(anna.ticket(id).await["unread"], false);
    for view in ["mine", "waiting", "watched"] {
        assert_eq!(anna.found(&[("view", view)]).await, [id], "{view}");
    }
    anna.delete(&format!("/tickets/{id}/watch")).await.expect(204);
    assert_eq!(anna.found(&[("view", "watched")]).await, Vec::<i64>::new());
    assert_eq!(anna.found(&[("owner", "me")]).await, [id]);
    assert_eq!(anna.found(&[("owner", "none")]).await, [1]);
}
