//! The messy workbook against its manifest, row by row and field by field.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use app::model::import::{ImportMode, ImportReport};
use serde_json::{Value, json};
use sqlx::PgPool;
use vakhta::directory::{
    rules::{RowKind, SheetRules},
    workbook::{Refused, Wanted, Workbook},
};

use super::{WORKBOOK, count, import_fixture};

fn fixture(name: &str) -> BufReader<File> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    BufReader::new(File::open(path).expect("a fixture"))
}

fn manifest() -> Value {
    let mut zip = zip::ZipArchive::new(fixture("employees.manifest.zip")).expect("an archive");
    let mut text = String::new();
    zip.by_index(0).expect("a file").read_to_string(&mut text).expect("text");
    serde_json::from_str(&text).expect("JSON")
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What the manifest says about each row, in the words of a report.
fn expected(manifest: &Value) -> (Vec<Value>, Vec<Value>) {
    let (mut rejected, mut warnings) = (Vec::new(), Vec::new());
    for sheet in items(&manifest["sheets"]) {
        for row in items(&sheet["rows"]) {
            let place = |rest: (&str, &str)| json!({"sheet": sheet["name"], "row": row["row"], rest.0: rest.1});
            if let Some(reason) = row["kind"].as_str().and_then(|kind| kind.strip_prefix("broken:")) {
                rejected.push(place(("reason", reason)));
            }
            warnings.extend(items(&row["warnings"]).iter().map(|code| place(("code", code.as_str().expect("a code")))));
        }
    }
    (rejected, warnings)
}

fn sorted(values: &[impl serde::Serialize]) -> Vec<String> {
    let mut texts: Vec<_> = values.iter().map(|value| serde_json::to_value(value).expect("JSON").to_string()).collect();
    texts.sort();
    texts
}

fn check_report(report: &ImportReport, manifest: &Value) {
    let totals = &manifest["totals"];
    let expected_numbers = json!([totals["rows"], totals["persons"], totals["rows_by_kind"]["duplicate_of"]]);
    assert_eq!(json!([report.rows, report.created, report.merged]), expected_numbers);
    assert_eq!([report.updated, report.unchanged, report.restored, report.absent], [0; 4]);
    let sheets =
        items(&manifest["sheets"]).iter().map(|sheet| json!({"name": sheet["name"], "skipped": sheet["skipped"]}));
    assert_eq!(sorted(&report.sheets), sorted(&sheets.collect::<Vec<_>>()));
    let (rejected, warnings) = expected(manifest);
    assert_eq!(sorted(&report.rejected), sorted(&rejected));
    assert_eq!(sorted(&report.warnings), sorted(&warnings));
    assert_eq!((report.rejected_total as usize, report.warnings_total as usize), (rejected.len(), warnings.len()));
    assert!(report.rejected.is_sorted_by_key(|line| (sheet_index(report, &line.sheet), line.row)));
    assert_eq!((report.changes.len(), report.changes_total), (500, report.created));
}

fn sheet_index(report: &ImportReport, name: &str) -> Option<usize> {
    report.sheets.iter().position(|sheet| sheet.name == name)
}

#[test]
fn every_row_is_of_the_kind_the_manifest_names() {
    let manifest = manifest();
    let mut workbook = Workbook::open(fixture(WORKBOOK)).expect("a workbook");
    for (at, sheet) in items(&manifest["sheets"]).iter().enumerate() {
        let (mut rules, mut kinds) = (SheetRules::default(), HashMap::new());
        let read = workbook.rows(at, |row| {
            kinds.extend(rules.row(row).map(|kind| (row.number, kind)));
            Ok::<_, Refused>(Wanted::More)
        });
        assert_eq!(read, Ok(()));
        for row in items(&sheet["rows"]) {
            let number = u32::try_from(row["row"].as_u64().expect("a number")).expect("a row");
            let expected = row["kind"].as_str().expect("a kind");
            let kind = match kinds.get(&number) {
                None | Some(RowKind::Blank) => "blank".to_owned(),
                Some(RowKind::Header) => "header".to_owned(),
                Some(RowKind::Note) => "note".to_owned(),
                Some(RowKind::Separator(department)) => {
                    assert_eq!(department.as_deref(), row["department"].as_str());
                    "separator".to_owned()
                }
                Some(RowKind::Rejected(reason)) => format!("broken:{}", reason.as_str()),
                // Which of the people's rows is a repetition is not known to a row.
                Some(RowKind::Person(_)) => {
                    assert!(["person", "duplicate_of", "broken:email_conflict"].contains(&expected), "{row}");
                    continue;
                }
            };
            assert_eq!(kind, expected, "{} {row}", sheet["name"]);
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_report_and_the_people_are_those_of_the_manifest(db: PgPool) {
    let manifest = manifest();
    let preview = import_fixture(&db, WORKBOOK, ImportMode::Preview).await;
    check_report(&preview, &manifest);
    assert_eq!(count(&db, "select count(*) from employees.employee").await, 0);
    assert_eq!(count(&db, "select count(*) from core.import").await, 0);

    let report = import_fixture(&db, WORKBOOK, ImportMode::Store).await;
    check_report(&report, &manifest);
    assert_eq!(ImportReport { dry_run: true, id: None, ..report }, preview);

    let people: Vec<(Value,)> = sqlx::query_as(
        "select to_jsonb(e) || jsonb_build_object('key', e.email,
                    'phones', (select coalesce(jsonb_agg(p - 'by_hand'), '[]') from jsonb_array_elements(e.phones) p),
                    'ips', (select coalesce(jsonb_agg(i -> 'ip'), '[]') from jsonb_array_elements(e.ips) i))
         from employees.employee e order by e.id",
    )
    .fetch_all(&db)
    .await
    .expect("people");
    assert_eq!(people.len(), items(&manifest["persons"]).len());
    for ((person,), expected) in people.iter().zip(items(&manifest["persons"])) {
        for (field, value) in expected.as_object().expect("an object") {
            assert_eq!(&person[field], value, "{field} of {expected}");
        }
    }
    let history = "select count(*) from employees.change where kind = 'created' and import_id is not null";
    assert_eq!(count(&db, history).await, 5_000);
    assert_eq!(count(&db, "select count(*) from employees.staged_person").await, 0);
}
