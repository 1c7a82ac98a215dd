//! What is done to tickets: stored at once, sent later, done once, and the owner is whom people expect.

use std::time::Duration;

use serde_json::{Value, json};
use simulators::otrs::{Fault, Outage, people::Rights, ticket::Entry};
use sqlx::PgPool;
use tokio::{join, time::sleep};
use vakhta::integrations::otrs::{Actor, Change, Reference, TicketId};

use crate::helpers::desk::Desk;

/// State, owner and lock in OTRS, and how many articles.
fn stands(desk: &Desk, id: i64) -> (i64, i64, bool, usize) {
    desk.otrs.look(|world| {
        let ticket = &world.tickets[&id];
        (ticket.state, ticket.owner, ticket.locked, ticket.articles.len())
    })
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_action_waits_can_be_taken_back_and_is_then_sent(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let action = anna.act(id, json!({ "action": "take" })).await;
    assert_eq!(action["state"], "waiting");
    desk.perform().await;
    assert_eq!(stands(&desk, id).1, 5, "nothing is sent before the delay is over");
    let address = format!("/actions/{}", action["id"].as_str().expect("an id"));
    assert_eq!(anna.delete(&address).await.expect(200)["state"], "undone");
    assert_eq!(anna.delete(&address).await.expect(200)["state"], "undone");
    desk.perform_after(11).await;
    assert_eq!(stands(&desk, id), (1, 5, false, 1));
    let action = anna.act(id, json!({ "action": "take" })).await;
    desk.perform_after(11).await;
    assert_eq!(stands(&desk, id), (1, 2, true, 1));
    assert_eq!(anna.action(&action["id"]).await["state"], "done");
    let ticket = anna.ticket(id).await;
    assert_eq!((&ticket["owner"], &ticket["lock"]), (&json!("agent1"), &json!("lock")));
    let late = anna.delete(&format!("/actions/{}", action["id"].as_str().expect("an id"))).await;
    late.expect_problem(409, "action_sent");
    desk.app.operator(899).await.delete(&address).await.expect_problem(404, "not_found");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn every_action_does_what_it_says_and_keeps_the_owner_people_expect(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    // State, owner, lock and number of articles after each.
    let script = [
        (json!({ "action": "take" }), (1, 2, true, 1)),
        (json!({ "action": "comment", "comment": "Смотрю" }), (1, 2, true, 2)),
        (json!({ "action": "reply", "comment": "Скоро будем" }), (1, 2, true, 3)),
        (json!({ "action": "priority", "priority": "4 high" }), (1, 2, true, 3)),
        (json!({ "action": "move", "queue": "Network", "comment": "Дело в сети" }), (1, 2, true, 4)),
        (json!({ "action": "pending", "until": "2027-01-01T10:00:00Z" }), (6, 2, true, 4)),
        (json!({ "action": "assign", "owner": "agent2" }), (6, 3, true, 4)),
        (json!({ "action": "close", "comment": "Готово" }), (2, 2, false, 5)),
        (json!({ "action": "reopen" }), (4, 2, false, 5)),
        (json!({ "action": "reject", "comment": "Не наше" }), (3, 2, false, 6)),
        (json!({ "action": "release" }), (3, 2, false, 6)),
    ];
    for (request, expected) in script {
        let action = anna.act(id, request.clone()).await;
        desk.perform_after(11).await;
        desk.learn().await;
        assert_eq!(anna.action(&action["id"]).await["state"], "done", "{request}");
        assert_eq!(stands(&desk, id), expected, "{request}");
    }
    let seen = desk.otrs.look(|world| {
        let ticket = &world.tickets[&id];
        (ticket.queue, ticket.priority, ticket.articles.iter().map(|article| article.visible).collect::<Vec<_>>())
    });
    assert_eq!(seen, (6, 4, vec![true, false, true, false, false, false]));
    let wrong = [
        (json!({ "action": "comment" }), "comment"),
        (json!({ "action": "reject", "comment": " " }), "comment"),
        (json!({ "action": "comment", "comment": "0" }), "comment"),
        (json!({ "action": "move" }), "queue"),
        (json!({ "action": "pending" }), "until"),
        (json!({ "action": "create" }), "action"),
    ];
    for (request, field) in wrong {
        let answer = anna.post_json(&format!("/tickets/{id}/actions"), &request).await.expect(422);
        assert_eq!(answer["field"], field, "{request}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_second_of_two_operators_is_told_what_changed(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let (anna, bob) = (desk.agent(801, "agent1").await, desk.agent(802, "agent2").await);
    let version = bob.ticket(id).await["version"].clone();
    anna.act(id, json!({ "action": "close", "comment": "Готово" })).await;
    // Bob stores his before hers is sent: it is only found out then.
    let late = bob.act(id, json!({ "action": "comment", "comment": "Еду", "version": version })).await;
    desk.perform_after(11).await;
    let late = bob.action(&late["id"]).await;
    assert_eq!(
        (&late["state"], &late["reason"], &late["comment"]),
        (&json!("conflict"), &json!("ticket_conflict"), &json!("Еду"))
    );
    let kinds: Vec<_> =
        late["changes"].as_array().expect("changes").iter().map(|entry| entry["kind"].clone()).collect();
    assert!(kinds.contains(&json!("StateUpdate")) && kinds.contains(&json!("AddNote")), "{kinds:?}");
    assert_eq!(stands(&desk, id).3, 2, "only hers");
    // At once, when the copy knows it already.
    let request = json!({ "action": "take", "version": version });
    let refused =
        bob.post_json(&format!("/tickets/{id}/actions"), &request).await.expect_problem(409, "ticket_conflict");
    assert_eq!(
        (&refused["current"]["state"], &refused["current"]["owner"]),
        (&json!("closed successful"), &json!("agent1"))
    );
    // Having seen it, he wants it all the same.
    let again = format!("/actions/{}/retry", late["id"].as_str().expect("an id"));
    bob.post(&again).await.expect(202);
    desk.perform_after(1).await;
    assert_eq!(bob.action(&late["id"]).await["state"], "done");
    assert_eq!(stands(&desk, id).3, 3);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn several_actions_in_a_row_are_meant_for_what_the_ones_before_made(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let version = anna.ticket(id).await["version"].clone();
    let mut asked = Vec::new();
    for request in [
        json!({ "action": "take", "version": version }),
        json!({ "action": "comment", "comment": "Раз", "version": version }),
        json!({ "action": "close", "comment": "Два", "version": version }),
    ] {
        asked.push(anna.act(id, request).await["id"].clone());
    }
    desk.perform_after(11).await;
    for id in &asked {
        assert_eq!(anna.action(id).await["state"], "done");
    }
    assert_eq!(stands(&desk, id), (2, 2, false, 3));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_a_customer_writes_between_two_actions_is_not_closed_over(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let version = anna.ticket(id).await["version"].clone();
    let comment = anna.act(id, json!({ "action": "comment", "comment": "Раз", "version": version })).await;
    let close = anna.act(id, json!({ "action": "close", "comment": "Два", "version": version })).await;
    desk.pass(11);
    // Answers take so long that he is in time.
    desk.otrs.change(|world| world.faults.delay_ms = 150);
    let writes = async {
        while desk.otrs.look(|world| world.tickets[&id].articles.len()) < 2 {
            sleep(Duration::from_millis(5)).await;
        }
        desk.otrs.change(|world| {
            let ticket = world.tickets.get_mut(&id).expect("there");
            let last = ticket.history.last().expect("an entry").clone();
            ticket.history.push(Entry { by: 1, kind: "FollowUp", ..last });
            world.faults.delay_ms = 0;
        });
    };
    join!(desk.perform(), writes);
    assert_eq!(anna.action(&comment["id"]).await["state"], "done");
    assert_eq!(anna.action(&close["id"]).await["state"], "conflict");
    assert_eq!(stands(&desk, id).3, 2);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_lost_answer_is_looked_up_and_half_a_change_is_finished(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let faults = [Fault::AnswerLost, Fault::QuestionLost, Fault::ServerError, Fault::HalfUpdate];
    for (round, fault) in faults.into_iter().enumerate() {
        let action = anna.act(id, json!({ "action": "close", "comment": format!("{fault:?}") })).await;
        desk.otrs.fail_next("TicketUpdate", fault);
        desk.perform_after(11).await;
        desk.perform_after(10).await;
        assert_eq!(anna.action(&action["id"]).await["state"], "done", "{fault:?}");
        assert_eq!(stands(&desk, id), (2, 2, false, 2 + round), "{fault:?}");
        anna.act(id, json!({ "action": "reopen" })).await;
        desk.perform_after(11).await;
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_ended_session_waits_for_its_author_and_nobody_acts_in_his_place(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let action = anna.act(id, json!({ "action": "comment", "comment": "От меня" })).await;
    desk.otrs.lose_sessions();
    desk.perform_after(11).await;
    let waits = anna.action(&action["id"]).await;
    assert_eq!((&waits["state"], &waits["comment"]), (&json!("needs_sign_in"), &json!("От меня")));
    assert_eq!(stands(&desk, id).3, 1);
    assert_eq!(anna.get("/otrs-link").await.expect(200)["state"], "ended");
    anna.post_json("/otrs-link", &json!({ "login": "agent1", "password": "agent1-pass" })).await.expect(201);
    desk.perform_after(1).await;
    assert_eq!(anna.action(&action["id"]).await["state"], "done");
    let author = desk.otrs.look(|world| world.tickets[&id].articles[1].created_by);
    assert_eq!(author, 2);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn without_a_login_the_service_agent_writes_for_whom(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let admin = desk.app.user(app::model::user::Role::Admin).await;
    let settings = json!({ "undo_delay_s": 0, "role_queues": [{ "role": "operator", "queue": "Helpdesk" }] });
    admin.send(admin.request(reqwest::Method::PUT, "/settings/tickets").json(&settings)).await.expect(200);
    let bob = desk.app.operator(802).await;
    let action = bob.act(id, json!({ "action": "comment", "comment": "Еду" })).await;
    desk.perform_after(1).await;
    assert_eq!(bob.action(&action["id"]).await["state"], "done");
    let (by, body) = desk.otrs.look(|world| {
        let article = &world.tickets[&id].articles[1];
        (article.created_by, article.body.clone())
    });
    assert_eq!((by, body.as_str()), (5, "Person 802:\n\nЕду"));
    let take = bob.post_json(&format!("/tickets/{id}/actions"), &json!({ "action": "take" })).await;
    take.expect_problem(403, "otrs_link_required");
    // What is out of his sight by the time it would be sent is not touched, and he cannot insist.
    for (asked_at, why) in [("network", "conflict"), ("helpdesk", "failed")] {
        let action = bob.act(id, json!({ "action": "comment", "comment": asked_at })).await;
        let queue = Some(Reference::Name("Network".to_owned()));
        let change = Change { queue, ..Change::default() };
        desk.line().client.update(Actor::Service, TicketId::new(id), &change).await.expect("moved");
        if why == "failed" {
            // As if he had not looked at any version.
            sqlx::query("update otrs.action set seen_version = null where state = 'waiting'")
                .execute(&desk.app.state.deps.db)
                .await
                .expect("done");
        }
        desk.perform_after(1).await;
        assert_eq!(bob.action(&action["id"]).await["state"], why);
        let number = action["id"].as_str().expect("an id");
        bob.post(&format!("/actions/{number}/retry")).await.expect_problem(404, "not_found");
        let change = Change { queue: Some(Reference::Name("Helpdesk".to_owned())), ..Change::default() };
        desk.line().client.update(Actor::Service, TicketId::new(id), &change).await.expect("moved back");
        desk.copy().await;
    }
    assert_eq!(stands(&desk, id).3, 2);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_otrs_refuses_is_reported_with_the_text_kept(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Коммутатор", "Network").await;
    desk.copy().await;
    let bob = desk.agent(802, "agent2").await;
    let action = bob.act(id, json!({ "action": "comment", "comment": "Можно?" })).await;
    desk.perform_after(11).await;
    let refused = bob.action(&action["id"]).await;
    assert_eq!(
        (&refused["state"], &refused["reason"], &refused["comment"]),
        (&json!("failed"), &json!("otrs_refused"), &json!("Можно?"))
    );
    assert!(refused["detail"].as_str().expect("text").contains("create new articles"), "{refused}");
    desk.otrs.change(|world| {
        let agent = world.agents.iter_mut().find(|agent| agent.login == "agent2").expect("there");
        agent.rights.insert(4, Rights::all());
    });
    bob.post(&format!("/actions/{}/retry", refused["id"].as_str().expect("an id"))).await.expect(202);
    desk.perform_after(1).await;
    assert_eq!(bob.action(&action["id"]).await["state"], "done");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_same_key_is_the_same_action_also_long_after(db: PgPool) {
    let desk = Desk::start(db.clone()).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let send = async |body: &Value| {
        let request = anna.request(reqwest::Method::POST, &format!("/tickets/{id}/actions"));
        anna.send(request.header("idempotency-key", "k-1").json(body)).await
    };
    let body = json!({ "action": "comment", "comment": "Раз" });
    let first = send(&body).await.expect(202);
    assert_eq!(send(&body).await.expect(202)["id"], first["id"]);
    sqlx::query("delete from core.idempotency_key").execute(&db).await.expect("forgotten");
    assert_eq!(send(&body).await.expect(202)["id"], first["id"]);
    sqlx::query("delete from core.idempotency_key").execute(&db).await.expect("forgotten");
    send(&json!({ "action": "comment", "comment": "Два" })).await.expect_problem(422, "idempotency_key_reused");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn whoever_never_heard_whether_it_arrived_takes_it_back_by_its_key(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let (anna, maria) = (desk.agent(801, "agent1").await, desk.agent(802, "agent2").await);
    let asked =
        anna.request(reqwest::Method::POST, &format!("/tickets/{id}/actions")).header("Idempotency-Key", "lost-1");
    let action = anna.send(asked.json(&json!({ "action": "comment", "comment": "Раз" }))).await.expect(202);
    anna.delete("/actions?key=never-sent").await.expect_problem(404, "not_found");
    maria.delete("/actions?key=lost-1").await.expect_problem(404, "not_found");
    for _ in 0..2 {
        let undone = anna.delete("/actions?key=lost-1").await.expect(200);
        assert_eq!((&undone["id"], &undone["state"]), (&action["id"], &json!("undone")));
    }
    // What comes after it was taken back is not done either.
    let late =
        anna.request(reqwest::Method::POST, &format!("/tickets/{id}/actions")).header("Idempotency-Key", "never-sent");
    let late = anna.send(late.json(&json!({ "action": "comment", "comment": "Два" }))).await;
    late.expect_problem(422, "idempotency_key_reused");
    desk.perform_after(11).await;
    assert_eq!(stands(&desk, id).3, 1);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_ticket_is_made_once_also_when_the_answer_is_lost(db: PgPool) {
    let mut desk = Desk::start(db).await;
    desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let file = json!({ "name": "../фото.jpg", "type": "image/jpeg", "content": "/9j/4AAQ" });
    let new = json!({ "title": "Новый", "body": "Каб. 214", "queue": "Helpdesk", "customer": "tina", "files": [file] });
    for fault in [Fault::AnswerLost, Fault::QuestionLost] {
        let count = || desk.otrs.look(|world| world.tickets.len());
        let before = count();
        let action = anna.post_json("/tickets", &new).await.expect(202);
        assert_eq!((&action["state"], &action["ticket_title"]), (&json!("waiting"), &json!("Новый")));
        desk.otrs.fail_next("TicketCreate", fault);
        desk.perform_after(11).await;
        desk.perform_after(10).await;
        let done = anna.action(&action["id"]).await;
        assert_eq!(done["state"], "done", "{fault:?}: {done}");
        assert_eq!(desk.otrs.look(|world| world.tickets.len()), before + 1, "{fault:?}");
        let ticket = anna.ticket(done["ticket_id"].as_str().expect("an id").parse().expect("an id")).await;
        assert_eq!(ticket["articles"][0]["attachments"][0]["name"], "фото.jpg");
    }
    anna.post_json("/tickets", &json!({ "title": "x", "body": "y", "queue": "Nowhere", "customer": "tina" }))
        .await
        .expect(422);
    anna.post_json("/tickets", &json!({ "title": "x", "body": "y", "queue": "Helpdesk" })).await.expect(422);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn while_otrs_is_away_actions_wait(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let action = anna.act(id, json!({ "action": "comment", "comment": "Потом" })).await;
    desk.otrs.set_outage(Outage::BadGateway);
    desk.perform_after(11).await;
    let waits = anna.action(&action["id"]).await;
    assert_eq!((&waits["state"], &waits["reason"]), (&json!("waiting"), &json!("otrs_away")));
    desk.otrs.set_outage(Outage::None);
    desk.perform_after(60).await;
    assert_eq!(anna.action(&action["id"]).await["state"], "done");
    assert_eq!(stands(&desk, id).3, 2);
}
