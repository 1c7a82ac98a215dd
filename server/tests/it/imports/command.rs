//! `vakhta import employees` as its users start it.

use std::{
    fs,
    path::Path,
    process::{Child, Output, Stdio},
};

use sqlx::{ConnectOptions, PgPool};

use super::{WORKBOOK, book, count};
use crate::helpers::program::Folder;

fn import(folder: &Folder, db: &PgPool, file: &Path, rest: &[&str]) -> Child {
    let file = file.to_str().expect("a path");
    let mut command = folder.program(&[&["import", "employees", file], rest].concat());
    command.env("DATABASE_URL", db.connect_options().to_url_lossy().as_str());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a process")
}

fn outcome(child: Child) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = child.wait_with_output().expect("an end");
    (status.code(), [String::from_utf8_lossy(&stderr), String::from_utf8_lossy(&stdout)].concat())
}

#[sqlx::test(migrations = "../migrations")]
async fn the_command_says_what_it_did_or_would_do(db: PgPool) {
    let folder = Folder::open();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(WORKBOOK);
    let numbers = "5448 rows, 5000 created, 0 updated, 0 restored, 0 unchanged, 200 merged, 71 rejected, 0 absent.\n";
    let (code, text) = outcome(import(&folder, &db, &file, &["--dry-run"]));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.ends_with(&format!("{numbers}Nothing was stored.\n")), "{text}");
    assert!(text.contains("Rejected: sheet Справочник, row 221: name_too_long\n"), "{text}");
    assert!(text.contains("Warning: homoglyph_fixed in 214 rows\n"), "{text}");
    assert_eq!(count(&db, "select count(*) from employees.employee").await, 0);
    let (code, text) = outcome(import(&folder, &db, &file, &[]));
    assert_eq!((code, text.ends_with(numbers)), (Some(0), true), "{text}");
    assert_eq!(count(&db, "select count(*) from employees.employee").await, 5_000);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_that_cannot_be_read_ends_in_one_sentence(db: PgPool) {
    let folder = Folder::open();
    let file = folder.path().join("people.xlsx");
    let (code, text) = outcome(import(&folder, &db, &file, &[]));
    assert_eq!((code, text), (Some(1), format!("There is no file {}\n", file.display())));
    fs::write(&file, "name;phone").expect("written");
    let (code, text) = outcome(import(&folder, &db, &file, &[]));
    assert_eq!((code, text.as_str()), (Some(1), "This is no .xlsx workbook. Nothing was saved.\n"));
}

/// The most memory the process was seen with, in kB, until it ended.
fn watch(child: &mut Child) -> u64 {
    let mut most = 0;
    while child.try_wait().expect("a state").is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let size = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(size.unwrap_or(0));
        std::thread::yield_now();
    }
    most
}

#[sqlx::test(migrations = "../migrations")]
async fn memory_stays_bounded_whatever_the_file_holds(db: PgPool) {
    let folder = Folder::open();
    let file = folder.path().join("fat.xlsx");
    let text = "я".repeat(30_000);
    let cell = format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let name = "<c t=\"inlineStr\"><is><t>Иванов Иван</t></is></c>";
    let rows: Vec<String> = (0..3_000)
        .map(|number| format!("<row>{name}<c t=\"inlineStr\"><is><t>a{number}@b.example</t></is></c>{cell}</row>"))
        .collect();
    let head = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>ФИО</t></is></c><c t=\"inlineStr\"><is><t>E-mail</t></is></c>\
                <c t=\"inlineStr\"><is><t>Отдел</t></is></c></row>";
    let pieces = [head].into_iter().chain(rows.iter().map(String::as_str)).chain(["</sheetData></worksheet>"]);
    fs::write(&file, book::of_sheet(pieces)).expect("written");
    let mut child = import(&folder, &db, &file, &[]);
    let most = watch(&mut child);
    let (code, text) = outcome(child);
    assert!(code == Some(0) && text.contains("Warning: truncated in 3000 rows"), "{text}");
    assert!(most > 0 && most < 150_000, "{most} kB");
}
