//! NDJSON.

use sqlx::PgPool;

use super::{codes, numbers, try_import, value};

#[sqlx::test(migrations = "../migrations")]
async fn records_pass_the_same_rules_as_rows(db: PgPool) {
    let long = "x".repeat(2 << 20);
    let lines = [
        r#"{"key":"a@b.example","surname":"ИВАНОВ","name":"Иван","email":"A@b.example","phones":[{"number":"+74957802000","ext":"1234"}],"ips":["10.0.0.1"],"hired":"2015-02-01"}"#,
        "",
        r#"{"surname":"Иванов","name":"Иван","email":"a@b.example","room":"каб. 5","workstation":"не назначена"}"#,
        r#"{"surname":"Петров","name":"Пётр","email":"a@b.example"}"#,
        "no JSON",
        &long,
        r#"{"surname":"Петров","name":"Пётр"}"#,
    ];
    let report = try_import(&db, "people.ndjson", lines.join("\n").as_bytes()).await.expect("an import");
    assert_eq!((numbers(&report), report.rows), ([1, 0, 1, 0, 0, 0, 4], 6));
    let rejected: Vec<_> = report.rejected.iter().map(|line| (line.row, line.reason.as_str())).collect();
    assert_eq!(rejected, [(4, "email_conflict"), (5, "unreadable"), (6, "unreadable"), (7, "missing_email")]);
    assert_eq!(codes(&report), ["workstation_invalid"]);
    assert_eq!(
        value(&db, "a@b.example", "concat_ws(' ', surname, room, hired)").await.as_deref(),
        Some("Иванов 5 2015-02-01")
    );
    let again = try_import(&db, "people.ndjson", lines.join("\r\n").as_bytes()).await.expect("an import");
    assert_eq!(numbers(&again), [0, 0, 1, 1, 0, 0, 4]);
}
