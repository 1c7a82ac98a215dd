//! Tables of servers over the API.

use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{people::User, watch::Watch};

const TABLE: &str = "Имя;IP-адрес;Группа;Через;Ответственный;Метки;Проверка;Порт\n\
    db-02;10.0.0.2;Базы;sw-1;ivanov@sever.example;критично, sql;tcp;5432\n\
    db-02;;;;;;http;http://10.0.0.2/health\n\
    sw-1;10.0.0.1;Сеть;;nobody@sever.example;;;\n\
    bad host;not a host;;;;;;\n\
    odd;10.0.0.9;;nowhere;;;telnet;\n";

async fn import(user: &User, name: &str, content: &str, dry_run: bool) -> Value {
    let part = Part::bytes(content.as_bytes().to_vec()).file_name(name.to_owned());
    let path = format!("/servers/import?dry_run={dry_run}");
    user.send(user.request(Method::POST, &path).multipart(Form::new().part("file", part))).await.expect(200)
}

fn codes(notes: &Value) -> Vec<(u64, &str)> {
    let notes = notes.as_array().expect("notes").iter();
    notes.map(|note| (note["row"].as_u64().expect("a row"), note["code"].as_str().expect("a code"))).collect()
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_table_is_previewed_stored_and_changes_nothing_the_second_time(db: PgPool) {
    let watch = Watch::start(db).await;
    let admin = &watch.admin;
    admin.enter("Иванов", "Иван", json!({ "email": "ivanov@sever.example" })).await;
    let preview = import(admin, "servers.csv", TABLE, true).await;
    assert_eq!(
        (&preview["rows"], &preview["created"], &preview["created_names"]),
        (&json!(5), &json!(2), &json!(["db-02", "sw-1"]))
    );
    assert_eq!(codes(&preview["rejected"]), [(5, "host"), (6, "kind_unknown")]);
    assert_eq!(codes(&preview["warnings"]), [(4, "responsible_unknown")]);
    assert_eq!(admin.get("/servers").await.expect(200)["items"], json!([]));

    let stored = import(admin, "servers.csv", TABLE, false).await;
    assert_eq!((&stored["created"], &stored["dry_run"]), (&json!(2), &json!(false)));
    let list = admin.get("/servers?q=db-02").await.expect(200);
    let path = format!("/servers/{}", list["items"][0]["id"].as_str().expect("an id"));
    let server = admin.get(&path).await.expect(200);
    assert_eq!(
        (&server["parent_name"], &server["group"], &server["tags"]),
        (&json!("sw-1"), &json!("Базы"), &json!(["критично", "sql"]))
    );
    assert!(server["responsible_id"].is_string());
    assert_eq!(server["monitors"].as_array().map(Vec::len), Some(2));

    let again = import(admin, "servers.csv", TABLE, false).await;
    assert_eq!((&again["created"], &again["updated"], &again["unchanged"]), (&json!(0), &json!(0), &json!(2)));
    let moved = import(admin, "list.txt", "10.0.0.22 db-02\n10.0.0.3\n", false).await;
    assert_eq!((&moved["created_names"], &moved["updated_names"]), (&json!(["10.0.0.3"]), &json!(["db-02"])));
    let server = admin.get(&path).await.expect(200);
    assert_eq!((&server["address"], &server["group"]), (&json!("10.0.0.22"), &json!("Базы")), "no column, no change");
}
