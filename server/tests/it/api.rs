//! The description of the REST interface and the interface itself say the same.

use app::model::user::Role;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::TestApp;

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
            let target = path.replace("{id}", "1").replace("{session}", "1");
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
    let looked = app.client.head(&url).send().await.expect("an answer");
    assert_eq!(looked.status(), 200);
    let given = app.client.get(&url).send().await.expect("an answer");
    assert_eq!(given.status(), 200);
    assert_eq!(given.headers()["access-control-allow-origin"], "https://web.telegram.org");
    assert!(given.headers()["content-disposition"].to_str().expect("text").starts_with("attachment; filename=\""));
    assert!(given.text().await.expect("text").starts_with("BEGIN:VCARD"));
    assert_eq!(app.client.get(&url).send().await.expect("an answer").status(), 404);
    assert_eq!(app.get("/api/v1/downloads/x").await.status(), 404);
}
