//! Importing into a directory that has people already.

use app::model::{
    employee::{ChangeKind, Field},
    import::ImportMode,
};
use sqlx::{PgPool, postgres::PgListener};
use vakhta::store::notify::{CHANNEL, Event};

use super::{WORKBOOK, arrange, codes, count, export, import_fixture, import_rows, numbers, try_import, value};

const HEADER: &[&str] = &["ФИО", "E-mail", "Каб.", "Телефон", "IP"];
const IVAN: &[&str] = &["Иванов Иван", "ivan@b.example", "305", "1234; 780-20-00", "10.0.0.1"];
const PETR: &[&str] = &["Петров Пётр", "petr@b.example", "306", "", ""];

#[sqlx::test(migrations = "../migrations")]
async fn the_same_workbook_again_and_its_export_change_nothing(db: PgPool) {
    import_fixture(&db, WORKBOOK, ImportMode::Store).await;
    let versions = "select (sum(version) + count(*))::bigint from employees.employee";
    let before = count(&db, versions).await;
    let again = import_fixture(&db, WORKBOOK, ImportMode::Store).await;
    assert_eq!(numbers(&again), [0, 0, 200, 5_000, 0, 0, 71]);
    assert_eq!(again.warnings_total, 485);

    let bytes = export(&db).await;
    let back = try_import(&db, "export.xlsx", &bytes).await.expect("an import");
    assert_eq!((numbers(&back), back.rows), ([0, 0, 0, 5_000, 0, 0, 0], 5_000));
    assert_eq!(codes(&back), [""; 0]);
    assert_eq!(count(&db, versions).await, before);
    assert_eq!(count(&db, "select count(*) from employees.change where kind <> 'created'").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_third_import_respects_what_was_edited_by_hand(db: PgPool) {
    import_rows(&db, &[HEADER, IVAN, PETR]).await;
    arrange(
        &db,
        r#"update employees.employee set room = '999', edited_fields = '{room,position}', version = 2,
           phones = phones || '[{"number": null, "ext": "777", "by_hand": true}]',
           ips = '[{"ip": "10.9.9.9", "by_hand": true}]' where email = 'ivan@b.example'"#,
    )
    .await;
    let changed: &[&str] = &["Иванов Иван", "ivan@b.example", "310", "5678", "10.0.0.2"];
    for expected in [[0, 1, 0, 1, 0, 0, 0], [0, 0, 0, 2, 0, 0, 0]] {
        let report = import_rows(&db, &[HEADER, changed, PETR]).await;
        assert_eq!((numbers(&report), codes(&report)), (expected, vec!["conflict:room"]));
        assert_eq!((report.warnings[0].row, report.warnings[0].sheet.as_str()), (2, "Лист"));
    }
    assert_eq!(value(&db, "ivan@b.example", "room").await.as_deref(), Some("999"));
    assert_eq!(value(&db, "ivan@b.example", "version").await.as_deref(), Some("3"));
    let phones = value(&db, "ivan@b.example", "jsonb_path_query_array(phones, '$[*].ext')").await;
    assert_eq!(phones.as_deref(), Some(r#"["5678", "777"]"#));
    let ips = value(&db, "ivan@b.example", "jsonb_path_query_array(ips, '$[*].ip')").await;
    assert_eq!(ips.as_deref(), Some(r#"["10.0.0.2", "10.9.9.9"]"#));

    // The file agrees now: from here on it may change the room again.
    let agreed: &[&str] = &["Иванов Иван", "ivan@b.example", "999", "5678", "10.0.0.2"];
    let report = import_rows(&db, &[HEADER, agreed, PETR]).await;
    assert_eq!((numbers(&report), codes(&report)), ([0, 0, 0, 2, 0, 0, 0], vec![]));
    assert_eq!(value(&db, "ivan@b.example", "edited_fields").await.as_deref(), Some("{position}"));
    assert_eq!(value(&db, "ivan@b.example", "version").await.as_deref(), Some("3"));
    let report = import_rows(&db, &[HEADER, changed, PETR]).await;
    assert_eq!(numbers(&report), [0, 1, 0, 1, 0, 0, 0]);
    assert_eq!(value(&db, "ivan@b.example", "room").await.as_deref(), Some("310"));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_changes_is_shown_and_kept_in_the_history(db: PgPool) {
    import_rows(&db, &[HEADER, IVAN]).await;
    let report = import_rows(&db, &[HEADER, &["Иванов Иван", "ivan@b.example", "310", "", ""]]).await;
    let change = &report.changes[0];
    assert_eq!((change.kind, change.full_name.as_str(), change.fields.len()), (ChangeKind::Updated, "Иванов Иван", 1));
    let field = &change.fields[0];
    let texts = (field.field, field.before.as_deref(), field.after.as_deref());
    assert_eq!(texts, (Field::Room, Some("305"), Some("310")));
    let kept = "select count(*) from employees.change c join core.import i on i.id = c.import_id
                where c.kind = 'updated' and i.file = 'book.xlsx'
                  and c.fields = '[{\"field\": \"room\", \"before\": \"305\", \"after\": \"310\"}]'";
    assert_eq!(count(&db, kept).await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn people_are_absent_restored_or_left_alone(db: PgPool) {
    import_rows(&db, &[HEADER, IVAN, PETR]).await;
    let report = import_rows(&db, &[HEADER, PETR]).await;
    assert_eq!(numbers(&report), [0, 0, 0, 1, 0, 1, 0]);
    assert_eq!(value(&db, "ivan@b.example", "state").await.as_deref(), Some("active"));

    arrange(&db, "update employees.employee set state = 'left' where email = 'ivan@b.example'").await;
    arrange(&db, "update employees.employee set deleted_at = now() where email = 'petr@b.example'").await;
    let report = import_rows(&db, &[HEADER, &["Сидоров Сидор", "sidor@b.example"]]).await;
    assert_eq!(numbers(&report), [1, 0, 0, 0, 0, 0, 0]);
    // Who has left is not in the export, so that it brings nobody back.
    let bytes = export(&db).await;
    let report = try_import(&db, "export.xlsx", &bytes).await.expect("an import");
    assert_eq!(numbers(&report), [0, 0, 0, 1, 0, 0, 0]);
    let report = import_rows(&db, &[HEADER, IVAN, PETR]).await;
    assert_eq!(numbers(&report), [0, 0, 0, 0, 2, 1, 0]);
    assert_eq!(report.changes.iter().map(|change| change.kind).collect::<Vec<_>>(), [ChangeKind::Restored; 2]);
    assert_eq!(
        count(&db, "select count(*) from employees.employee where state = 'active' and deleted_at is null").await,
        3
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn changed_records_are_announced_when_they_are_there(db: PgPool) {
    let mut listener = PgListener::connect_with(&db).await.expect("a listener");
    listener.listen(CHANNEL).await.expect("listening");
    import_rows(&db, &[HEADER, IVAN, PETR]).await;
    import_rows(&db, &[HEADER, IVAN, PETR]).await;
    import_rows(&db, &[HEADER, IVAN, &["Петров Пётр", "petr@b.example", "307"]]).await;
    let ids = "select id from employees.employee order by email";
    let ids: Vec<i64> = sqlx::query_scalar(ids).fetch_all(&db).await.expect("ids");
    for id in [ids[0], ids[1], ids[1]] {
        let event = Event::EmployeeChanged { id: Some(id.into()) };
        let heard = listener.recv().await.expect("a word");
        assert_eq!(heard.payload(), serde_json::to_string(&event).expect("JSON"));
    }
}
