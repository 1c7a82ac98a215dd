//! The first HTML.

use std::collections::BTreeMap;

use reqwest::{Response, StatusCode};
use serde_json::json;
use sqlx::PgPool;

use crate::helpers::{TestApp, described::Answered as _, launch::Signed};

async fn open(app: &TestApp, who: Option<&Signed>, path: &str) -> Response {
    let mut request = reqwest::Client::new().get(app.at(path)).header("accept", "text/html");
    if let Some(who) = who {
        request = request.header("cookie", format!("vakhta_session={}", who.token));
    }
    request.answered().await
}

async fn text(response: Response) -> String {
    response.text().await.expect("text")
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn every_page_opens_without_a_session(db: PgPool) {
    let app = TestApp::start(db).await;
    for path in [
        "/",
        "/employees",
        "/employees/1",
        "/servers",
        "/servers/1",
        "/alerts",
        "/alerts/1",
        "/settings",
        "/admin",
        "/admin/accounts",
        "/sign-in",
    ] {
        let response = open(&app, None, path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8", "{path}");
        assert_eq!(response.headers()["cache-control"], "private, no-store", "{path}");
        let html = text(response).await;
        assert!(html.contains("/pkg/frontend-0a.js") && html.contains("/pkg/main-0a.css"), "{path}");
        assert!(html.contains("</html>"), "{path}");
    }
    let response = open(&app, None, "/no-such-page").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(response.headers()["content-type"].to_str().expect("text").starts_with("text/html"));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_part_of_a_page_is_named_beside_the_module(db: PgPool) {
    let app = TestApp::start(db).await;
    for (path, named) in
        [("/settings", true), ("/settings?from=menu", true), ("/", false), ("/employees?q=settings", false)]
    {
        let html = text(open(&app, None, path).await).await;
        for module in ["/pkg/shared-0b.wasm", "/pkg/settings-0c.wasm"] {
            assert_eq!(html.contains(&format!("<link rel=\"preload\" href=\"{module}\"")), named, "{path} {module}");
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn only_scripts_of_this_answer_run_and_only_telegram_frames_it(db: PgPool) {
    let origins = "https://web.telegram.org,http://localhost:3100";
    let app = TestApp::with().var("TELEGRAM_WEB_ORIGINS", origins).start(db).await;
    let response = open(&app, None, "/").await;
    let policy = response.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.ends_with("frame-ancestors 'self' https://web.telegram.org http://localhost:3100"), "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
    let html = text(response).await;
    for script in html.split("<script").skip(1) {
        let tag = script.split('>').next().expect("a tag");
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
    }
    let again = open(&app, None, "/").await.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert_ne!(again, policy, "a nonce is used once");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn with_a_session_the_first_html_holds_the_data(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    let draft = json!({ "surname": "Иванов", "name": "Пётр", "email": "ivanov@example.com" });
    let request = app.request_of(&admin, reqwest::Method::POST, "/api/v1/employees").json(&draft);
    assert_eq!(request.answered().await.status(), StatusCode::CREATED);

    let html = text(open(&app, Some(&admin), "/employees?q=%D0%B8%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2").await).await;
    // Data inside the serialised resources would not help who runs no scripts.
    let shown = html.split("<script").next().expect("text").len();
    let body = &html[html.find("<body").expect("a body")..];
    assert!(body.split("<script").next().is_some_and(|markup| markup.contains("Пётр")), "{shown} {body}");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_page_of_nothing_is_not_found_and_one_for_others_is_forbidden(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    let draft = json!({ "surname": "Иванов", "name": "Пётр" });
    let entered = app.send_as(&admin, reqwest::Method::POST, "/api/v1/employees", &draft).await;
    let id = entered.json::<serde_json::Value>().await.expect("JSON")["id"].as_str().expect("an id").to_owned();
    let employee = app.with_role(41, "employee").await;
    for (who, path, status) in [
        (&admin, format!("/employees/{id}"), 200),
        (&admin, format!("/employees/{id}/merge"), 200),
        (&admin, "/employees/999999".to_owned(), 404),
        (&admin, "/employees/999999/edit".to_owned(), 404),
        (&admin, "/employees/999999/history".to_owned(), 404),
        (&admin, "/employees/999999/merge".to_owned(), 404),
        (&admin, "/admin/accounts/999999".to_owned(), 404),
        (&admin, "/employees/seven".to_owned(), 404),
        (&admin, "/servers/999999".to_owned(), 404),
        (&admin, "/servers/999999/edit".to_owned(), 404),
        (&admin, "/servers/seven".to_owned(), 404),
        (&admin, "/alerts/999999".to_owned(), 404),
        (&admin, "/alerts/seven".to_owned(), 404),
        (&employee, "/servers".to_owned(), 200),
        (&employee, "/alerts".to_owned(), 200),
        (&employee, "/servers/new".to_owned(), 403),
        (&employee, "/servers/import".to_owned(), 403),
        (&admin, format!("/employees/{id}/nothing"), 404),
        (&employee, format!("/employees/{id}"), 200),
        (&employee, format!("/employees/{id}/edit"), 403),
        (&employee, "/employees/new".to_owned(), 403),
        (&employee, "/admin".to_owned(), 403),
        (&employee, "/admin/import".to_owned(), 403),
    ] {
        let response = open(&app, Some(who), &path).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        let html = text(response).await;
        assert!(html.contains("/pkg/frontend-0a.js") && html.contains("</html>"), "{path}: the app's own page");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_session_that_ended_leaves_a_page_for_anybody(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    sqlx::query("update core.session set ended_at = now()").execute(&app.db).await.expect("arranged");
    let stranger = Signed { token: "A".repeat(43), answer: admin.answer.clone() };
    assert_eq!(open(&app, Some(&stranger), "/employees").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_page_speaks_the_language_that_was_chosen(db: PgPool) {
    let app = TestApp::start(db).await;
    for (header, value, expected) in [
        ("accept-language", "en-US,en", "lang=\"en\""),
        ("accept-language", "ru", "lang=\"ru\""),
        ("cookie", "a=b; vakhta_language=en", "lang=\"en\""),
    ] {
        let request = reqwest::Client::new().get(app.at("/sign-in")).header(header, value);
        let html = text(request.answered().await).await;
        assert!(html.contains(expected), "{header}: {value}");
    }
}

/// The data that travel in the HTML, by the number under which the browser looks for them.
fn carried(html: &str) -> BTreeMap<u32, String> {
    html.split("__RESOLVED_RESOURCES[")
        .skip(1)
        .filter_map(|rest| {
            let (id, rest) = rest.split_once("] = ")?;
            Some((id.parse().ok()?, rest.split("\";").next()?.to_owned()))
        })
        .collect()
}

/// The browser counts while it builds the page once, from the top. A number that the server gave while it
/// waited for data, or twice, is another one there: the browser would read somebody else's data.
#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn data_are_numbered_in_the_order_of_the_page_however_they_arrive(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    for (surname, department) in [("Иванов", "Склад"), ("Петров", "Склад"), ("Сидоров", "Цех")]
    {
        let draft = json!({ "surname": surname, "name": "Пётр", "department": department });
        let request = app.request_of(&admin, reqwest::Method::POST, "/api/v1/employees").json(&draft);
        assert_eq!(request.answered().await.status(), StatusCode::CREATED);
    }
    let found = app.read_as(&admin, "/api/v1/employees?q=%D0%B8%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2").await;
    let person = found["items"][0]["id"].as_str().expect("an id").to_owned();
    let account = app.read_as(&admin, "/api/v1/me").await["id"].as_str().expect("an id").to_owned();
    let draft = json!({ "name": "db-1", "address": "127.0.0.1", "monitors": [{ "kind": "ping" }] });
    let entered = app.send_as(&admin, reqwest::Method::POST, "/api/v1/servers", &draft).await;
    let server = entered.json::<serde_json::Value>().await.expect("JSON")["id"].as_str().expect("an id").to_owned();
    // What each page carries, from its top: a word of every answer. The start of the app comes first.
    let start = "web_origins";
    let overview = "departments";
    let list = "items";
    for (path, expected) in [
        ("/employees".to_owned(), vec![start, overview, list]),
        (format!("/employees/{person}"), vec![start, overview, list, "full_name", "workstation"]),
        (
            format!("/employees/{person}?department=%D0%A1%D0%BA%D0%BB%D0%B0%D0%B4"),
            vec![start, overview, list, "full_name", "workstation"],
        ),
        (format!("/employees/{person}/edit"), vec![start, overview, list, "full_name"]),
        (format!("/employees/{person}/history"), vec![start, overview, list, "kind"]),
        (format!("/employees/{person}/merge"), vec![start, overview, list, "full_name"]),
        ("/servers".to_owned(), vec![start, "tally"]),
        (format!("/servers/{server}"), vec![start, "tally", "runbook_url", "step_s", "next"]),
        (format!("/servers/{server}/edit"), vec![start, "tally", "runbook_url"]),
        ("/alerts".to_owned(), vec![start, "closed"]),
        (format!("/admin/accounts/{account}"), vec![start, "items", "device"]),
    ] {
        let mut first = None;
        // `end2end/tests/direct.spec.ts` asks the running program many times more.
        for _ in 0..20 {
            let response = open(&app, Some(&admin), &path).await;
            let (status, later) = (response.status(), response.headers().get("retry-after").cloned());
            let html = text(response).await;
            assert_eq!(status, StatusCode::OK, "{path} {later:?}: {html}");
            let carried = carried(&html);
            let words: Vec<_> = carried.values().zip(&expected).map(|(json, word)| json.contains(word)).collect();
            assert_eq!((words, carried.len()), (vec![true; expected.len()], expected.len()), "{path}: {carried:?}");
            let ids: Vec<u32> = carried.into_keys().collect();
            assert_eq!(*first.get_or_insert_with(|| ids.clone()), ids, "{path}");
        }
    }
}

/// The title is put together after the page: what it reads must not belong to whoever is rendered by then.
#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn pages_rendered_at_the_same_time_keep_their_titles(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    let pages = [("/employees", "Сотрудники"), ("/settings", "Настройки"), ("/admin", "Управление")];
    let opened = pages.into_iter().cycle().take(60).map(async |(path, title)| {
        let html = text(open(&app, Some(&admin), path).await).await;
        assert!(html.contains(&format!("<title>{title} · Вахта</title>")), "{path}: {html}");
    });
    futures_util::future::join_all(opened).await;
}
