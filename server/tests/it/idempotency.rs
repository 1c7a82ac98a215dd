//! `Idempotency-Key`: the same request twice has one effect and one answer.

use reqwest::{Method, Response, StatusCode};
use serde_json::Value;
use sqlx::PgPool;
use time::Duration;
use vakhta::{clock, workers};

use crate::helpers::{TestApp, described::Answered as _, launch::Signed};

const PATH: &str = "/api/v1/me/access-request";

async fn post(app: &TestApp, who: &Signed, key: &str, body: &str) -> Response {
    let request = app.request_of(who, Method::POST, PATH).header("idempotency-key", key).body(body.to_owned());
    request.answered().await
}

async fn code(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let problem: Value = response.json().await.expect("JSON");
    (status, problem["code"].as_str().expect("a code").to_owned())
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_repetition_gets_the_first_answer(db: PgPool) {
    let app = TestApp::start(db).await;
    let guest = app.with_role(41, "guest").await;
    let first = post(&app, &guest, "k-1", "").await;
    assert_eq!(first.status(), StatusCode::OK);
    assert!(!first.headers().contains_key("idempotency-replayed"));
    let first: Value = first.json().await.expect("JSON");

    sqlx::query("update core.account set access_requested_at = null").execute(&app.db).await.expect("arranged");
    let second = post(&app, &guest, "k-1", "").await;
    assert_eq!(second.status(), StatusCode::OK);
    assert_eq!(second.headers()["idempotency-replayed"], "true");
    assert_eq!(second.json::<Value>().await.expect("JSON"), first);
    let asked: bool =
        sqlx::query_scalar("select access_requested_at is not null from core.account where telegram_id = 41")
            .fetch_one(&app.db)
            .await
            .expect("a row");
    assert!(!asked, "the work was not done twice");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_repetition_says_again_where_what_was_made_is(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    let enter = async || {
        let draft = serde_json::json!({ "surname": "Иванов", "name": "Иван" });
        let request = app.request_of(&admin, Method::POST, "/api/v1/employees").header("idempotency-key", "k-1");
        request.json(&draft).answered().await
    };
    let first = enter().await;
    let again = enter().await;
    assert_eq!((first.status(), again.status()), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(again.headers()["location"], first.headers()["location"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn another_body_under_the_same_key_is_refused(db: PgPool) {
    let app = TestApp::start(db).await;
    let guest = app.with_role(41, "guest").await;
    assert_eq!(post(&app, &guest, "k-1", "").await.status(), StatusCode::OK);
    let refused = code(post(&app, &guest, "k-1", "{}").await).await;
    assert_eq!(refused, (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused".to_owned()));
    // The key is another account's own business.
    let other = app.with_role(42, "guest").await;
    assert_eq!(post(&app, &other, "k-1", "{}").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn while_the_first_one_runs_the_second_one_waits_for_another_time(db: PgPool) {
    let app = TestApp::start(db).await;
    let guest = app.with_role(41, "guest").await;
    // The first one's claim, as it stands while the request runs.
    assert_eq!(post(&app, &guest, "k-1", "").await.status(), StatusCode::OK);
    sqlx::query("update core.idempotency_key set status = null, response = null")
        .execute(&app.db)
        .await
        .expect("arranged");
    let refused = code(post(&app, &guest, "k-1", "").await).await;
    assert_eq!(refused, (StatusCode::CONFLICT, "idempotency_key_in_use".to_owned()));

    // Its process died: the claim is too old for a request that still runs.
    sqlx::query("update core.idempotency_key set created_at = created_at - interval '2 minutes'")
        .execute(&app.db)
        .await
        .expect("arranged");
    assert_eq!(post(&app, &guest, "k-1", "").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_failed_may_be_tried_again_under_its_key(db: PgPool) {
    let app = TestApp::start(db).await;
    let employee = app.with_role(41, "employee").await;
    let refused = code(post(&app, &employee, "k-1", "").await).await;
    assert_eq!(refused.1, "access_granted");
    sqlx::query("update core.account set role = 'guest'").execute(&app.db).await.expect("arranged");
    let guest = app.sign_in(&simulators::launch::Person::new(41, "Again")).await;
    assert_eq!(post(&app, &guest, "k-1", "").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_key_is_kept_for_seven_days(db: PgPool) {
    let app = TestApp::start(db).await;
    let guest = app.with_role(41, "guest").await;
    assert_eq!(post(&app, &guest, "k-1", "").await.status(), StatusCode::OK);
    let kept = async || -> i64 {
        sqlx::query_scalar("select count(*) from core.idempotency_key").fetch_one(&app.db).await.expect("a row")
    };
    let tidy = async |after: Duration| {
        let deps = std::sync::Arc::new(app.state.deps.clone());
        workers::retention::run_once(deps, clock::now() + after).await.expect("tidied");
    };
    tidy(Duration::days(7) - Duration::minutes(1)).await;
    assert_eq!(kept().await, 1);
    tidy(Duration::days(7) + Duration::minutes(1)).await;
    assert_eq!(kept().await, 0);
}
