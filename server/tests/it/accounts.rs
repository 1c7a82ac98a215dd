//! Who may what, and administration of accounts.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use simulators::launch::Person;
use sqlx::{ConnectOptions, PgPool};

use crate::helpers::{
    TestApp,
    described::Answered as _,
    launch::{Signed, problem},
    program::Folder,
};

async fn employee(db: &PgPool, surname: &str) -> String {
    let id: i64 = sqlx::query_scalar("insert into employees.employee (surname, name) values ($1, 'Имя') returning id")
        .bind(surname)
        .fetch_one(db)
        .await
        .expect("arranged");
    id.to_string()
}

async fn change(app: &TestApp, admin: &Signed, account: &str, patch: Value) -> reqwest::Response {
    app.send_as(admin, Method::PATCH, &format!("/api/v1/accounts/{account}"), &patch).await
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn every_route_asks_who_may(db: PgPool) {
    let app = TestApp::start(db).await;
    let everybody = [
        app.sign_in(&Person::new(1, "Гость")).await,
        app.with_role(2, "employee").await,
        app.with_role(3, "operator").await,
        app.with_role(4, "admin").await,
    ];
    let somebody = app.sign_in(&Person::new(5, "Кто-то")).await;
    let account = format!("/api/v1/accounts/{}", somebody.id());
    let sessions = format!("{account}/sessions");
    let session = format!("{account}/sessions/9223372036854775807");
    let nobody = json!({});
    // Status for guest, employee, operator, admin. 409 and 404 are answers to somebody who may.
    let table = [
        (Method::GET, "/api/v1/me", [200, 200, 200, 200]),
        (Method::PATCH, "/api/v1/me", [200, 200, 200, 200]),
        (Method::GET, "/api/v1/sessions", [200, 200, 200, 200]),
        (Method::DELETE, "/api/v1/sessions/9223372036854775807", [404, 404, 404, 404]),
        (Method::POST, "/api/v1/me/access-request", [200, 409, 409, 409]),
        (Method::GET, "/api/v1/accounts", [403, 403, 403, 200]),
        (Method::GET, "/api/v1/accounts/access-requests", [403, 403, 403, 200]),
        (Method::GET, &account, [403, 403, 403, 200]),
        (Method::PATCH, &account, [403, 403, 403, 200]),
        (Method::GET, &sessions, [403, 403, 403, 200]),
        (Method::DELETE, &session, [403, 403, 403, 404]),
        (Method::DELETE, &sessions, [403, 403, 403, 204]),
        (Method::DELETE, "/api/v1/session", [204, 204, 204, 204]),
    ];
    for (method, path, expected) in table {
        let anonymous = reqwest::Client::new().request(method.clone(), app.at(path)).json(&nobody);
        let response = anonymous.answered().await;
        assert_eq!(problem(response).await, (401, "not_signed_in".into()), "{method} {path} by nobody");
        for (who, status) in everybody.iter().zip(expected) {
            let response = app.send_as(who, method.clone(), path, &nobody).await;
            assert_eq!(response.status().as_u16(), status, "{method} {path} by {}", who.answer["user"]["role"]);
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_guest_asks_and_an_administrator_answers(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    let (guest, other) = (app.sign_in(&Person::new(7, "Гость")).await, app.sign_in(&Person::new(8, "Другой")).await);
    let ask = async |who: &Signed| app.send_as(who, Method::POST, "/api/v1/me/access-request", &json!({})).await;

    let first: Value = ask(&guest).await.json().await.expect("JSON");
    let again: Value = ask(&guest).await.json().await.expect("JSON");
    assert!(first["access_requested_at"].is_string());
    assert_eq!(first["access_requested_at"], again["access_requested_at"], "the first one counts");
    assert_eq!(ask(&other).await.status(), StatusCode::OK);
    assert_eq!(app.read_as(&admin, "/api/v1/accounts/access-requests").await["access_requests"], 2);
    let list = app.read_as(&admin, "/api/v1/accounts").await;
    let names: Vec<&str> = list["items"].as_array().expect("items").iter().filter_map(|a| a["name"].as_str()).collect();
    assert_eq!(names, ["Гость", "Другой", "Администратор"], "requests first, the longest waiting ahead");

    let response = change(&app, &admin, guest.id(), json!({"role": "employee"})).await;
    assert_eq!(response.status(), StatusCode::OK);
    let account: Value = response.json().await.expect("JSON");
    assert_eq!((&account["role"], &account["access_requested_at"]), (&json!("employee"), &Value::Null));
    assert_eq!(account["sessions"], 1);
    let me = app.read_as(&guest, "/api/v1/me").await;
    assert_eq!(me["role"], "employee", "felt by the session that is open");
    assert_eq!(problem(ask(&guest).await).await, (409, "access_granted".into()));

    let response = change(&app, &admin, other.id(), json!({"decline_request": true})).await;
    assert_eq!(response.status(), StatusCode::OK);
    let me = app.read_as(&other, "/api/v1/me").await;
    assert_eq!((&me["role"], &me["access_requested_at"]), (&json!("guest"), &Value::Null));
    assert_eq!(app.read_as(&admin, "/api/v1/accounts/access-requests").await["access_requests"], 0);
    assert_eq!(ask(&other).await.status(), StatusCode::OK, "he may ask again");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_role_that_the_configuration_gives_stays(db: PgPool) {
    let app = TestApp::start(db).await;
    let fixed = app.admin().await;
    let response = change(&app, &fixed, fixed.id(), json!({"role": "guest"})).await;
    assert_eq!(problem(response).await, (409, "role_fixed".into()));
    assert_eq!(app.read_as(&fixed, &format!("/api/v1/accounts/{}", fixed.id())).await["role_fixed"], true);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn nobody_locks_the_last_administrator_out(db: PgPool) {
    let app = TestApp::with().without("ADMIN_TELEGRAM_IDS").start(db).await;
    let (first, second) = (app.with_role(1, "admin").await, app.with_role(2, "admin").await);
    let to_guest = json!({"role": "guest"});
    let (one, other) = tokio::join!(
        change(&app, &first, second.id(), to_guest.clone()),
        change(&app, &second, first.id(), to_guest.clone()),
    );
    let mut statuses = [one.status().as_u16(), other.status().as_u16()];
    statuses.sort_unstable();
    // Whoever came second was the last one, or no administrator any more.
    assert!(statuses == [200, 409] || statuses == [200, 403], "{statuses:?}");
    let left = if one.status().is_success() { &first } else { &second };
    let response = change(&app, left, left.id(), to_guest).await;
    assert_eq!(problem(response).await, (409, "last_admin".into()));
    assert_eq!(app.read_as(left, "/api/v1/me").await["role"], "admin");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_employee_belongs_to_one_account(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let admin = app.admin().await;
    let (anna, boris) = (app.with_role(1, "operator").await, app.with_role(2, "operator").await);
    let ivanov = employee(&db, "Иванов").await;

    let response = change(&app, &admin, anna.id(), json!({"employee_id": ivanov})).await;
    let account: Value = response.json().await.expect("JSON");
    assert_eq!((&account["employee_id"], &account["employee_name"]), (&json!(ivanov), &json!("Иванов Имя")));
    assert_eq!(app.read_as(&anna, "/api/v1/me").await["employee_id"], json!(ivanov));
    let taken = change(&app, &admin, boris.id(), json!({"employee_id": ivanov, "role": "admin"})).await;
    assert_eq!(problem(taken).await, (409, "employee_linked".into()));
    assert_eq!(app.read_as(&boris, "/api/v1/me").await["role"], "operator", "all of it or nothing");
    for wrong in ["999999", "9223372036854775807"] {
        let response = change(&app, &admin, boris.id(), json!({"employee_id": wrong})).await;
        assert_eq!(problem(response).await, (422, "unknown_employee".into()), "{wrong}");
    }
    let response = change(&app, &admin, anna.id(), json!({"employee_id": null})).await;
    assert_eq!(response.status(), StatusCode::OK);
    let response = change(&app, &admin, boris.id(), json!({"employee_id": ivanov})).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_administrator_ends_sessions_of_others(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    let person = Person::new(1, "Анна");
    let (first, second) = (app.sign_in(&person).await, app.sign_in(&person).await);
    let path = format!("/api/v1/accounts/{}/sessions", first.id());
    let listed = app.read_as(&admin, &path).await;
    assert_eq!(listed["items"].as_array().expect("items").len(), 2);
    // The last used comes first: both were used at their sign-in only, the second one later.
    let one = format!("{path}/{}", listed["items"][0]["id"].as_str().expect("an id"));
    assert_eq!(app.send_as(&admin, Method::DELETE, &one, &json!({})).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(app.get_as(&second, "/api/v1/me").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(app.get_as(&first, "/api/v1/me").await.status(), StatusCode::OK);
    assert_eq!(app.send_as(&admin, Method::DELETE, &path, &json!({})).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(app.get_as(&first, "/api/v1/me").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(app.sign_in(&person).await.id(), first.id(), "he may come again");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_list_survives_new_accounts_between_its_pieces(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    for id in 1..=5 {
        app.sign_in(&Person::new(id, format!("П{id}"))).await;
    }
    let names = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().expect("items");
        items.iter().map(|account| account["name"].as_str().expect("a name").to_owned()).collect()
    };
    let first = app.read_as(&admin, "/api/v1/accounts?limit=3").await;
    assert_eq!(names(&first), ["П5", "П4", "П3"], "the last seen first");
    app.sign_in(&Person::new(6, "П6")).await;
    let next = first["next"].as_str().expect("more");
    let second = app.read_as(&admin, &format!("/api/v1/accounts?limit=3&cursor={next}")).await;
    assert_eq!(names(&second), ["П2", "П1", "Администратор"]);
    assert_eq!(second["next"], Value::Null);
    for (query, field) in
        [("limit=0", "limit"), ("limit=101", "limit"), ("limit=many", "limit"), ("cursor=nonsense", "cursor")]
    {
        // The same words as in every other list.
        for list in ["accounts", "employees"] {
            let response = app.get_as(&admin, &format!("/api/v1/{list}?{query}")).await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{list}?{query}");
            let problem = response.json::<Value>().await.expect("JSON");
            assert_eq!(problem["field"], field, "{list}?{query}");
            assert_eq!(problem["code"], field, "{list}?{query}");
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_role_can_be_given_before_the_first_sign_in(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    let operator = app.with_role(77, "operator").await;
    assert_eq!(operator.answer["user"]["role"], "operator");
    // The same again, and another one: the last one counts.
    let changed = app.with_role(77, "employee").await;
    assert_eq!((changed.id(), &changed.answer["user"]["role"]), (operator.id(), &json!("employee")));
    let account = app.read_as(&admin, &format!("/api/v1/accounts/{}", operator.id())).await;
    assert_eq!(account["role_fixed"], false);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn administration_is_written_down(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let admin = app.admin().await;
    let anna = app.sign_in(&Person::new(1, "Анна")).await;
    let ivanov = employee(&db, "Иванов").await;
    let patch = json!({"role": "operator", "employee_id": ivanov});
    assert_eq!(change(&app, &admin, anna.id(), patch.clone()).await.status(), StatusCode::OK);
    assert_eq!(change(&app, &admin, anna.id(), patch).await.status(), StatusCode::OK, "nothing to change");
    let path = format!("/api/v1/accounts/{}/sessions", anna.id());
    assert_eq!(app.send_as(&admin, Method::DELETE, &path, &json!({})).await.status(), StatusCode::NO_CONTENT);
    let rows: Vec<(Option<i64>, String, String, Value)> =
        sqlx::query_as("select account_id, action, object, detail from core.audit order by id")
            .fetch_all(&db)
            .await
            .expect("rows");
    let by: Option<i64> = Some(admin.id().parse().expect("an id"));
    let object = format!("account:{}", anna.id());
    let expected = [
        ("account.role", json!({"before": "guest", "after": "operator"})),
        ("account.employee", json!({"before": null, "after": ivanov})),
        ("account.sessions_ended", json!({"count": 1})),
    ]
    .map(|(action, detail)| (by, action.to_owned(), object.clone(), detail));
    assert_eq!(rows, expected);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_command_line_gives_roles_to_a_running_server(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let guest = app.sign_in(&Person::new(7, "Гость")).await;
    let folder = Folder::open();
    let database = db.connect_options().to_url_lossy().to_string();
    let grant = |arguments: &[&str]| {
        let mut command = folder.program(&[&["grant"], arguments].concat());
        command.env("DATABASE_URL", &database).output().expect("it runs")
    };
    let output = grant(&["7", "admin"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(said, format!("Telegram user 7 is now admin (account {}).\n", guest.id()));
    let given = Instant::now();
    while app.read_as(&guest, "/api/v1/me").await["role"] != "admin" {
        assert!(given.elapsed() < Duration::from_millis(1_500), "not felt");
    }
    for wrong in [&["7", "king"][..], &["0", "admin"], &["-7", "admin"], &["x", "admin"], &["7"], &[]] {
        assert_eq!(grant(wrong).status.code(), Some(2), "{wrong:?}");
    }
}
