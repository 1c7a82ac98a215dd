//! What every route has in common.

use reqwest::{Method, StatusCode};
use serde_json::Value;
use sqlx::PgPool;

use crate::helpers::TestApp;

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn it_says_that_it_lives_and_can_work(db: PgPool) {
    let app = TestApp::start(db).await;
    let live: Value = app.get("/health").await.json().await.expect("JSON");
    assert_eq!(live["status"], "ok");
    let ready = app.get("/health/ready").await;
    assert_eq!(ready.status(), StatusCode::OK);
    let ready: Value = ready.json().await.expect("JSON");
    assert_eq!(ready["dependencies"][0]["name"], "database");
    assert_eq!(ready["dependencies"][0]["status"], "ok");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_unknown_address_below_api_is_a_problem(db: PgPool) {
    let app = TestApp::start(db).await;
    for path in ["/api/v1/nothing", "/api/nothing", "/api/v1"] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
        let id = response.headers()["x-request-id"].to_str().expect("text").to_owned();
        let problem: Value = response.json().await.expect("JSON");
        assert_eq!(problem["code"], "not_found");
        assert_eq!(problem["instance"], id);
        assert_eq!(problem["status"], 404);
    }
    let response = app.client.request(Method::PUT, app.at("/api/v1/client-errors")).send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()["allow"], "POST");
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["code"], "method_not_allowed");
}
