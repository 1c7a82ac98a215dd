//! The description of the REST interface and the interface itself say the same.

use app::model::user::Role;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{
    TestApp,
    described::{Answered as _, Description},
};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn every_operation_is_described(db: PgPool) {
    let app = TestApp::start(db).await;
    let document: Value = app.get("/api/v1/openapi.json").await.json().await.expect("JSON");
    assert!(document["openapi"].as_str().expect("a version").starts_with("3.1"));
    let paths = document["paths"].as_object().expect("paths");
    for (path, methods) in [
        ("/employees", &["get", "post"][..]),
        ("/employees/{id}", &["get", "patch", "delete"]),
        ("/employees/{id}/restore", &["post"]),
        ("/employees/{id}/merge", &["post"]),
        ("/employees/{id}/history", &["get"]),
        ("/employees/{id}/neighbours", &["get"]),
        ("/employees/{id}/vcard", &["get"]),
        ("/employees/{id}/vcard/download", &["post"]),
        ("/employees/import", &["get", "post"]),
        ("/employees/export", &["get"]),
        ("/employees/export/download", &["post"]),
        ("/imports/{id}", &["get"]),
        ("/imports/{id}/report/download", &["post"]),
        ("/departments", &["get"]),
        ("/downloads/{token}", &["get"]),
    ] {
        for method in methods {
            let operation = &paths[path][method];
            assert!(operation["summary"].is_string(), "{method} {path}");
            let id = operation["operationId"].as_str().expect("an operation id");
            let same = paths.values().flat_map(|item| item.as_object().into_iter().flat_map(|item| item.values()));
            assert_eq!(same.filter(|other| other["operationId"] == id).count(), 1, "{id} is taken twice");
            for status in ["401", "404", "422", "503"] {
                let content = &operation["responses"][status]["content"];
                assert!(content["application/problem+json"].is_object(), "{method} {path} {status}");
            }
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_answer_that_is_not_described_is_noticed(db: PgPool) {
    let app = TestApp::start(db).await;
    let description = Description::of(&app.url.parse().expect("an address")).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({ "phones": [{ "ext": "1234" }] })).await;
    let allows = |path: &str, status: u16, kind: &str, body: &Value| {
        let status = status.try_into().expect("a status");
        description.allows(&Method::GET, path, status, Some(kind), body.to_string().as_bytes()).is_ok()
    };
    let json = "application/json";
    assert!(allows("/employees/7", 200, json, &person));
    assert!(allows("/employees", 200, json, &json!({ "items": [person], "next": null })));
    assert!(!allows("/employees/7", 200, json, &json!({ "items": [person], "next": null })));
    assert!(!allows("/employees/7", 201, json, &person));
    assert!(!allows("/employees/7", 200, "text/plain", &person));
    assert!(!allows("/employees/7", 404, "application/problem+json", &person));
    assert!(!allows("/nothing", 200, json, &person));
    for (field, wrong) in [
        ("new", json!(1)),
        ("id", json!(7)),
        ("surname", Value::Null),
        ("state", json!("away")),
        ("updated_at", json!("yesterday")),
        ("phones", json!([{ "ext": 1234 }])),
    ] {
        let mut other = person.clone();
        other[field] = wrong;
        assert!(!allows("/employees/7", 200, json, &other), "{field}");
    }
    let mut other = person.clone();
    other.as_object_mut().expect("an object").remove("version");
    assert!(!allows("/employees/7", 200, json, &other), "a property is missing");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_examples_are_valid(db: PgPool) {
    let app = TestApp::start(db).await;
    let description = Description::of(&app.url.parse().expect("an address")).await;
    let document: Value = app.get("/api/v1/openapi.json").await.json().await.expect("JSON");
    let mut examples = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            for (status, answer) in operation["responses"].as_object().expect("answers") {
                for (kind, content) in answer["content"].as_object().into_iter().flatten() {
                    let Some(example) = content.get("example") else { continue };
                    let method = method.to_uppercase().parse().expect("a method");
                    let status = status.parse().expect("a status");
                    let body = example.to_string();
                    let allowed = description.allows(&method, path, status, Some(kind), body.as_bytes());
                    assert_eq!(allowed, Ok(()), "{method} {path}");
                    examples += 1;
                }
            }
        }
    }
    assert!(examples > 5, "{examples}");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn no_operation_gives_anything_to_nobody(db: PgPool) {
    let app = TestApp::start(db).await;
    let document: Value = app.get("/api/v1/openapi.json").await.json().await.expect("JSON");
    let nobody = app.nobody();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            if operation["security"] == json!([{}]) {
                continue;
            }
            let method: Method = method.to_uppercase().parse().expect("a method");
            let target = path.replace("{id}", "1").replace("{session}", "1").replace("{n}", "1");
            let answer = nobody.send(nobody.request(method.clone(), &target).json(&json!({}))).await;
            assert_ne!(answer.status.as_u16(), 200, "{method} {path}");
            assert!(matches!(answer.status.as_u16(), 401 | 415 | 422), "{method} {path}: {}", answer.body);
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_one_time_address_gives_its_file_once(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({})).await;
    let address = user.post(&format!("{}/vcard/download", crate::helpers::people::path(&person))).await.expect(200);
    assert_eq!(address["file_name"], "Иванов-Иван.vcf");
    let url = address["url"].as_str().expect("an address").to_owned();
    // Looking does not use it up.
    let looked = app.client.head(&url).answered().await;
    assert_eq!(looked.status(), 200);
    let given = app.client.get(&url).answered().await;
    assert_eq!(given.status(), 200);
    assert_eq!(given.headers()["access-control-allow-origin"], "https://web.telegram.org");
    assert!(given.headers()["content-disposition"].to_str().expect("text").starts_with("attachment; filename=\""));
    assert!(given.text().await.expect("text").starts_with("BEGIN:VCARD"));
    assert_eq!(app.client.get(&url).answered().await.status(), 404);
    assert_eq!(app.get("/api/v1/downloads/x").await.status(), 404);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn telegrams_web_clients_may_fetch_files_and_nobody_else(db: PgPool) {
    let origins = "https://web.telegram.org,https://webk.telegram.example";
    let app = TestApp::with().var("TELEGRAM_WEB_ORIGINS", origins).start(db).await;
    let user = app.user(Role::Admin).await;
    let person = user.enter("Иванов", "Иван", json!({})).await;
    let card = format!("{}/vcard", crate::helpers::people::path(&person));
    for (origin, allowed) in [
        ("https://web.telegram.org", true),
        ("https://webk.telegram.example", true),
        ("https://web.telegram.org.example", false),
        ("null", false),
    ] {
        for path in [card.as_str(), "/employees/export"] {
            let answer = user.send(user.request(Method::GET, path).header("origin", origin)).await;
            let named = answer.headers.get("access-control-allow-origin").map(|origin| origin.to_str().expect("text"));
            assert_eq!(named, allowed.then_some(origin), "{path}");
            assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "origin"), "{path}");
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn json_is_compressed_and_workbooks_are_as_they_are(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    user.enter("Иванов", "Иван", json!({})).await;
    for (path, encoding) in [("/me", Some("br")), ("/employees", Some("br")), ("/employees/export", None)] {
        let request = user.request(Method::GET, path).header("accept-encoding", "br, gzip");
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        let named = response.headers().get("content-encoding").map(|name| name.to_str().expect("text"));
        assert_eq!(named, encoding, "{path}");
    }
}
