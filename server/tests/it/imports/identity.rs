//! Who a row is: by ID, by e-mail, by the e-mail of a record that was merged away.

use sqlx::PgPool;

use super::{arrange, codes, count, export, import_rows, numbers, try_import, value};

const HEADER: &[&str] = &["ID", "Фамилия", "Имя", "E-mail", "Каб.", "Заметка"];

async fn id(db: &PgPool, surname: &str) -> String {
    let query = "select id::text from employees.employee where surname = $1";
    sqlx::query_scalar(query).bind(surname).fetch_one(db).await.expect("a record")
}

/// Somebody entered by hand without e-mail, and somebody imported.
async fn two(db: &PgPool) -> [String; 2] {
    arrange(
        db,
        r#"insert into employees.employee (surname, name, room, note, phones, edited_fields)
           values ('Иванов', 'Иван', '=1+1', '''заметка', '[{"number": "+74957802000", "ext": "12345", "by_hand": true}]',
                   '{room}')"#,
    )
    .await;
    import_rows(db, &[HEADER, &["", "Петров", "Пётр", "petr@b.example", "5"]]).await;
    [id(db, "Иванов").await, id(db, "Петров").await]
}

#[sqlx::test(migrations = "../migrations")]
async fn people_entered_by_hand_come_back_unchanged_from_an_export(db: PgPool) {
    two(&db).await;
    let bytes = export(&db).await;
    let report = try_import(&db, "export.xlsx", &bytes).await.expect("an import");
    assert_eq!((numbers(&report), codes(&report)), ([0, 0, 0, 2, 0, 0, 0], vec![]));
    let by_hand = r#"select count(*) from employees.employee where phones @> '[{"by_hand": true, "ext": "12345"}]'"#;
    assert_eq!(count(&db, by_hand).await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_known_id_needs_no_email_and_brings_the_note(db: PgPool) {
    let [ivan, petr] = two(&db).await;
    let rows: [&[&str]; 3] =
        [HEADER, &[&ivan, "Иванова", "Иван", "", "", "новая"], &[&petr, "Петров", "Пётр", "new@b.example", "6", ""]];
    let report = import_rows(&db, &rows).await;
    assert_eq!(numbers(&report), [0, 2, 0, 0, 0, 0, 0]);
    assert_eq!(id(&db, "Иванова").await, ivan);
    assert_eq!(value(&db, "new@b.example", "room").await.as_deref(), Some("6"));
    assert_eq!(count(&db, "select count(*) from employees.employee where note = 'новая'").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_unknown_id_makes_an_ordinary_row(db: PgPool) {
    two(&db).await;
    let rows: [&[&str]; 4] = [
        HEADER,
        &["999999", "Сидоров", "Сидор", "", ""],
        &["999999", "Сидоров", "Сидор", "sidor@b.example", "", "нигде"],
        &["999999", "Петров", "Пётр", "petr@b.example", "7"],
    ];
    let report = import_rows(&db, &rows).await;
    assert_eq!(numbers(&report), [1, 1, 0, 0, 0, 1, 1]);
    assert_eq!(report.rejected[0].reason.as_str(), "missing_email");
    assert_eq!(value(&db, "sidor@b.example", "note").await, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_email_of_somebody_else_is_not_taken_by_id(db: PgPool) {
    let [ivan, _] = two(&db).await;
    let row: &[&str] = &[&ivan, "Иванов", "Иван", "petr@b.example", ""];
    let report = import_rows(&db, &[HEADER, row]).await;
    assert_eq!((numbers(&report), codes(&report)), ([0, 0, 0, 1, 0, 1, 0], vec!["conflict:email"]));
}

#[sqlx::test(migrations = "../migrations")]
async fn id_and_email_of_one_person_in_two_rows_are_one_person(db: PgPool) {
    let [ivan, petr] = two(&db).await;
    let rows: [&[&str]; 5] = [
        HEADER,
        &["", "Иванов", "Иван", "ivan@b.example", ""],
        &[&ivan, "Иванов", "Иван", "ivan@b.example", ""],
        &[&petr, "Петров", "Пётр", "", ""],
        &["", "Петров", "Пётр", "petr@b.example", "9"],
    ];
    let report = import_rows(&db, &rows).await;
    assert_eq!(numbers(&report), [0, 2, 2, 0, 0, 0, 0]);
    assert_eq!(value(&db, "ivan@b.example", "surname").await.as_deref(), Some("Иванов"));
    assert_eq!(value(&db, "petr@b.example", "room").await.as_deref(), Some("9"));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_email_of_a_merged_record_leads_to_the_survivor(db: PgPool) {
    let header: &[&str] = &["ФИО", "E-mail", "Каб."];
    let file: [&[&str]; 3] =
        [header, &["Иванова Анна", "old@b.example", "5"], &["Петрова Анна", "anna@b.example", "5"]];
    import_rows(&db, &file).await;
    arrange(
        &db,
        "update employees.employee set deleted_at = now(),
             merged_into = (select id from employees.employee where email = 'anna@b.example')
         where email = 'old@b.example'",
    )
    .await;
    let report = import_rows(&db, &[header, &["Петрова Анна", "old@b.example", "6"]]).await;
    assert_eq!((numbers(&report), codes(&report)), ([0, 1, 0, 0, 0, 0, 0], vec![]));
    assert_eq!(value(&db, "anna@b.example", "room").await.as_deref(), Some("6"));
    assert_eq!(count(&db, "select count(*) from employees.employee").await, 2);
    let report =
        import_rows(&db, &[header, &["Петрова Анна", "anna@b.example", "6"], &["Петрова Анна", "old@b.example", "6"]])
            .await;
    assert_eq!((numbers(&report), codes(&report)), ([0, 0, 1, 1, 0, 0, 0], vec![]));
}

#[sqlx::test(migrations = "../migrations")]
async fn rows_of_one_email_far_apart_are_one_person(db: PgPool) {
    let header: &[&str] = &["ФИО", "E-mail", "Каб."];
    let others: Vec<[String; 2]> =
        (0..2_500).map(|n| ["Сидоров Сидор".to_owned(), format!("s{n}@b.example")]).collect();
    let others: Vec<[&str; 2]> = others.iter().map(|[name, email]| [name.as_str(), email.as_str()]).collect();
    let mut rows: Vec<&[&str]> = vec![header, &["Иванов Иван", "ivan@b.example"]];
    rows.extend(others.iter().map(<[&str; 2]>::as_slice));
    rows.push(&["Иванов Иван", "ivan@b.example", "305"]);
    rows.push(&["Петров Пётр", "ivan@b.example", "306"]);
    let report = import_rows(&db, &rows).await;
    assert_eq!(numbers(&report), [2_501, 0, 1, 0, 0, 0, 1]);
    assert_eq!((report.rejected[0].row, report.rejected[0].reason.as_str()), (2_504, "email_conflict"));
    assert_eq!(value(&db, "ivan@b.example", "room").await.as_deref(), Some("305"));
}
