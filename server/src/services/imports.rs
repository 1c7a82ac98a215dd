//! Import of employees: a file is read piece by piece, its people are gathered in the database, compared
//! with who is there and stored, all in one transaction. A preview does the same with one moment of the
//! directory and stores nothing, so that nobody waits for it.
//!
//! What a row means and what wins is decided in [`crate::directory`]. The way out is in [`export`].

mod convert;
pub mod export;
mod progress;
mod report;
mod source;
mod staging;
mod storing;
mod table;

use std::{fs::File, path::Path};

use app::model::{
    Error, Result,
    error::Reference,
    ids::{AccountId, ImportId},
    import::{ImportFile, ImportMode, ImportPhase, ImportReport, ImportStatus},
};
pub use progress::Slot;
use report::Tally;
use source::{Message, Source};
use sqlx::{Connection, PgConnection, PgPool};
use time::OffsetDateTime;
use tokio::sync::mpsc;

use crate::{
    auth::policy::Action,
    directory::workbook::Refused,
    error::internal,
    services::{Caller, Deps},
    store,
};

/// The largest workbook that is read, and the largest file that comes over HTTP, in bytes.
pub const FILE_LIMIT: usize = 32 << 20;

/// Imports a file that is in memory.
///
/// # Errors
/// As [`app::backend::Imports::import`].
pub async fn import_bytes(deps: &Deps, caller: &Caller, file: ImportFile, mode: ImportMode) -> Result<ImportReport> {
    let user = caller.may(Action::ManageDirectory)?;
    let order =
        Order { file: file_name(&file.name), mode, by: Some(user.account), now: caller.now, keep_preview: true };
    run(&deps.db, &deps.imports, Source::of_bytes(file), order, &caller.reference).await
}

/// Imports a file that was taken in from outside and stands at its beginning.
///
/// # Errors
/// As [`app::backend::Imports::import`].
pub async fn import_upload(
    deps: &Deps,
    caller: &Caller,
    name: String,
    file: File,
    mode: ImportMode,
) -> Result<ImportReport> {
    let user = caller.may(Action::ManageDirectory)?;
    let order = Order { file: file_name(&name), mode, by: Some(user.account), now: caller.now, keep_preview: true };
    let source = Source::of_file(name, file).map_err(|error| internal(&caller.reference, error))?;
    run(&deps.db, &deps.imports, source, order, &caller.reference).await
}

/// Imports a file of this machine: for the command line, whose user may do anything. An NDJSON file may
/// have any size. Of a preview nothing is kept, not even the report.
///
/// # Errors
/// As [`app::backend::Imports::import`]; `NotFound` when the file cannot be opened.
pub async fn import_file(
    db: &PgPool,
    path: &Path,
    mode: ImportMode,
    now: OffsetDateTime,
    reference: &Reference,
) -> Result<ImportReport> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let order = Order { file: file_name(&name), mode, by: None, now, keep_preview: false };
    let source = Source::of_path(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => internal(reference, error),
    })?;
    run(db, &Slot::default(), source, order, reference).await
}

/// How far the import is that runs on this node, and the last report of any.
///
/// # Errors
/// `Forbidden` below `admin`; `Unavailable`.
pub async fn status(deps: &Deps, caller: &Caller) -> Result<ImportStatus> {
    caller.may(Action::ManageDirectory)?;
    // In this order: when it has just ended, its report is the last one.
    let running = deps.imports.get();
    let last = async { store::imports::last(&mut *deps.db.acquire().await?).await };
    let last = last.await.map_err(|error: sqlx::Error| internal(&caller.reference, error))?;
    Ok(ImportStatus { running, last })
}

/// The report of an earlier import or preview.
///
/// # Errors
/// `Forbidden` below `admin`; `NotFound`.
pub async fn report(deps: &Deps, caller: &Caller, id: ImportId) -> Result<ImportReport> {
    caller.may(Action::ManageDirectory)?;
    stored_report(&deps.db, id, &caller.reference).await
}

async fn stored_report(db: &PgPool, id: ImportId, reference: &Reference) -> Result<ImportReport> {
    let found = async { store::imports::report(&mut *db.acquire().await?, id).await };
    found.await.map_err(|error: sqlx::Error| internal(reference, error))?.ok_or(Error::NotFound)
}

/// The report of an import as a workbook, for a right that was checked before.
///
/// # Errors
/// `NotFound`; `Unavailable`.
pub async fn report_table(
    db: &PgPool,
    id: ImportId,
    language: app::model::user::Language,
    reference: &Reference,
) -> Result<Vec<u8>> {
    let report = stored_report(db, id, reference).await?;
    table::write(&report, language).map_err(|error| internal(reference, error))
}

/// What is wanted of an import.
struct Order {
    file: String,
    mode: ImportMode,
    by: Option<AccountId>,
    now: OffsetDateTime,
    keep_preview: bool,
}

/// The name of a file without what a name should not have.
fn file_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(255).collect()
}

/// Why an import ends early. Nothing is stored then.
#[derive(Debug)]
enum Failure {
    Refused(Refused),
    FileTooLarge,
    Running,
    Other(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

impl Failure {
    fn into_error(self, reference: &Reference) -> Error {
        let unsupported = |code: &str| Error::Unsupported { code: code.into() };
        let too_large = |code: &str| Error::TooLarge { code: code.into() };
        match self {
            Self::Refused(Refused::Xls) => unsupported("xls_not_supported"),
            Self::Refused(Refused::Encrypted) => unsupported("workbook_encrypted"),
            Self::Refused(Refused::NotAWorkbook) => unsupported("not_a_workbook"),
            Self::Refused(Refused::TooLarge) => too_large("workbook_too_large"),
            Self::FileTooLarge => too_large("file_too_large"),
            Self::Running => Error::conflict("import_running"),
            Self::Other(error) => internal(reference, error),
        }
    }
}

async fn run(db: &PgPool, slot: &Slot, source: Source, order: Order, reference: &Reference) -> Result<ImportReport> {
    let mut connection = db.acquire().await.map_err(|error| internal(reference, error))?;
    let outcome = attempt(&mut connection, slot, source, &order).await;
    if outcome.is_err() {
        // A transaction that is dropped ends when its connection is used again: before the failure is told, for the
        // next import must find the lock free.
        let _ = connection.ping().await;
    }
    outcome.map_err(|failure| failure.into_error(reference))
}

async fn attempt(
    connection: &mut PgConnection,
    slot: &Slot,
    source: Source,
    order: &Order,
) -> Result<ImportReport, Failure> {
    let dry_run = order.mode == ImportMode::Preview;
    let new = store::imports::NewImport { file: &order.file, by: order.by, dry_run, at: order.now };
    let mut tx = connection.begin().await?;
    if dry_run {
        store::imports::one_moment(&mut tx).await?;
    }
    if !store::imports::begin(&mut tx).await? {
        return Err(Failure::Running);
    }
    let progress = slot.begin(order.now);
    let origin = if dry_run {
        None
    } else {
        store::imports::keep_writers_out(&mut tx).await?;
        let import = store::imports::insert(&mut tx, &new, &ImportReport::default()).await?;
        Some(store::imports::Origin { import, by: order.by, at: order.now })
    };
    let mut tally = Tally::default();
    store::staged::clear(&mut tx).await?;
    gather(&mut tx, source, &mut tally, &progress).await?;
    storing::store(&mut tx, origin, &mut tally, &progress).await?;
    store::staged::clear(&mut tx).await?;
    let mut report = tally.into_report(order.file.clone(), dry_run);
    match origin {
        None => {
            tx.rollback().await?;
            if order.keep_preview {
                report.id = Some(store::imports::insert(connection, &new, &report).await?);
            }
        }
        Some(origin) => {
            store::imports::set_report(&mut tx, origin.import, &report).await?;
            tx.commit().await?;
            report.id = Some(origin.import);
        }
    }
    tracing::info!(
        import.rows = report.rows,
        import.created = report.created,
        import.updated = report.updated,
        import.dry_run = dry_run,
        "An import of employees is done"
    );
    Ok(report)
}

/// Reads the file in a thread of its own and gathers its people.
async fn gather(
    tx: &mut PgConnection,
    source: Source,
    tally: &mut Tally,
    progress: &progress::Running<'_>,
) -> Result<(), Failure> {
    // A short queue: the reader waits for the database, not the memory for both.
    let (sender, mut messages) = mpsc::channel(1);
    let reading = tokio::task::spawn_blocking(move || source.read(&sender));
    let mut staging = staging::Staging::default();
    let mut read = 0;
    while let Some(message) = messages.recv().await {
        match message {
            Message::Rows(rows) => {
                read += u32::try_from(rows.len()).unwrap_or(u32::MAX);
                staging.add(tx, rows, tally).await?;
                progress.set(ImportPhase::Reading, read, None);
            }
            Message::Sheet(sheet, rows) => tally.sheet(sheet, rows),
        }
    }
    reading.await??;
    Ok(())
}
