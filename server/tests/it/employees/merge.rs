//! Two records of one person become one.

use app::model::user::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{TestApp, people::path};

fn merge(other: &Value) -> Value {
    json!({ "other": other["id"] })
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_kept_record_gets_what_it_lacks(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let line = json!({ "number": "+7 495 780-20-00", "ext": "1234" });
    let kept = user
        .enter(
            "Иванов",
            "Иван",
            json!({ "room": "1", "phones": [{ "ext": "1234" }, { "ext": "777" }], "ips": ["10.0.0.1"] }),
        )
        .await;
    let other = user
        .enter(
            "Иванов",
            "Ваня",
            json!({ "email": "ivanov@sever.example", "room": "2", "unit": "Касса", "phones": [line], "ips": ["10.0.0.1", "10.0.0.2"] }),
        )
        .await;
    let merged = user.post_json(&format!("{}/merge", path(&kept)), &merge(&other)).await.expect(200);
    assert_eq!(merged["id"], kept["id"]);
    assert_eq!((&merged["name"], &merged["room"]), (&json!("Иван"), &json!("1")));
    assert_eq!((&merged["email"], &merged["unit"]), (&json!("ivanov@sever.example"), &json!("Касса")));
    assert_eq!(merged["phones"][0]["ext"], "777");
    assert_eq!(merged["phones"][1]["number"], "+74957802000");
    assert_eq!(merged["phones"].as_array().map(Vec::len), Some(2));
    assert_eq!(merged["ips"], json!(["10.0.0.1", "10.0.0.2"]));
    user.get(&path(&other)).await.expect_problem(404, "not_found");

    let history = user.get(&format!("{}/history", path(&kept))).await.expect(200);
    assert_eq!(
        (&history["items"][0]["kind"], &history["items"][0]["other_name"]),
        (&json!("merged"), &json!("Иванов Ваня"))
    );
    let fields: Vec<&Value> =
        history["items"][0]["fields"].as_array().expect("fields").iter().map(|change| &change["field"]).collect();
    assert_eq!(fields, ["email", "unit", "phones", "ips"]);
    let history = user.get(&format!("{}/history", path(&other))).await.expect(200);
    assert_eq!(
        (&history["items"][0]["kind"], &history["items"][0]["other_name"]),
        (&json!("deleted"), &json!("Иванов Иван"))
    );
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn merging_again_changes_nothing(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let kept = user.enter("Иванов", "Иван", json!({})).await;
    let other = user.enter("Иванов", "Ваня", json!({ "room": "1" })).await;
    let target = format!("{}/merge", path(&kept));
    let merged = user.post_json(&target, &merge(&other)).await.expect(200);
    assert_eq!(user.post_json(&target, &merge(&other)).await.expect(200), merged);
    user.delete(&path(&other)).await.expect(204);
    user.post(&format!("{}/restore", path(&other))).await.expect_problem(404, "not_found");
    user.post_json(&format!("{}/merge", path(&other)), &merge(&kept)).await.expect_problem(404, "not_found");
    let history = user.get(&format!("{}/history", path(&kept))).await.expect(200);
    assert_eq!(history["items"].as_array().map(Vec::len), Some(2));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn only_two_records_that_are_there_can_be_merged(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let kept = user.enter("Иванов", "Иван", json!({})).await;
    let gone = user.enter("Иванов", "Ваня", json!({})).await;
    let target = format!("{}/merge", path(&kept));
    assert_eq!(user.post_json(&target, &merge(&kept)).await.expect_problem(422, "other")["field"], "other");
    user.post_json(&target, &json!({ "other": "987654321" })).await.expect_problem(404, "not_found");
    user.delete(&path(&gone)).await.expect(204);
    user.post_json(&target, &merge(&gone)).await.expect_problem(404, "not_found");
    user.post_json(&format!("{}/merge", path(&gone)), &merge(&kept)).await.expect_problem(404, "not_found");
    assert_eq!(user.post_json(&target, &json!({ "other": 7 })).await.status, 422);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_account_goes_along_unless_there_is_one_already(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let first = user.enter("Иванов", "Иван", json!({})).await;
    let second = user.enter("Иванов", "Ваня", json!({})).await;
    let third = user.enter("Иванов", "Ванечка", json!({})).await;
    for (telegram_id, employee) in [(1_i64, &second), (2, &third)] {
        sqlx::query("insert into core.account (telegram_id, employee_id) values ($1, $2::text::bigint)")
            .bind(telegram_id)
            .bind(employee["id"].as_str())
            .execute(&app.db)
            .await
            .expect("linked");
    }
    let target = format!("{}/merge", path(&first));
    user.post_json(&target, &merge(&second)).await.expect(200);
    user.post_json(&target, &merge(&third)).await.expect(200);
    let links: Vec<(i64, Option<String>)> = sqlx::query_as(
        "select telegram_id, employee_id::text from core.account where telegram_id in (1, 2) order by telegram_id",
    )
    .fetch_all(&app.db)
    .await
    .expect("read");
    assert_eq!(links, [(1, first["id"].as_str().map(str::to_owned)), (2, None)]);
    let audit: Vec<(Value,)> =
        sqlx::query_as("select detail from core.audit where action = 'account.employee' order by id")
            .fetch_all(&app.db)
            .await
            .expect("read");
    let (second, third) = (&second["id"], &third["id"]);
    let expected = [json!({ "before": second, "after": first["id"] }), json!({ "before": third, "after": null })];
    assert_eq!(audit.into_iter().map(|(detail,)| detail).collect::<Vec<_>>(), expected);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn two_merges_in_opposite_directions_do_not_block_each_other(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    for _ in 0..5 {
        let one = user.enter("Иванов", "Иван", json!({})).await;
        let two = user.enter("Иванов", "Ваня", json!({})).await;
        let (there, back) = (format!("{}/merge", path(&one)), format!("{}/merge", path(&two)));
        let (into_two, into_one) = (merge(&one), merge(&two));
        let (there, back) = tokio::join!(user.post_json(&there, &into_one), user.post_json(&back, &into_two));
        let mut statuses = [there.status.as_u16(), back.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404]);
    }
}
