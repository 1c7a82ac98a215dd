//! Forms with a workbook, as nobody should send them. What is in a workbook is tested elsewhere.

use app::model::user::Role;
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::Value;
use sqlx::PgPool;

use crate::helpers::{
    TestApp,
    people::{Answer, User},
};

const MIB: usize = 1024 * 1024;

fn file(bytes: impl Into<Vec<u8>>) -> Part {
    Part::bytes(bytes.into()).file_name("люди.xlsx")
}

async fn upload(user: &User, form: Form) -> Answer {
    user.send(user.request(Method::POST, "/employees/import?dry_run=true").multipart(form)).await
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_form_must_have_one_file(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    for (form, code) in [
        (Form::new().text("other", "x"), "file_missing"),
        (Form::new().part("file", file("x")).part("file", file("x")), "one_file"),
    ] {
        assert_eq!(upload(&user, form).await.expect_problem(422, code)["field"], "file");
    }
    // A text under any other name is no workbook; it got as far as the import.
    let form = Form::new().text("other", "x").part("file", file("x")).text("more", "y");
    upload(&user, form).await.expect_problem(415, "not_a_workbook");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_no_form_is_refused(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let request = || user.request(Method::POST, "/employees/import");
    user.send(request()).await.expect_problem(415, "multipart_expected");
    user.send(request().json(&Value::Null)).await.expect_problem(415, "multipart_expected");
    user.send(request().header("content-type", "multipart/form-data").body("x"))
        .await
        .expect_problem(415, "multipart_expected");
    let form = || request().header("content-type", "multipart/form-data; boundary=b");
    for body in ["", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx", "text"] {
        user.send(form().body(body)).await.expect_problem(400, "multipart_unreadable");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_form_is_taken_in_up_to_its_limits(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let form = Form::new().part("file", file(vec![b'x'; 32 * MIB + 1]));
    upload(&user, form).await.expect_problem(413, "file_too_large");
    let form = Form::new().part("other", file(vec![b'x'; 40 * MIB]));
    assert_eq!(upload(&user, form).await.status, 413);
    let mut form = Form::new();
    for n in 0..100 {
        form = form.text(n.to_string(), "x");
    }
    upload(&user, form).await.expect_problem(400, "multipart_unreadable");
    let form = Form::new().part("x".repeat(MIB), file("x"));
    let answer = upload(&user, form).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn whoever_may_not_import_sends_nothing(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let form = Form::new().part("file", file(vec![b'x'; MIB]));
    upload(&user, form).await.expect_problem(403, "forbidden");
    upload(&app.nobody(), Form::new().part("file", file("x"))).await.expect_problem(401, "not_signed_in");
}
