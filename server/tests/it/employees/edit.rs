//! Entering and changing.

use app::model::user::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{TestApp, people::path};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_entered_passes_the_rules_of_the_import(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let draft = json!({
        "surname": " ивaнов ", "name": "ИВАН", "patronymic": "петрович", "email": "mailto:Ivanov@Sever.Example;",
        "phones": [{ "number": "8 (495) 780-20-00 доб. 1234" }, { "ext": "1234" }, { "ext": "777" }],
        "ips": ["010.016.003.045/24"], "workstation": "мск-1.corp", "room": "каб. 305", "hired": "2015-02-01",
        "unknown": "ignored"
    });
    let refused = user.post_json("/employees", &draft).await.expect_problem(422, "workstation_invalid");
    assert_eq!(refused["field"], "workstation");
    let mut draft = draft;
    draft["workstation"] = json!("МSК-1.corp");
    let answer = user.post_json("/employees", &draft).await;
    let location = answer.headers["location"].to_str().expect("text").to_owned();
    let person = answer.expect(201);
    assert_eq!(location, format!("/api/v1{}", path(&person)));
    assert_eq!(
        person,
        json!({
            "id": person["id"], "surname": "Иванов", "name": "Иван", "patronymic": "Петрович",
            "full_name": "Иванов Иван Петрович", "email": "ivanov@sever.example",
            "phones": [
                { "number": "+74957802000", "ext": "1234", "kind": "landline", "display": "+7 (495) 780-20-00" },
                { "number": null, "ext": "777", "kind": "internal", "display": "777" }
            ],
            "ips": ["10.16.3.45"], "workstation": "MSK-1", "position": null, "department": null, "unit": null,
            "room": "305", "hired": "2015-02-01", "note": null, "state": "active", "version": 1,
            "updated_at": person["updated_at"], "matches": []
        })
    );
    assert_eq!(user.get(&path(&person)).await.expect(200), person);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_name_is_required_and_an_email_is_not(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    for (draft, code, field) in [
        (json!({}), "missing_name", "surname"),
        (json!({ "surname": "Иванов" }), "incomplete_name", "name"),
        (json!({ "surname": "Иванов", "name": "Пост 2" }), "invalid_name", "name"),
        (json!({ "surname": "Иванов", "name": "Иван", "email": "ivanov" }), "invalid_email", "email"),
        (json!({ "surname": "Иванов", "name": "Иван", "phones": [{ "number": "12" }] }), "phone_invalid", "phones"),
        (json!({ "surname": "Иванов", "name": "Иван", "ips": ["10.0.0.256"] }), "ip_invalid", "ips"),
        (json!({ "surname": "Иванов", "name": "Иван", "room": "я".repeat(256) }), "too_long", "room"),
    ] {
        let problem = user.post_json("/employees", &draft).await.expect_problem(422, code);
        assert_eq!(problem["field"], field, "{draft}");
    }
    let person = user.enter("Иванов", "Иван", json!({ "note": "строка\u{0}" })).await;
    assert_eq!((&person["email"], &person["note"]), (&Value::Null, &json!("строка")));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_change_leaves_absent_fields_and_empties_null_ones(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person =
        user.enter("Иванов", "Иван", json!({ "room": "1", "unit": "Касса", "phones": [{ "ext": "1234" }] })).await;
    let change = json!({ "version": 1, "room": "каб. 2", "unit": null, "hired": "01.02.2015", "phones": [{ "ext": "1234" }, { "number": "8 916 111 22 33" }] });
    let changed = user.patch(&path(&person), &change).await.expect(200);
    assert_eq!(changed["version"], 2);
    assert_eq!(
        (&changed["room"], &changed["unit"], &changed["hired"]),
        (&json!("2"), &Value::Null, &json!("2015-02-01"))
    );
    assert_eq!(changed["phones"][1]["number"], "+79161112233");
    assert_eq!(changed["surname"], "Иванов");

    let history = user.get(&format!("{}/history", path(&person))).await.expect(200);
    let latest = &history["items"][0];
    assert_eq!((&latest["kind"], &latest["by_name"]), (&json!("updated"), &json!("Person 502")));
    assert_eq!(
        latest["fields"],
        json!([
            { "field": "unit", "before": "Касса", "after": null },
            { "field": "room", "before": "1", "after": "2" },
            { "field": "hired", "before": null, "after": "2015-02-01" },
            { "field": "phones", "before": "1234", "after": "1234, +7 (916) 111-22-33" }
        ])
    );
    assert_eq!(history["items"][1]["kind"], "created");
    assert_eq!(history["items"].as_array().map(Vec::len), Some(2));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_change_that_changes_nothing_leaves_no_trace(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({ "room": "1" })).await;
    for change in [json!({ "version": 1 }), json!({ "version": 1, "room": " каб. 1 ", "surname": "ИВАНОВ" })] {
        assert_eq!(user.patch(&path(&person), &change).await.expect(200), person);
    }
    let history = user.get(&format!("{}/history", path(&person))).await.expect(200);
    assert_eq!(history["items"].as_array().map(Vec::len), Some(1));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_was_edited_by_hand_is_marked_for_the_next_import(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    // As an import leaves it.
    let (id,): (i64,) = sqlx::query_as(
        r#"insert into employees.employee (surname, name, room, position, phones, ips)
           values ('Иванов', 'Иван', '1', 'Кассир', '[{"number": null, "ext": "1234", "by_hand": false}]',
                   '[{"ip": "10.0.0.1", "by_hand": false}]') returning id"#,
    )
    .fetch_one(&app.db)
    .await
    .expect("stored");
    let change = json!({ "version": 1, "room": "2", "position": "Кассир", "ips": ["10.0.0.2", "10.0.0.1"],
                         "phones": [{ "ext": "1234" }, { "ext": "777" }] });
    user.patch(&format!("/employees/{id}"), &change).await.expect(200);
    let (fields, phones, ips): (Vec<String>, Value, Value) =
        sqlx::query_as("select edited_fields, phones, ips from employees.employee where id = $1")
            .bind(id)
            .fetch_one(&app.db)
            .await
            .expect("read");
    assert_eq!(fields, ["room"]);
    assert_eq!(
        phones,
        json!([{ "number": null, "ext": "1234", "by_hand": false }, { "number": null, "ext": "777", "by_hand": true }])
    );
    assert_eq!(ips, json!([{ "ip": "10.0.0.2", "by_hand": true }, { "ip": "10.0.0.1", "by_hand": false }]));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_older_version_is_a_conflict_that_brings_the_record(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({})).await;
    let now = user.patch(&path(&person), &json!({ "version": 1, "room": "1" })).await.expect(200);
    let problem = user
        .patch(&path(&person), &json!({ "version": 1, "room": "2" }))
        .await
        .expect_problem(409, "employee_conflict");
    assert_eq!(problem["current"], now);
    assert_eq!(user.get(&path(&person)).await.expect(200), now);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn of_two_changes_at_once_one_wins(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({})).await;
    let target = path(&person);
    let change = |room: &'static str| {
        let (user, target) = (&user, &target);
        async move { user.patch(target, &json!({ "version": 1, "room": room })).await.status.as_u16() }
    };
    let mut statuses = <[u16; 4]>::from(tokio::join!(change("1"), change("2"), change("3"), change("4")));
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
    assert_eq!(user.get(&target).await.expect(200)["version"], 2);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_email_belongs_to_one_person(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let email = "ivanov@sever.example";
    let owner = user.enter("Иванов", "Иван", json!({ "email": email })).await;
    let draft = json!({ "surname": "Петров", "name": "Пётр", "email": "IVANOV@sever.example" });
    let problem = user.post_json("/employees", &draft).await.expect_problem(409, "email_taken");
    assert_eq!(problem["current"]["id"], owner["id"]);
    let other = user.enter("Петров", "Пётр", json!({})).await;
    let change = json!({ "version": 1, "email": email });
    user.patch(&path(&other), &change).await.expect_problem(409, "email_taken");

    user.delete(&path(&owner)).await.expect(204);
    let problem = user.patch(&path(&other), &change).await.expect_problem(409, "email_taken_by_deleted");
    assert_eq!(problem["current"]["id"], owner["id"]);
    user.post_json("/employees", &draft).await.expect_problem(409, "email_taken_by_deleted");
    user.post(&format!("{}/restore", path(&owner))).await.expect(200);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_body_that_is_no_change_is_refused_without_a_trace(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({})).await;
    let target = path(&person);
    for body in [
        json!([]),
        json!({}),
        json!({ "version": "1" }),
        json!({ "version": 1, "state": "retired" }),
        json!({ "version": 1, "phones": [["8 916 111-22-33", null]] }),
    ] {
        assert_eq!(user.patch(&target, &body).await.status, 422, "{body}");
    }
    let request = user.request(reqwest::Method::PATCH, &target).header("content-type", "application/json").body("{");
    user.send(request).await.expect_problem(400, "json_unreadable");
    let request = user.request(reqwest::Method::PATCH, &target).body("{}");
    user.send(request).await.expect_problem(415, "json_expected");
    let request = user.request(reqwest::Method::POST, "/employees").json(&json!({ "note": "я".repeat(200_000) }));
    assert_eq!(user.send(request).await.status, 413);
    assert_eq!(user.get(&target).await.expect(200), person);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn entering_again_under_the_same_key_enters_nobody_twice(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let enter = |surname: &str| {
        user.request(reqwest::Method::POST, "/employees")
            .header("Idempotency-Key", "0b7c")
            .json(&json!({ "surname": surname, "name": "Иван" }))
    };
    let first = user.send(enter("Иванов")).await.expect(201);
    assert_eq!(user.send(enter("Иванов")).await.expect(201), first);
    assert_eq!(user.send(enter("Петров")).await.status, 422);
    assert_eq!(user.names(&[]).await, ["Иванов Иван"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn while_an_import_stores_a_change_is_asked_to_come_again(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let person = user.enter("Иванов", "Иван", json!({})).await;
    let mut import = app.db.begin().await.expect("begins");
    vakhta::store::imports::keep_writers_out(&mut import).await.expect("locks");
    let answer = user.patch(&path(&person), &json!({ "version": 1, "room": "1" })).await;
    assert_eq!(answer.headers["retry-after"], "5");
    answer.expect_problem(503, "unavailable");
    // Reading goes on.
    assert_eq!(user.get(&path(&person)).await.expect(200), person);
    import.rollback().await.expect("ends");
    user.patch(&path(&person), &json!({ "version": 1, "room": "1" })).await.expect(200);
}
