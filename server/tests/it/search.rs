//! The search index follows the database: other nodes, other programs, lost connections.

use std::time::Duration;

use app::model::user::Role;
use serde_json::json;
use sqlx::PgPool;

use crate::helpers::{
    TestApp,
    people::{User, path},
};

/// What the contract gives a change until it is found.
const SOON: Duration = Duration::from_secs(1);

/// An application that may be asked as fast as it answers.
async fn start(db: PgPool) -> TestApp {
    TestApp::with().var("RATE_LIMIT_REQUESTS", "1000000").start(db).await
}

/// Asks until the answer is this one.
#[track_caller]
fn finds<'a>(user: &'a User, query: &'a str, expected: &'a [&'a str]) -> impl Future<Output = ()> + 'a {
    let caller = std::panic::Location::caller();
    async move {
        let asked = tokio::time::timeout(SOON, async { while user.names(&[("q", query)]).await != expected {} }).await;
        if asked.is_err() {
            panic!("{caller}: {query} finds {:?}, not {expected:?}", user.names(&[("q", query)]).await);
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_change_is_found_at_once_by_whoever_made_it(db: PgPool) {
    let app = start(db).await;
    let user = app.user(Role::Admin).await;
    let person = user.enter("Кузнецов", "Илья", json!({ "room": "214" })).await;
    assert_eq!(user.names(&[("q", "кузнецов")]).await, ["Кузнецов Илья"]);
    user.patch(&path(&person), &json!({ "version": 1, "surname": "Громов" })).await.expect(200);
    assert_eq!(user.names(&[("q", "громов")]).await, ["Громов Илья"]);
    assert!(user.names(&[("q", "кузнецов")]).await.is_empty());
    let other = user.enter("Сидоров", "Павел", json!({ "workstation": "WS-77" })).await;
    user.post_json(&format!("{}/merge", path(&person)), &json!({ "other": other["id"] })).await.expect(200);
    assert!(user.names(&[("q", "сидоров")]).await.is_empty());
    assert_eq!(user.names(&[("q", "ws-77")]).await, ["Громов Илья"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn who_was_found_before_is_shown_as_he_is_now(db: PgPool) {
    let (here, there) = (start(db.clone()).await, start(db).await);
    let (writer, reader) = (here.user(Role::Admin).await, there.user(Role::Employee).await);
    let person = writer.enter("Кузнецов", "Илья", json!({})).await;
    finds(&reader, "кузнецов", &["Кузнецов Илья"]).await;
    let note = async |user: &User| {
        let found = user.ask("/employees", &[("q", "кузнецов")]).await.expect(200);
        found["items"][0]["note"].clone()
    };
    // Of what cannot be searched too: nothing shows a change but the version.
    for (version, text) in [(1, "В отпуске"), (2, "Вернулся")] {
        writer.patch(&path(&person), &json!({ "version": version, "note": text })).await.expect(200);
        assert_eq!(note(&writer).await, text);
        let told = tokio::time::timeout(SOON, async { while note(&reader).await != text {} });
        told.await.expect("the other node follows");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_change_on_one_node_is_found_on_another(db: PgPool) {
    let (here, there) = (start(db.clone()).await, start(db).await);
    let (writer, reader) = (here.user(Role::Admin).await, there.user(Role::Employee).await);
    let person = writer.enter("Кузнецов", "Илья", json!({})).await;
    finds(&reader, "кузнецов", &["Кузнецов Илья"]).await;
    writer.patch(&path(&person), &json!({ "version": 1, "surname": "Громов" })).await.expect(200);
    finds(&reader, "громов", &["Громов Илья"]).await;
    finds(&reader, "кузнецов", &[]).await;
    writer.delete(&path(&person)).await.expect(204);
    finds(&reader, "громов", &[]).await;
    writer.post(&format!("{}/restore", path(&person))).await.expect(200);
    finds(&reader, "громов", &["Громов Илья"]).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn many_changes_of_another_program_are_found_after_one_announcement(db: PgPool) {
    let app = start(db).await;
    let user = app.user(Role::Employee).await;
    let mut tx = app.db.begin().await.expect("begins");
    sqlx::query(
        "insert into employees.employee (surname, name) select 'Массовый', 'Имя' from generate_series(1, 3000)",
    )
    .execute(&mut *tx)
    .await
    .expect("stored");
    sqlx::query("insert into employees.employee (surname, name, workstation) values ('Последний', 'Имя', 'WS-3001')")
        .execute(&mut *tx)
        .await
        .expect("stored");
    vakhta::store::notify::announce(&mut tx, &vakhta::events::Event::EmployeeChanged { id: None })
        .await
        .expect("announced");
    tx.commit().await.expect("commits");
    finds(&user, "ws-3001", &["Последний Имя"]).await;
    assert_eq!(user.names(&[("q", "массовый"), ("limit", "100")]).await.len(), 100);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_lost_listener_comes_back_and_catches_up(db: PgPool) {
    let app = start(db).await;
    let user = app.user(Role::Admin).await;
    let person = user.enter("Кузнецов", "Илья", json!({})).await;
    finds(&user, "кузнецов", &["Кузнецов Илья"]).await;
    // Changed while nobody listens, and not announced to those who came later.
    let (killed,): (i64,) = sqlx::query_as(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity
         where datname = current_database() and query ilike 'listen%'",
    )
    .fetch_one(&app.db)
    .await
    .expect("killed");
    assert_eq!(killed, 1);
    sqlx::query("update employees.employee set surname = 'Громов', version = version + 1")
        .execute(&app.db)
        .await
        .expect("changed");
    sqlx::query("insert into employees.employee (surname, name) values ('Новый', 'Имя')")
        .execute(&app.db)
        .await
        .expect("stored");
    finds(&user, "громов", &["Громов Илья"]).await;
    finds(&user, "новый", &["Новый Имя"]).await;
    finds(&user, "кузнецов", &[]).await;
    // And it hears again.
    let announced = user.patch(&path(&person), &json!({ "version": 2, "surname": "Сидоров" })).await;
    announced.expect(200);
    finds(&user, "сидоров", &["Сидоров Илья"]).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_record_that_vanishes_from_the_table_vanishes_from_the_search(db: PgPool) {
    let app = start(db).await;
    let user = app.user(Role::Admin).await;
    user.enter("Кузнецов", "Илья", json!({})).await;
    let mut tx = app.db.begin().await.expect("begins");
    sqlx::query("delete from employees.employee").execute(&mut *tx).await.expect("deleted");
    vakhta::store::notify::announce(&mut tx, &vakhta::events::Event::EmployeeChanged { id: None })
        .await
        .expect("announced");
    tx.commit().await.expect("commits");
    finds(&user, "кузнецов", &[]).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_result_says_where_it_fits_and_pages_go_on(db: PgPool) {
    let app = start(db).await;
    let user = app.user(Role::Operator).await;
    for name in ["Адам", "Борис", "Вадим", "Глеб", "Денис"] {
        user.enter("Иванов", name, json!({ "department": if name == "Глеб" { "Касса" } else { "ИТ" } })).await;
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let mut query = vec![("q", "иванов"), ("limit", "2")];
        if !cursor.is_empty() {
            query.push(("cursor", &cursor));
        }
        let page = user.ask("/employees", &query).await.expect(200);
        for item in page["items"].as_array().expect("items") {
            assert_eq!(item["matches"], json!([{ "field": "surname", "ranges": [[0, 6]] }]));
            seen.push(item["name"].as_str().expect("a name").to_owned());
        }
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    seen.sort();
    assert_eq!(seen, ["Адам", "Борис", "Вадим", "Глеб", "Денис"]);
    assert_eq!(user.names(&[("q", "иванов"), ("department", "Касса")]).await, ["Иванов Глеб"]);
    let guessed = user.ask("/employees", &[("q", "bdfyjd глеб")]).await.expect(200);
    assert_eq!(guessed["items"][0]["full_name"], "Иванов Глеб");
    let matches = guessed["items"][0]["matches"].as_array().expect("matches");
    let surname = matches.iter().find(|place| place["field"] == "surname").expect("the surname");
    assert_eq!(surname["guess"], "layout");
}
