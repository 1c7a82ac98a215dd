//! The directory as a file: reading workbooks, writing them.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    ids::ImportId,
    import::{Download, ImportFile, ImportMode, ImportReport, ImportStatus},
};

/// Import and export.
#[async_trait]
#[auto_impl(Arc)]
pub trait Imports: Send + Sync {
    /// Reads a workbook (or NDJSON) and stores the people in it, or only says what it would do.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Conflict` (`import_running`); `TooLarge` (`file_too_large`,
    /// `workbook_too_large`); `Unsupported` (`xls_not_supported`, `not_a_workbook`).
    async fn import(&self, file: ImportFile, mode: ImportMode) -> Result<ImportReport>;

    /// How far the running import is, and which report is the last one.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn import_status(&self) -> Result<ImportStatus>;

    /// The report of an earlier import.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`.
    async fn import_report(&self, id: ImportId) -> Result<ImportReport>;

    /// A one-time address of the export workbook.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn export_download(&self) -> Result<Download>;

    /// A one-time address of an import report as a table.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`.
    async fn report_download(&self, id: ImportId) -> Result<Download>;
}
