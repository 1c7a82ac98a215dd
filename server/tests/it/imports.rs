//! Import and export of employees: the messy workbook of the fixtures against its manifest, what a second
//! and a third import do, and files that mean no good.

mod again;
mod book;
mod command;
mod hostile;
mod identity;
mod killed;
mod live;
mod manifest;
mod records;

use std::{io::Read, path::Path};

use app::model::{
    Result,
    error::Reference,
    import::{ImportMode, ImportReport},
};
use sqlx::PgPool;
use time::{OffsetDateTime, macros::datetime};
use vakhta::services::imports;

const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

/// The workbook of the fixtures.
const WORKBOOK: &str = "employees.xlsx";

fn reference() -> Reference {
    Reference("test".into())
}

/// Imports a fixture.
async fn import_fixture(db: &PgPool, name: &str, mode: ImportMode) -> ImportReport {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    imports::import_file(db, &path, mode, NOW, &reference()).await.expect("an import")
}

/// Imports bytes under a file name.
async fn try_import(db: &PgPool, name: &str, bytes: &[u8]) -> Result<ImportReport> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    imports::import_file(db, &path, ImportMode::Store, NOW, &reference()).await
}

/// Imports a sheet of these rows, the first of them the header.
async fn import_rows(db: &PgPool, rows: &[&[&str]]) -> ImportReport {
    try_import(db, "book.xlsx", &book::of_rows(rows)).await.expect("an import")
}

/// The directory as a workbook.
async fn export(db: &PgPool) -> Vec<u8> {
    let mut bytes = Vec::new();
    imports::export::export(db, &reference()).await.expect("a file").read_to_end(&mut bytes).expect("read");
    bytes
}

/// What an import did: created, updated, merged, unchanged, restored, absent, rejected.
fn numbers(report: &ImportReport) -> [u32; 7] {
    [
        report.created,
        report.updated,
        report.merged,
        report.unchanged,
        report.restored,
        report.absent,
        report.rejected_total,
    ]
}

/// The codes of the warnings.
fn codes(report: &ImportReport) -> Vec<&str> {
    report.warnings.iter().map(|warning| warning.code.as_str()).collect()
}

/// One column of a record as text.
async fn value(db: &PgPool, email: &str, column: &str) -> Option<String> {
    let query = format!("select {column}::text from employees.employee where email = $1");
    sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(email).fetch_one(db).await.expect("a record")
}

/// Arranges something.
async fn arrange(db: &PgPool, statement: &'static str) {
    sqlx::query(statement).execute(db).await.expect("a change");
}

/// How many rows a query counts.
async fn count(db: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(db).await.expect("a number")
}
