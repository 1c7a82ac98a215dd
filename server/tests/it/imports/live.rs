//! Imports over HTTP while others hang up, work, look on or stop the server.

use app::model::user::Role;
use reqwest::{
    Method, RequestBuilder,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use sqlx::{PgPool, Postgres, Transaction};
use time::Duration;
use vakhta::{clock, workers};

use super::{arrange, book, count};
use crate::helpers::{
    TestApp,
    people::{User, path},
};

const HEADER: &[&str] = &["ФИО", "E-mail", "Каб."];
const PETR: &[&str] = &["Петров Пётр", "petr@b.example", "306"];
const PEOPLE: &str = "select count(*) from employees.employee";
const REPORTS: &str = "select count(*) from core.import where report is not null";

fn sending(user: &User, dry_run: bool, rows: &[&[&str]]) -> RequestBuilder {
    let file = Part::bytes(book::of_rows(rows)).file_name("люди.xlsx");
    let request = user.request(Method::POST, &format!("/employees/import?dry_run={dry_run}"));
    request.multipart(Form::new().part("file", file))
}

async fn status(user: &User) -> Value {
    user.get("/employees/import").await.expect(200)
}

/// Makes imports wait before they look at their first row.
async fn hold(db: &PgPool) -> Transaction<'static, Postgres> {
    let mut tx = db.begin().await.expect("a transaction");
    sqlx::query("lock table employees.staged_person").execute(&mut *tx).await.expect("a lock");
    tx
}

async fn until_it_runs(user: &User) {
    while status(user).await["running"].is_null() {}
}

async fn until_it_ended(user: &User) -> Value {
    loop {
        let status = status(user).await;
        if status["running"].is_null() {
            return status["last"].clone();
        }
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_import_goes_on_when_its_sender_hangs_up(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let user = app.user(Role::Admin).await;
    assert_eq!(status(&user).await, json!({ "running": null, "last": null }));
    let held = hold(&db).await;
    tokio::select! {
        answer = sending(&user, false, &[HEADER, PETR]).send() => panic!("it waits: {answer:?}"),
        () = until_it_runs(&user) => {}
    }
    // The request is dropped by now; whoever comes back sees the import.
    for _ in 0..20 {
        assert_eq!(status(&user).await["running"]["phase"], "reading");
    }
    held.rollback().await.expect("released");
    let last = until_it_ended(&user).await;
    let report = user.get(&format!("/imports/{}", last.as_str().expect("a report"))).await.expect(200);
    assert_eq!((&report["created"], &report["file"]), (&json!(1), &json!("люди.xlsx")));
    assert_eq!(user.names(&[]).await, ["Петров Пётр"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_import_ends_with_the_server_and_leaves_nothing(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let user = app.user(Role::Admin).await;
    let held = hold(&db).await;
    tokio::select! {
        answer = sending(&user, false, &[HEADER, PETR]).send() => panic!("it waits: {answer:?}"),
        () = until_it_runs(&user) => {}
    }
    let (clean, released) = tokio::join!(app.stop(), held.rollback());
    released.expect("released");
    assert!(clean, "the stop waited for it");
    let db = PgPool::connect_with((*db.connect_options()).clone()).await.expect("the database");
    assert_eq!((count(&db, PEOPLE).await, count(&db, REPORTS).await), (0, 0));
    db.close().await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn while_a_preview_runs_everybody_works_on(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let user = app.user(Role::Admin).await;
    let petr = user.enter("Петров", "Пётр", json!({ "email": "petr@b.example" })).await;
    let held = hold(&db).await;
    let work = async {
        until_it_runs(&user).await;
        let patch = json!({ "version": petr["version"], "room": "1" });
        user.patch(&path(&petr), &patch).await.expect(200);
        user.enter("Иванов", "Иван", json!({})).await;
        held.rollback().await.expect("released");
    };
    let (answer, ()) = tokio::join!(user.send(sending(&user, true, &[HEADER, PETR])), work);
    // Nobody is held up by what the preview looked at either: it reads one moment, that of its beginning.
    assert_eq!(answer.expect(200)["updated"], 1);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_preview_writes_nothing_and_waits_for_nobody(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let user = app.user(Role::Admin).await;
    let ivan = user.enter("Иванов", "Иван", json!({ "email": "ivan@b.example" })).await;
    let gone = user.enter("Сидоров", "Сидор", json!({ "email": "sidor@b.example" })).await;
    user.enter("Ушаков", "Фёдор", json!({})).await;
    user.delete(&path(&gone)).await.expect(204);
    let rows: [&[&str]; 4] =
        [HEADER, PETR, &["Иванов Иван", "ivan@b.example", "305"], &["Сидоров Сидор", "sidor@b.example", ""]];
    arrange(&db, "create function no() returns trigger language plpgsql as 'begin raise ''no''; end'").await;
    arrange(&db, "create trigger no before insert or update on employees.employee execute function no()").await;
    let mut held = db.begin().await.expect("a transaction");
    sqlx::query("select from employees.employee for update").execute(&mut *held).await.expect("a lock");
    let preview = user.send(sending(&user, true, &rows)).await.expect(200);
    held.rollback().await.expect("released");
    arrange(&db, "drop trigger no on employees.employee").await;
    let mut report = user.send(sending(&user, false, &rows)).await.expect(200);
    for (field, number) in [("created", 1), ("updated", 1), ("restored", 1), ("absent", 1)] {
        assert_eq!(preview[field], number, "{field}");
    }
    assert_ne!(report["id"], preview["id"]);
    report["id"] = preview["id"].clone();
    report["dry_run"] = json!(true);
    assert_eq!(report, preview);
    assert_eq!(user.get(&path(&ivan)).await.expect(200)["room"], "305");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn reports_are_kept_for_a_while(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let user = app.user(Role::Admin).await;
    let preview = user.send(sending(&user, true, &[HEADER, PETR])).await.expect(200)["id"].clone();
    let report = user.send(sending(&user, false, &[HEADER, PETR])).await.expect(200)["id"].clone();
    let found = async |id: &Value| user.get(&format!("/imports/{}", id.as_str().expect("an id"))).await.status.as_u16();
    let tidy = async |after: Duration| {
        let deps = std::sync::Arc::new(app.state.deps.clone());
        workers::retention::run_once(deps, clock::now() + after).await.expect("tidied");
    };
    tidy(Duration::days(1) - Duration::minutes(1)).await;
    assert_eq!((found(&preview).await, found(&report).await), (200, 200));
    tidy(Duration::days(1) + Duration::minutes(1)).await;
    assert_eq!((found(&preview).await, found(&report).await), (404, 200));
    tidy(Duration::days(90) - Duration::minutes(1)).await;
    assert_eq!(found(&report).await, 200);
    tidy(Duration::days(90) + Duration::minutes(1)).await;
    assert_eq!(found(&report).await, 404);
    assert_eq!(status(&user).await["last"], Value::Null);
    // Where somebody came from is known for ever.
    let people = user.get("/employees").await.expect(200);
    let history = user.get(&format!("{}/history", path(&people["items"][0]))).await.expect(200);
    assert_eq!(history["items"][0]["import_file"], "люди.xlsx");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_repeated_upload_is_answered_once_and_another_file_is_refused(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let user = app.user(Role::Admin).await;
    let send = async |rows: &[&[&str]]| user.send(sending(&user, false, rows).header("idempotency-key", "k-1")).await;
    let first = send(&[HEADER, PETR]).await.expect(200);
    let again = send(&[HEADER, PETR]).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.expect(200), first);
    assert_eq!(count(&db, REPORTS).await, 1);
    let other: &[&str] = &["Иванов Иван", "ivan@b.example", "305"];
    send(&[HEADER, other]).await.expect_problem(422, "idempotency_key_reused");
    assert_eq!(count(&db, REPORTS).await, 1);
}
