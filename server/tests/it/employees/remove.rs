//! Leaving, deleting, restoring.

use app::model::user::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{TestApp, people::path};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn somebody_who_has_left_is_still_there_and_can_come_back(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({})).await;
    let left = user.patch(&path(&person), &json!({ "version": 1, "state": "left" })).await.expect(200);
    assert_eq!(left["state"], "left");
    assert_eq!(user.get(&path(&person)).await.expect(200), left);
    let back = user.post(&format!("{}/restore", path(&person))).await.expect(200);
    assert_eq!((&back["state"], &back["version"]), (&json!("active"), &json!(3)));
    // Nothing to bring back.
    assert_eq!(user.post(&format!("{}/restore", path(&person))).await.expect(200), back);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_deleted_record_is_nowhere_and_comes_back_as_it_was(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let person = user.enter("Иванов", "Иван", json!({ "department": "ИТ", "room": "1" })).await;
    user.patch(&path(&person), &json!({ "version": 1, "state": "left" })).await.expect(200);
    for _ in 0..2 {
        user.delete(&path(&person)).await.expect(204);
    }
    user.get(&path(&person)).await.expect_problem(404, "not_found");
    user.patch(&path(&person), &json!({ "version": 3, "room": "2" })).await.expect_problem(404, "not_found");
    assert!(user.names(&[]).await.is_empty());
    assert!(user.names(&[("q", "иванов")]).await.is_empty());

    let back = user.post(&format!("{}/restore", path(&person))).await.expect(200);
    assert_eq!((&back["state"], &back["room"], &back["version"]), (&json!("left"), &json!("1"), &json!(4)));
    assert_eq!(user.names(&[("q", "иванов")]).await, ["Иванов Иван"]);
    let history = user.get(&format!("{}/history", path(&person))).await.expect(200);
    let kinds: Vec<&Value> = history["items"].as_array().expect("items").iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["restored", "deleted", "updated", "created"]);
}
