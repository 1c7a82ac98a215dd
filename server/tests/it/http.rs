//! What every route has in common.

use reqwest::{Method, StatusCode};
use serde_json::Value;
use sqlx::PgPool;

use crate::helpers::{TestApp, described::Answered as _};

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
    let response = app.client.request(Method::PUT, app.at("/api/v1/client-errors")).answered().await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()["allow"], "POST");
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["code"], "method_not_allowed");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_browser_is_told_what_an_answer_may_do(db: PgPool) {
    let app = TestApp::with().var("PUBLIC_URL", "https://vakhta.example.com").start(db).await;
    let response = app.get("/api/v1/nothing").await;
    let headers = response.headers();
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'; sandbox");
    assert_eq!(headers["strict-transport-security"], "max-age=31536000");
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!headers.contains_key("x-frame-options"));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn files_are_served_compressed_and_for_ever(db: PgPool) {
    let app = TestApp::start(db).await;
    let plain = app.get("/pkg/main-0a.css").await;
    assert_eq!(plain.status(), StatusCode::OK);
    assert_eq!(plain.headers()["content-type"], "text/css");
    assert_eq!(plain.headers()["cache-control"], "public, max-age=31536000, immutable");
    let compressed = app.client.get(app.at("/pkg/main-0a.css")).header("accept-encoding", "gzip, br").send().await;
    let compressed = compressed.expect("an answer");
    assert_eq!(compressed.headers()["content-encoding"], "br");
    assert_eq!(compressed.headers()["vary"], "accept-encoding");
    assert_eq!(app.get("/pkg/frontend-0a_bg.wasm").await.headers()["content-type"], "application/wasm");
    assert_eq!(app.get("/pkg/frontend-0a.js").await.headers()["content-type"], "text/javascript");
    for path in [
        "/pkg/gone-0a.css",
        "/pkg/",
        "/pkg/../Cargo.toml",
        "/pkg/%2e%2e/%2e%2e/etc/passwd",
        "/pkg/index.html",
        "/pkg/parts.json",
    ] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        let cached =
            response.headers().get("cache-control").is_some_and(|value| value.as_bytes().starts_with(b"public"));
        assert!(!cached, "{path}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn too_many_requests_are_told_to_wait(db: PgPool) {
    let app = TestApp::with().var("RATE_LIMIT_REQUESTS", "1").start(db).await;
    let mut waited = None;
    for _ in 0..50 {
        let response = app.get("/api/v1/nothing").await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            waited = Some(response);
            break;
        }
    }
    let response = waited.expect("a refusal");
    assert_eq!(response.headers()["retry-after"], "1");
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["code"], "too_many_requests");
    // Probes and files are not counted.
    assert_eq!(app.get("/health").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn sign_ins_are_counted_by_the_address_a_trusted_proxy_names(db: PgPool) {
    let app = TestApp::with().var("TRUSTED_PROXIES", "127.0.0.1").var("RATE_LIMIT_SIGN_INS", "2").start(db).await;
    let try_from = async |address: &str| {
        let request = app.client.post(app.at("/api/v1/session")).header("x-forwarded-for", address);
        request.header("authorization", "tma nonsense").answered().await.status()
    };
    assert_eq!(try_from("192.0.2.1").await, StatusCode::UNAUTHORIZED);
    assert_eq!(try_from("192.0.2.1").await, StatusCode::UNAUTHORIZED);
    assert_eq!(try_from("192.0.2.1").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(try_from("192.0.2.2").await, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_body_that_is_too_long_or_no_json_is_refused(db: PgPool) {
    let app = TestApp::start(db).await;
    let send = async |kind: &str, body: String| {
        let request = app.client.post(app.at("/api/v1/client-errors")).header("content-type", kind).body(body);
        let response = request.answered().await;
        let status = response.status();
        let problem: Value = response.json().await.unwrap_or_default();
        (status.as_u16(), problem["code"].as_str().unwrap_or_default().to_owned(), problem["field"].clone())
    };
    let json = "application/json";
    assert_eq!(send(json, r#"{"message":"it broke"}"#.into()).await.0, 204);
    assert_eq!(send("application/json; charset=utf-8", r#"{"message":"it broke"}"#.into()).await.0, 204);
    let long = format!(r#"{{"message":"{}"}}"#, "x".repeat(300 * 1024));
    assert_eq!(send(json, long).await, (413, "body_too_large".into(), Value::Null));
    assert_eq!(send(json, "{".into()).await, (400, "json_unreadable".into(), Value::Null));
    assert_eq!(send(json, "{\"message\":\"a\"} b".into()).await, (400, "json_unreadable".into(), Value::Null));
    assert_eq!(send(json, r#"{"message":7}"#.into()).await, (422, "invalid".into(), "message".into()));
    assert_eq!(send("text/plain", "{}".into()).await, (415, "json_expected".into(), Value::Null));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn metrics_are_for_this_machine_or_who_has_the_token(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let text = app.get("/metrics").await.text().await.expect("text");
    assert!(text.contains("vakhta_database_connections"), "{text}");
    // A proxy on this machine stands in for somebody else.
    let proxied = app.client.get(app.at("/metrics")).header("x-forwarded-for", "192.0.2.1").send().await;
    assert_eq!(proxied.expect("an answer").status(), StatusCode::FORBIDDEN);

    let app = TestApp::with().var("METRICS_TOKEN", "let-me-see").start(db).await;
    assert_eq!(app.get("/metrics").await.status(), StatusCode::FORBIDDEN);
    for (token, status) in [("let-me-see", StatusCode::OK), ("let-me-see!", StatusCode::FORBIDDEN)] {
        let response = app.client.get(app.at("/metrics")).bearer_auth(token).answered().await;
        assert_eq!(response.status(), status);
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_interface_describes_itself(db: PgPool) {
    let app = TestApp::start(db).await;
    let response = app.get("/api/v1/openapi.json").await;
    assert_eq!(response.headers()["content-type"], "application/json");
    let document: Value = response.json().await.expect("JSON");
    assert!(document["openapi"].as_str().expect("text").starts_with("3.1"));
    let operations: Vec<(&String, &String, &Value)> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().expect("an item").iter().map(move |(method, operation)| (path, method, operation))
        })
        .collect();
    assert!(operations.len() > 10);
    for (path, method, operation) in operations {
        let problem = &operation["responses"]["401"]["content"]["application/problem+json"]["schema"]["$ref"];
        assert_eq!(problem, "#/components/schemas/Problem", "{method} {path}");
        assert!(operation["security"].is_array(), "{method} {path}");
        assert!(operation["operationId"].is_string(), "{method} {path}");
        assert!(operation["summary"].is_string(), "{method} {path}");
        // The described one exists.
        let name = path.replace(['{', '}'], "");
        let method = method.to_uppercase().parse::<Method>().expect("a method");
        let response = app.client.request(method, app.at(&format!("/api/v1{name}"))).answered().await;
        assert_ne!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn robots_stay_away(db: PgPool) {
    let app = TestApp::start(db).await;
    assert_eq!(app.get("/robots.txt").await.text().await.expect("text"), "User-agent: *\nDisallow: /\n");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_problem_is_worded_in_the_callers_language(db: PgPool) {
    let app = TestApp::start(db).await;
    for (language, detail) in [
        ("ru-RU,ru;q=0.9,en;q=0.8", "Этого здесь нет: возможно, запись удалили или ссылка неполная."),
        ("en-GB", "It is not here: it may have been deleted, or the link is incomplete."),
    ] {
        let request = app.client.get(app.at("/api/v1/nothing")).header("accept-language", language);
        let problem: Value = request.answered().await.json().await.expect("JSON");
        assert_eq!(problem["detail"], detail);
    }
}
