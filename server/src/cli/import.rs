//! `vakhta import`: the report as text. Rejected rows are named one by one, of people warnings are counted by
//! their code.

mod servers;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use app::{
    i18n::texts,
    model::{
        Error,
        error::Reference,
        import::{ImportMode, ImportReport},
        user::Language,
    },
};
use clap::Subcommand;

use crate::{
    clock,
    config::Config,
    database::{Database, Purpose},
    services::imports::import_file,
};

/// Rejected rows that are named.
const NAMED: usize = 1_000;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// People, from a workbook or from NDJSON.
    Employees {
        /// FILE.xlsx or FILE.ndjson.
        file: PathBuf,
        /// Only says what would change.
        #[arg(long)]
        dry_run: bool,
    },
    /// Servers, from a table or from the list of a ping tool.
    Servers {
        /// FILE.csv, FILE.xlsx or FILE.txt.
        file: PathBuf,
        /// Only says what would change.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Imports and prints the report.
pub(super) async fn run(what: Import, config: Config) -> anyhow::Result<()> {
    let mode = |dry_run| if dry_run { ImportMode::Preview } else { ImportMode::Store };
    match what {
        Import::Employees { file, dry_run } => employees(&file, mode(dry_run), &config).await,
        Import::Servers { file, dry_run } => servers::import(&file, mode(dry_run), config).await,
    }
}

async fn employees(file: &Path, mode: ImportMode, config: &Config) -> anyhow::Result<()> {
    let database = Database::open(&config.database, Purpose::Command).await?;
    let outcome = import_file(&database.pool, file, mode, clock::now(), &Reference("import".into())).await;
    database.close().await;
    print!("{}", describe(&outcome.map_err(|error| failure(file, &error))?));
    Ok(())
}

fn failure(file: &Path, error: &Error) -> anyhow::Error {
    match error {
        Error::NotFound => anyhow::anyhow!("There is no file {}", file.display()),
        error => anyhow::anyhow!("{}", texts(Language::En).error(error)),
    }
}

fn describe(report: &ImportReport) -> String {
    let mut text = String::new();
    for line in report.rejected.iter().take(NAMED) {
        let place = if line.sheet.is_empty() { String::new() } else { format!("sheet {}, ", line.sheet) };
        let _ = writeln!(text, "Rejected: {place}row {}: {}", line.row, line.reason.as_str());
    }
    let mut warnings: BTreeMap<&str, u32> = BTreeMap::new();
    for warning in &report.warnings {
        *warnings.entry(&warning.code).or_default() += 1;
    }
    for (code, rows) in warnings {
        let _ = writeln!(text, "Warning: {code} in {rows} rows");
    }
    let numbers = [
        (report.rows, "rows"),
        (report.created, "created"),
        (report.updated, "updated"),
        (report.restored, "restored"),
        (report.unchanged, "unchanged"),
        (report.merged, "merged"),
        (report.rejected_total, "rejected"),
        (report.absent, "absent"),
    ];
    let numbers: Vec<String> = numbers.iter().map(|(number, name)| format!("{number} {name}")).collect();
    let _ = writeln!(text, "{}.", numbers.join(", "));
    if report.dry_run {
        let _ = writeln!(text, "Nothing was stored.");
    }
    text
}

#[cfg(test)]
mod tests {
    use app::model::import::{RejectReason, Rejected, Warning};

    use super::*;

    #[test]
    fn the_report_is_a_few_lines() {
        let warning = |row| Warning { sheet: "A".into(), row, code: "phone_invalid".into() };
        let report = ImportReport {
            dry_run: true,
            rows: 5,
            created: 3,
            rejected: vec![Rejected { sheet: "A".into(), row: 7, reason: RejectReason::Vacancy }],
            rejected_total: 1,
            warnings: vec![warning(2), warning(3)],
            ..ImportReport::default()
        };
        insta::assert_snapshot!(describe(&report), @r"
        Rejected: sheet A, row 7: vacancy
        Warning: phone_invalid in 2 rows
        5 rows, 3 created, 0 updated, 0 restored, 0 unchanged, 0 merged, 1 rejected, 0 absent.
        Nothing was stored.
        ");
    }
}
