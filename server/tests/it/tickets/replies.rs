//! Ready replies: operators read them, administrators write them, and nothing stands in them that nobody can fill in.

use app::model::user::Role;
use serde_json::json;
use sqlx::PgPool;

use crate::helpers::desk::Desk;

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn administrators_write_them_and_operators_read_them(db: PgPool) {
    let desk = Desk::start(db).await;
    let (admin, anna) = (desk.app.user(Role::Admin).await, desk.app.operator(801).await);
    let draft =
        json!({ "title": " Пароль ", "body": "{greeting}, {customer_name}!", "queue": "Helpdesk", "purpose": "reply" });
    let made = admin.post_json("/replies", &draft).await.expect(201);
    assert_eq!((&made["title"], &made["version"]), (&json!("Пароль"), &json!(1)));
    let all = anna.get("/replies").await.expect(200);
    assert_eq!(all["items"], json!([made]));
    let address = format!("/replies/{}", made["id"].as_str().expect("an id"));
    anna.post_json("/replies", &draft).await.expect_problem(403, "forbidden");
    anna.delete(&address).await.expect_problem(403, "forbidden");
    desk.app.user(Role::Employee).await.get("/replies").await.expect_problem(403, "forbidden");
    admin.delete(&address).await.expect(204);
    admin.delete(&address).await.expect_problem(404, "not_found");
    assert_eq!(anna.get("/replies").await.expect(200)["items"], json!([]));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_placeholder_that_stands_for_nothing_is_refused_by_name(db: PgPool) {
    let desk = Desk::start(db).await;
    let admin = desk.app.user(Role::Admin).await;
    let wrong = json!({ "title": "Пароль", "body": "{custmer_name} {title} {when}" });
    let refused = admin.post_json("/replies", &wrong).await.expect_problem(422, "unknown_placeholder");
    assert_eq!(refused["field"], "body.{custmer_name}, {when}");
    assert!(refused["detail"].as_str().expect("words").contains("{custmer_name}, {when}"), "{refused}");
    for (draft, field) in [
        (json!({ "title": " ", "body": "Да" }), "title"),
        (json!({ "title": "Да", "body": " " }), "body"),
        (json!({ "title": "я".repeat(101), "body": "Да" }), "title"),
        (json!({ "title": "Да", "body": "я".repeat(20_001) }), "body"),
    ] {
        assert_eq!(admin.post_json("/replies", &draft).await.expect(422)["field"], field);
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn who_changes_an_older_version_is_told_what_is_there_now(db: PgPool) {
    let desk = Desk::start(db).await;
    let admin = desk.app.user(Role::Admin).await;
    let made = admin.post_json("/replies", &json!({ "title": "Раз", "body": "Раз" })).await.expect(201);
    let address = format!("/replies/{}", made["id"].as_str().expect("an id"));
    let change =
        |body: &str, version: i64| json!({ "title": "Раз", "body": body, "purpose": "comment", "version": version });
    let changed = admin.patch(&address, &change("Два", 1)).await.expect(200);
    assert_eq!((&changed["version"], &changed["purpose"]), (&json!(2), &json!("comment")));
    let late = admin.patch(&address, &change("Три", 1)).await.expect_problem(409, "reply_conflict");
    assert_eq!((&late["current"]["body"], &late["current"]["version"]), (&json!("Два"), &json!(2)));
    assert_eq!(admin.patch(&address, &change("Три", 2)).await.expect(200)["body"], "Три");
    admin.patch("/replies/999", &change("Три", 2)).await.expect_problem(404, "not_found");
}
