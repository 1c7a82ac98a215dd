//! Types, services and additional fields: asked as an administrator says it, checked, sent as OTRS takes them, once.

use reqwest::Method;
use serde_json::{Value, json};
use simulators::otrs::Fault;
use sqlx::PgPool;

use crate::helpers::{
    desk::Desk,
    people::{Answer, User},
};

async fn ask_for(admin: &User, fields: Value) -> Answer {
    let settings = json!({ "undo_delay_s": 0, "fields": fields });
    admin.send(admin.request(Method::PUT, "/settings/tickets").json(&settings)).await
}

fn usual() -> Value {
    json!([
        { "name": "Service", "kind": "choice", "create": "offered", "close": "required" },
        { "name": "DynamicField_Impact", "label": "Влияние", "kind": "choice", "choices": ["low", "high"], "create": "required" },
        { "name": "DynamicField_Tags", "kind": "multiple", "choices": ["vpn", "mail"], "create": "offered", "close": "offered" },
        { "name": "DynamicField_DueAt", "kind": "date", "create": "offered" },
        { "name": "DynamicField_Approved", "kind": "checkbox", "create": "offered", "close": "offered" },
        { "name": "DynamicField_Details", "kind": "text", "close": "offered" },
    ])
}

fn field(name: &str, values: &[&str]) -> Value {
    json!({ "name": name, "values": values })
}

fn ticket(fields: &[Value]) -> Value {
    json!({ "title": "Принтер", "body": "Молчит", "queue": "Helpdesk", "customer": "tina", "fields": fields })
}

/// The values that OTRS holds.
fn held(desk: &Desk, id: i64) -> Value {
    desk.otrs.look(|world| {
        let ticket = &world.tickets[&id];
        json!({ "type": ticket.type_id, "service": ticket.service, "fields": ticket.fields })
    })
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_new_ticket_holds_what_was_filled_in(db: PgPool) {
    let mut desk = Desk::start(db).await;
    // Somebody asked there before: so the queue is known.
    desk.make("Раньше", "Helpdesk").await;
    desk.otrs.change(|world| world.settings.types = true);
    desk.copy().await;
    let admin = desk.app.user(app::model::user::Role::Admin).await;
    ask_for(&admin, usual()).await.expect(200);
    let anna = desk.agent(801, "agent1").await;
    for (fields, wrong, code) in [
        (vec![], "fields.DynamicField_Impact", "required"),
        (vec![field("DynamicField_Impact", &["middling"])], "fields.DynamicField_Impact", "invalid"),
        (
            vec![field("DynamicField_Impact", &["low"]), field("DynamicField_DueAt", &["20.11.2026"])],
            "fields.DynamicField_DueAt",
            "invalid",
        ),
        (vec![field("DynamicField_Impact", &["low"]), field("Details", &["x"])], "fields.Details", "invalid"),
    ] {
        let problem = anna.post_json("/tickets", &ticket(&fields)).await.expect_problem(422, code);
        assert_eq!(problem["field"], wrong);
    }
    let fields = [
        field("Type", &["Incident"]),
        field("Service", &["Printing"]),
        field("DynamicField_Impact", &["high"]),
        field("DynamicField_Tags", &["vpn", "mail"]),
        field("DynamicField_DueAt", &["2026-12-01"]),
        field("DynamicField_Approved", &["1"]),
    ];
    let made = anna.post_json("/tickets", &ticket(&fields)).await.expect(202);
    desk.perform_after(1).await;
    let made = anna.action(&made["id"]).await;
    assert_eq!(made["state"], "done", "{made}");
    let id: i64 = made["ticket_id"].as_str().expect("an id").parse().expect("an id");
    let now = held(&desk, id);
    assert_eq!((&now["type"], &now["service"]), (&json!(2), &json!(1)));
    assert_eq!(
        (&now["fields"]["Impact"], &now["fields"]["DueAt"], &now["fields"]["Tags"]),
        (&json!("high"), &json!("2026-12-01 00:00:00"), &json!(["vpn", "mail"]))
    );
    desk.copy().await;
    let detail = anna.ticket(id).await["detail"].clone();
    assert_eq!((&detail["kind"], &detail["service"]), (&json!("Incident"), &json!("Printing")));
    let impact = detail["fields"].as_array().expect("fields").iter().find(|field| field["name"] == "Impact");
    assert_eq!(impact.expect("it is shown")["label"], "Влияние");
    // What tickets hold is learnt.
    let known = admin.get("/settings/tickets/fields").await.expect(200);
    let known = |name: &str| {
        let found = known["items"].as_array().expect("items").iter().find(|field| field["name"] == name);
        found.expect("known")["values"].clone()
    };
    assert_eq!((known("Service"), known("DynamicField_Impact")), (json!(["Printing"]), json!(["high"])));
    anna.get("/settings/tickets/fields").await.expect_problem(403, "forbidden");
    let offered = anna.get("/tickets/choices").await.expect(200)["fields"].clone();
    assert_eq!((&offered[0]["name"], &offered[0]["create"]), (&json!("Type"), &json!("offered")));
    assert_eq!(offered[1]["choices"], json!(["Printing"]));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn fields_of_a_closing_are_part_of_what_is_reached_once(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let admin = desk.app.user(app::model::user::Role::Admin).await;
    ask_for(&admin, usual()).await.expect(200);
    let anna = desk.agent(801, "agent1").await;
    let close = |fields: Value| json!({ "action": "close", "comment": "Готово", "fields": fields });
    let address = format!("/tickets/{id}/actions");
    let problem = anna.post_json(&address, &close(json!([]))).await.expect_problem(422, "required");
    assert_eq!(problem["field"], "fields.Service");
    let other = json!({ "action": "take", "fields": [field("Service", &["Printing"])] });
    anna.post_json(&address, &other).await.expect_problem(422, "invalid");
    let fields = json!([
        field("Service", &["Printing"]),
        field("DynamicField_Tags", &["mail"]),
        field("DynamicField_Details", &[" Заменили "]),
        field("DynamicField_Approved", &["0"]),
    ]);
    for (round, fault) in [Fault::AnswerLost, Fault::HalfUpdate, Fault::QuestionLost].into_iter().enumerate() {
        let action = anna.act(id, close(fields.clone())).await;
        desk.otrs.fail_next("TicketUpdate", fault);
        desk.perform_after(1).await;
        desk.perform_after(10).await;
        let action = anna.action(&action["id"]).await;
        assert_eq!(action["state"], "done", "{fault:?} {action}");
        let now = held(&desk, id);
        assert_eq!((&now["service"], &now["fields"]["Details"]), (&json!(1), &json!("Заменили")), "{fault:?}");
        let articles = desk.otrs.look(|world| world.tickets[&id].articles.len());
        assert_eq!(articles, 2 + round, "{fault:?}: each comment once");
        anna.act(id, json!({ "action": "reopen" })).await;
        desk.perform_after(1).await;
    }
    // It has a service already; a field is emptied.
    desk.copy().await;
    let action = anna.act(id, close(json!([field("DynamicField_Tags", &[])]))).await;
    desk.perform_after(1).await;
    assert_eq!(anna.action(&action["id"]).await["state"], "done");
    desk.copy().await;
    let shown = anna.ticket(id).await["detail"]["fields"].to_string();
    assert!(!shown.contains("Tags") && shown.contains("Details"), "{shown}");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_otrs_refuses_because_of_a_field_comes_back_with_its_text(db: PgPool) {
    let mut desk = Desk::start(db).await;
    // Somebody asked there before: so the queue is known.
    desk.make("Раньше", "Helpdesk").await;
    desk.otrs.change(|world| world.settings.types = true);
    desk.copy().await;
    let admin = desk.app.user(app::model::user::Role::Admin).await;
    let wrong =
        json!([{ "name": "DynamicField_Impact", "kind": "choice", "choices": ["enormous"], "create": "required" }]);
    ask_for(&admin, wrong).await.expect(200);
    let anna = desk.agent(801, "agent1").await;
    let enormous = field("DynamicField_Impact", &["enormous"]);
    for (fields, reason) in
        [(vec![enormous.clone()], "field_missing"), (vec![enormous, field("Type", &["Incident"])], "field_invalid")]
    {
        let made = anna.post_json("/tickets", &ticket(&fields)).await.expect(202);
        desk.perform_after(1).await;
        let made = anna.action(&made["id"]).await;
        assert_eq!(
            (&made["state"], &made["reason"], &made["comment"]),
            (&json!("failed"), &json!(reason), &json!("Молчит"))
        );
    }
    for (field, wrong) in [
        (json!({ "name": "Impact" }), "fields.0.name"),
        (json!({ "name": "DynamicField_" }), "fields.0.name"),
        (json!({ "name": "DynamicField_A b" }), "fields.0.name"),
        (json!({ "name": "DynamicField_A", "kind": "choice" }), "fields.0.choices"),
        (json!({ "name": "DynamicField_A", "label": "я".repeat(101) }), "fields.0.label"),
    ] {
        let problem = ask_for(&admin, json!([field])).await.expect(422);
        assert_eq!(problem["field"], wrong);
    }
}
