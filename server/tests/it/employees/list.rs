//! Lists without a query, single records, neighbours, departments, vCards.

use app::model::user::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{TestApp, described::Answered as _, people::path};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn everybody_is_listed_by_name_and_those_who_left_come_last(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    for (surname, name) in [
        ("Яковлев", "Ян"),
        ("Ёлкин", "Пётр"),
        ("Егоров", "Иван"),
        ("Жуков", "Илья"),
        ("Smith", "John"),
        ("Егоров", "Адам"),
    ] {
        user.enter(surname, name, json!({})).await;
    }
    let gone = user.enter("Абрамов", "Лев", json!({})).await;
    user.patch(&path(&gone), &json!({ "version": 1, "state": "left" })).await.expect(200);
    assert_eq!(
        user.names(&[]).await,
        ["Егоров Адам", "Егоров Иван", "Ёлкин Пётр", "Жуков Илья", "Яковлев Ян", "Smith John", "Абрамов Лев"]
    );
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn pages_follow_each_other_without_gaps_while_people_come_and_go(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let mut people = Vec::new();
    for surname in ["Андреев", "Борисов", "Волков", "Громов", "Дроздов"] {
        people.push(user.enter(surname, "Иван", json!({ "department": "ИТ" })).await);
    }
    for query in [vec![], vec![("department", "ИТ")]] {
        let ask = |cursor: Option<String>| {
            let mut query: Vec<_> = query.iter().map(|(k, v)| (*k, String::from(*v))).collect();
            query.push(("limit", "2".to_owned()));
            query.extend(cursor.map(|cursor| ("cursor", cursor)));
            let user = &user;
            async move {
                let query: Vec<_> = query.iter().map(|(k, v)| (*k, v.as_str())).collect();
                user.ask("/employees", &query).await.expect(200)
            }
        };
        let first = ask(None).await;
        assert_eq!(surnames(&first), ["Андреев", "Борисов"]);
        // The one at the seam goes, somebody comes before it and somebody behind it.
        user.delete(&path(&people[1])).await.expect(204);
        let before = user.enter("Белов", "Иван", json!({ "department": "ИТ" })).await;
        let behind = user.enter("Быков", "Иван", json!({ "department": "ИТ" })).await;
        let second = ask(first["next"].as_str().map(str::to_owned)).await;
        assert_eq!(surnames(&second), ["Быков", "Волков"]);
        let third = ask(second["next"].as_str().map(str::to_owned)).await;
        assert_eq!(surnames(&third), ["Громов", "Дроздов"]);
        assert_eq!(third["next"], Value::Null);
        for person in [before, behind] {
            user.delete(&path(&person)).await.expect(204);
        }
        user.post(&format!("{}/restore", path(&people[1]))).await.expect(200);
    }
}

fn surnames(page: &Value) -> Vec<&str> {
    page["items"].as_array().expect("items").iter().map(|item| item["surname"].as_str().expect("a name")).collect()
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_wrong_limit_cursor_or_list_of_ids_names_the_field(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    for n in 0..3 {
        user.enter("Иванов", "Иван", json!({ "note": n.to_string() })).await;
    }
    let own = user.ask("/employees", &[("limit", "1")]).await.expect(200)["next"].as_str().expect("more").to_owned();
    user.ask("/employees", &[("limit", "1"), ("cursor", &own)]).await.expect(200);
    let foreign = [("department", "ИТ"), ("cursor", own.as_str())];
    let many = vec!["1"; 101].join(",");
    for (query, field) in [
        (&[("limit", "0")][..], "limit"),
        (&[("limit", "101")], "limit"),
        (&[("limit", "-1")], "limit"),
        (&[("limit", "many")], "limit"),
        (&[("limit", "99999999999999999999")], "limit"),
        (&[("cursor", "AAAA")], "cursor"),
        (&[("cursor", "%00\u{0}")], "cursor"),
        (&[("q", "иванов"), ("cursor", own.as_str())], "cursor"),
        (&foreign, "cursor"),
        (&[("ids", "1,x")], "ids"),
        (&[("ids", many.as_str())], "ids"),
    ] {
        let problem = user.ask("/employees", query).await.expect_problem(422, field);
        assert_eq!(problem["field"], field, "{query:?}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn any_text_may_be_asked_for(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Employee).await;
    let long = "я".repeat(5_000);
    for text in ["\u{0}", " ", "%", "_", "\\", "'; drop table employees.employee; --", "👩‍💻", &long, "\u{fffd}", "\r\n"]
    {
        user.ask("/employees", &[("q", text)]).await.expect(200);
        let page = user.ask("/employees", &[("department", text)]).await.expect(200);
        assert_eq!(page["items"], json!([]), "{text:.20}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn several_people_come_in_the_order_asked_without_those_who_are_gone(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Admin).await;
    let mut ids = Vec::new();
    for surname in ["Андреев", "Борисов", "Волков"] {
        let person = user.enter(surname, "Иван", json!({})).await;
        ids.push(person["id"].as_str().expect("an id").to_owned());
    }
    user.delete(&format!("/employees/{}", ids[1])).await.expect(204);
    let asked = format!("{},{},{},987654321", ids[2], ids[1], ids[0]);
    assert_eq!(user.names(&[("ids", &asked)]).await, ["Волков Иван", "Андреев Иван"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_no_id_and_who_is_not_there_is_not_found(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    for id in ["1", "-1", "0", "seven", "99999999999999999999999", "%00", "1.5"] {
        user.get(&format!("/employees/{id}")).await.expect_problem(404, "not_found");
        user.get(&format!("/employees/{id}/history")).await.expect_problem(404, "not_found");
        user.get(&format!("/employees/{id}/neighbours")).await.expect_problem(404, "not_found");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn neighbours_share_the_unit_an_address_or_the_workstation(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    let at = |department: &str, unit: Option<&str>| json!({ "department": department, "unit": unit });
    let me = user
        .enter(
            "Иванов",
            "Иван",
            json!({ "department": "ИТ", "unit": "Сети", "ips": ["10.0.0.1", "10.0.0.2"], "workstation": "WS-1" }),
        )
        .await;
    user.enter("Петров", "Пётр", at("ИТ", Some("Сети"))).await;
    user.enter("Сидоров", "Павел", at("ИТ", Some("Серверы"))).await;
    user.enter("Чужой", "Игорь", at("Касса", Some("Сети"))).await;
    user.enter("Адресов", "Лев", json!({ "ips": ["10.0.0.2"] })).await;
    user.enter("Рядом", "Олег", json!({ "workstation": "WS-1", "ips": ["10.0.0.20"] })).await;
    let general = user.enter("Общий", "Егор", at("ИТ", None)).await;

    let neighbours = user.get(&format!("{}/neighbours", path(&me))).await.expect(200);
    let names = |of: &str| -> Vec<String> {
        let people = neighbours[of].as_array().expect("a list");
        people.iter().map(|person| person["surname"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("department"), ["Петров"]);
    assert_eq!(names("ip"), ["Адресов"]);
    assert_eq!(names("workstation"), ["Рядом"]);
    let neighbours = user.get(&format!("{}/neighbours", path(&general))).await.expect(200);
    assert_eq!(neighbours["department"].as_array().map(Vec::len), Some(3));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn departments_count_active_people_and_name_their_units(db: PgPool) {
    let app = TestApp::start(db).await;
    let user = app.user(Role::Operator).await;
    for (surname, department, unit) in [
        ("Иванов", Some("Ёлки"), Some("Сети")),
        ("Петров", Some("Ёлки"), Some("Сети")),
        ("Сидоров", Some("Ёлки"), None),
        ("Орлов", Some("Жильё"), None),
        ("Соколов", None, Some("Касса")),
    ] {
        user.enter(surname, "Иван", json!({ "department": department, "unit": unit })).await;
    }
    let left = user.enter("Абрамов", "Лев", json!({ "department": "Ёлки", "unit": "Архив" })).await;
    user.patch(&path(&left), &json!({ "version": 1, "state": "left" })).await.expect(200);
    assert_eq!(
        user.get("/departments").await.expect(200)["items"],
        json!([
            { "name": "Ёлки", "employees": 3, "units": [{ "name": "Сети", "employees": 2 }] },
            { "name": "Жильё", "employees": 1, "units": [] }
        ])
    );
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_person_is_given_as_a_vcard(db: PgPool) {
    let app = TestApp::with().var("PUBLIC_URL", "https://vakhta.example").start(db).await;
    let operator = app.user(Role::Operator).await;
    let person =
        operator.enter("Иванов", "Иван", json!({ "phones": [{ "number": "8 916 111-22-33" }], "note": "тайна" })).await;
    let user = app.user(Role::Employee).await;
    let request = user.request(reqwest::Method::GET, &format!("{}/vcard", path(&person)));
    let response = request.answered().await;
    assert_eq!(response.headers()["content-type"], "text/vcard; charset=utf-8");
    assert_eq!(response.headers()["access-control-allow-origin"], "https://web.telegram.org");
    let disposition = response.headers()["content-disposition"].to_str().expect("text").to_owned();
    assert!(
        disposition.ends_with("filename*=UTF-8''%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2-%D0%98%D0%B2%D0%B0%D0%BD.vcf")
    );
    let card = response.text().await.expect("text");
    assert!(card.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Иванов;Иван;;;\r\nFN:Иванов Иван\r\n"), "{card}");
    assert!(card.contains("\r\nTEL;TYPE=CELL,VOICE:+79161112233\r\n"), "{card}");
    assert!(card.contains(&format!("\r\nURL:https://vakhta.example{}\r\n", path(&person))), "{card}");
    assert!(!card.contains("тайна"));
}
