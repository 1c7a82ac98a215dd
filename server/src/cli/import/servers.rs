//! `vakhta import servers`.

use std::{fmt::Write as _, path::Path};

use app::model::{
    error::Reference,
    import::{ImportFile, ImportMode},
    server_import::ServerImportReport,
    user::Language,
};

use super::failure;
use crate::{
    clock,
    config::Config,
    database::{Database, Purpose},
    services::{Caller, servers::Servers},
    startup,
};

/// Imports and prints the report.
pub(super) async fn import(path: &Path, mode: ImportMode, config: Config) -> anyhow::Result<()> {
    let bytes = std::fs::read(path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let database = Database::open(&config.database, Purpose::Command).await?;
    let address = config.web.listen_addr;
    let imported = async {
        let deps = startup::deps(config, &database, address)?;
        let reference = Reference("import".into());
        let caller = Caller { user: None, language: Language::En, now: clock::now(), reference };
        let report = Servers::new(deps, caller).import_for(None, ImportFile { name, bytes }, mode).await;
        report.map_err(|error| failure(path, &error))
    };
    let report = imported.await;
    database.close().await;
    print!("{}", describe(&report?));
    Ok(())
}

fn describe(report: &ServerImportReport) -> String {
    let mut text = String::new();
    for (what, notes) in [("Rejected", &report.rejected), ("Warning", &report.warnings)] {
        for note in notes {
            let _ = writeln!(text, "{what}: row {} ({}): {}", note.row, note.server, note.code);
        }
    }
    let ServerImportReport { rows, created, updated, unchanged, rejected, .. } = report;
    let rejected = rejected.len();
    let _ = writeln!(
        text,
        "{rows} rows, {created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected."
    );
    if report.dry_run {
        let _ = writeln!(text, "Nothing was stored.");
    }
    text
}
