//! What of the rest belongs to a ticket: servers that it speaks of, where its customer sits; and what is over goes one day.

use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;
use vakhta::services::retention;

use crate::helpers::desk::Desk;

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn servers_and_the_customers_seat_stand_in_a_ticket(db: PgPool) {
    let desk = Desk::start(db).await;
    let admin = desk.app.user(app::model::user::Role::Admin).await;
    for (name, address) in
        [("srv-print-01", "10.16.5.7"), ("srv-print-011", "10.16.5.71"), ("Рабочее место Тины", "10.20.0.9")]
    {
        admin.post_json("/servers", &json!({ "name": name, "address": address })).await.expect(201);
    }
    let quiet = desk.make("Ничего такого", "Helpdesk").await;
    let speaks = desk.make("Не отвечает SRV-PRINT-01", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let names = |ticket: &Value| {
        let servers = ticket["detail"]["servers"].as_array().expect("servers").clone();
        servers.iter().map(|server| server["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let ticket = anna.ticket(quiet).await;
    assert!(names(&ticket).is_empty(), "it speaks of none");
    assert_eq!(ticket["detail"]["desktop"], json!({ "workstation": null, "ips": [] }));
    let tina = json!({ "email": "tina@corp.test", "workstation": "PC-0214", "ips": ["10.20.0.9"] });
    admin.enter("Тестова", "Тина", tina).await;
    let ticket = anna.ticket(speaks).await;
    assert_eq!(names(&ticket), ["srv-print-01", "Рабочее место Тины"]);
    assert_eq!(ticket["detail"]["servers"][0]["state"], "unknown");
    assert_eq!(ticket["detail"]["desktop"], json!({ "workstation": "PC-0214", "ips": ["10.20.0.9"] }));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn actions_that_are_over_go_after_a_while_and_others_stay(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let done = anna.act(id, json!({ "action": "comment", "comment": "Раз" })).await;
    desk.perform_after(11).await;
    let undone = anna.act(id, json!({ "action": "comment", "comment": "Два" })).await;
    anna.delete(&format!("/actions/{}", undone["id"].as_str().expect("an id"))).await.expect(200);
    let waits = anna.act(id, json!({ "action": "comment", "comment": "Три" })).await;
    desk.otrs.lose_sessions();
    desk.perform_after(11).await;
    let states = async || {
        let mut states = Vec::new();
        for state in ["done", "undone", "needs_sign_in"] {
            let page = anna.get(&format!("/actions?state={state}")).await.expect(200);
            states.push(page["items"].as_array().expect("items").len());
        }
        states
    };
    assert_eq!(anna.action(&done["id"]).await["state"], "done");
    let deps = &desk.app.state.deps;
    retention::tidy(deps, desk.now() + retention::ACTIONS - Duration::days(1)).await.expect("tidied");
    assert_eq!(states().await, [1, 1, 1]);
    retention::tidy(deps, desk.now() + retention::ACTIONS + Duration::days(1)).await.expect("tidied");
    assert_eq!(states().await, [0, 0, 1], "what waits for its author stays");
    assert_eq!(anna.action(&waits["id"]).await["comment"], "Три");
}
