//! Files that mean no good, and imports that end before their time: a clear answer, and nothing stored.

use app::model::{Error, import::ImportMode};
use sqlx::PgPool;

use super::{WORKBOOK, book, count, import_fixture, import_rows, numbers, try_import};

const HEADER: &[&str] = &["ФИО", "E-mail", "Каб."];
const HEAD: &str = "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>ФИО</t></is></c>\
    <c t=\"inlineStr\"><is><t>E-mail</t></is></c><c t=\"inlineStr\"><is><t>Каб.</t></is></c></row>";
const TAIL: &str = "</sheetData></worksheet>";

fn row(number: u32) -> String {
    format!(
        "<row r=\"{number}\"><c t=\"inlineStr\"><is><t>Иванов Иван</t></is></c>\
         <c t=\"inlineStr\"><is><t>a{number}@b.example</t></is></c></row>"
    )
}

async fn nothing_is_stored(db: &PgPool) {
    let stored = "select (select count(*) from employees.employee) + (select count(*) from employees.change)
                       + (select count(*) from employees.staged_person) + (select count(*) from core.import)";
    assert_eq!(count(db, stored).await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_read_has_a_clear_answer(db: PgPool) {
    let mut xls = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    xls.resize(10_000, 0);
    let mut encrypted = xls.clone();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let mut fifty = b"PK\x03\x04".to_vec();
    fifty.resize(50_000_000, 7);
    let whole = book::of_rows(&[HEADER, &["Иванов Иван", "a@b.example"]]);
    let empty = "<row>                    </row>".repeat(40_000);
    let bomb = book::of_sheet([HEAD].into_iter().chain(std::iter::repeat_n(empty.as_str(), 450)));
    assert!(bomb.len() < 32 << 20);
    let unsupported = |code: &str| Error::Unsupported { code: code.into() };
    let too_large = |code: &str| Error::TooLarge { code: code.into() };
    let table = [
        ("text.xlsx", b"name;phone\n".repeat(1_000), unsupported("not_a_workbook")),
        ("empty.xlsx", Vec::new(), unsupported("not_a_workbook")),
        ("half.xlsx", whole[..whole.len() / 2].to_vec(), unsupported("not_a_workbook")),
        ("old.xls", xls, unsupported("xls_not_supported")),
        ("secret.xlsx", encrypted, unsupported("workbook_encrypted")),
        ("fifty.xlsx", fifty, too_large("file_too_large")),
        ("bomb.xlsx", bomb, too_large("workbook_too_large")),
    ];
    for (name, bytes, error) in table {
        assert_eq!(try_import(&db, name, &bytes).await, Err(error), "{name}");
        nothing_is_stored(&db).await;
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_million_empty_rows_are_read_in_passing(db: PgPool) {
    let empty: Vec<String> = (2..1_048_576).map(|number| format!("<row r=\"{number}\"></row>")).collect();
    let last = row(1_048_576);
    let pieces = [HEAD].into_iter().chain(empty.iter().map(String::as_str)).chain([last.as_str(), TAIL]);
    let report = try_import(&db, "empty.xlsx", &book::of_sheet(pieces)).await.expect("an import");
    assert_eq!((numbers(&report), report.rows), ([1, 0, 0, 0, 0, 0, 0], 1_048_575));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_row_of_all_columns_and_many_merged_cells_are_read(db: PgPool) {
    let wide = format!("<row r=\"2\">{}</row>", "<c><v>1</v></c>".repeat(16_384));
    let merged: String = (0..100_000).map(|at| format!("<mergeCell ref=\"A{}:C{0}\"/>", 10 + at)).collect();
    let sheet = format!("{HEAD}{wide}{}</sheetData><mergeCells>{merged}</mergeCells></worksheet>", row(3));
    let report = try_import(&db, "wide.xlsx", &book::of_sheet([sheet.as_str()])).await.expect("an import");
    assert_eq!((numbers(&report), report.rows), ([1, 0, 0, 0, 0, 0, 1], 2));
}

#[sqlx::test(migrations = "../migrations")]
async fn damage_in_the_last_row_undoes_everything(db: PgPool) {
    let rows: Vec<String> = (2..4_000).map(row).collect();
    let pieces = [HEAD].into_iter().chain(rows.iter().map(String::as_str)).chain(["<row r=\"1\"/>", TAIL]);
    let error = Error::Unsupported { code: "not_a_workbook".into() };
    assert_eq!(try_import(&db, "damaged.xlsx", &book::of_sheet(pieces)).await, Err(error));
    nothing_is_stored(&db).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn control_characters_reach_no_column(db: PgPool) {
    let report = import_rows(&db, &[HEADER, &["Иванов_x0000_ Иван", "a@b.example", "_x0000_5_x0001_"]]).await;
    assert_eq!(numbers(&report), [1, 0, 0, 0, 0, 0, 0]);
}

/// Waits until somebody holds an advisory lock, which is the first thing an import does.
async fn an_import_runs(db: &PgPool) {
    while count(
        db,
        "select count(*) from pg_locks where locktype = 'advisory' and database =
                     (select oid from pg_database where datname = current_database())",
    )
    .await
        == 0
    {
        tokio::task::yield_now().await;
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_second_import_at_the_same_time_is_refused(db: PgPool) {
    // Somebody writes an employee, so that the first import has to wait.
    let mut editing = db.begin().await.expect("a transaction");
    sqlx::query("lock table employees.employee in row exclusive mode").execute(&mut *editing).await.expect("a lock");
    let first = import_fixture(&db, WORKBOOK, ImportMode::Store);
    let second = async {
        an_import_runs(&db).await;
        let second = try_import(&db, "second.xlsx", &book::of_rows(&[HEADER])).await;
        editing.rollback().await.expect("the end");
        second
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(second.map_err(|error| error.code().to_owned()), Err("import_running".to_owned()));
    assert_eq!(first.created, 5_000);
    assert_eq!(numbers(&import_rows(&db, &[HEADER]).await), [0, 0, 0, 0, 0, 5_000, 0]);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_import_that_is_cut_off_leaves_nothing_behind(db: PgPool) {
    let mut editing = db.begin().await.expect("a transaction");
    sqlx::query("lock table employees.staged_person in access share mode")
        .execute(&mut *editing)
        .await
        .expect("a lock");
    tokio::select! {
        _ = import_fixture(&db, WORKBOOK, ImportMode::Store) => panic!("the lock holds it"),
        () = an_import_runs(&db) => {}
    }
    editing.rollback().await.expect("the end");
    // The connection of the import goes back to the pool only after its transaction is undone.
    let again = loop {
        match try_import(&db, "next.xlsx", &book::of_rows(&[HEADER, &["Иванов Иван", "a@b.example"]])).await {
            Err(error) if error.code() == "import_running" => tokio::task::yield_now().await,
            other => break other.expect("an import"),
        }
    };
    assert_eq!(numbers(&again), [1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(count(&db, "select count(*) from core.import").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_lost_connection_undoes_the_import(db: PgPool) {
    let mut editing = db.begin().await.expect("a transaction");
    sqlx::query("lock table employees.staged_person in access share mode")
        .execute(&mut *editing)
        .await
        .expect("a lock");
    let import = try_import(&db, "lost.ndjson", br#"{"surname":"A","name":"B","email":"a@b.example"}"#);
    let cut = async {
        an_import_runs(&db).await;
        count(
            &db,
            "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and database =
                    (select oid from pg_database where datname = current_database())",
        )
        .await;
    };
    let (import, ()) = tokio::join!(import, cut);
    assert!(matches!(import, Err(Error::Unavailable { .. } | Error::Internal(_))), "{import:?}");
    editing.rollback().await.expect("the end");
    nothing_is_stored(&db).await;
}
