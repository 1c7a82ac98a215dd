//! The directory: finding people and keeping their records.

use async_trait::async_trait;

use crate::model::{
    Result,
    employee::{Change, Department, Employee, EmployeeDraft, EmployeePatch, EmployeeQuery, Neighbours},
    ids::{EmployeeId, ImportId},
    import::{Download, ImportFile, ImportMode, ImportReport, ImportStatus},
    page::{Page, PageRequest},
};

/// Employees, departments, import.
#[async_trait]
pub trait Employees: Send + Sync {
    /// People who fit, best first; without text everybody by name.
    ///
    /// # Errors
    /// `Forbidden` for guests; `Invalid` (`cursor`) for a cursor of another query.
    async fn search(&self, query: EmployeeQuery, page: PageRequest) -> Result<Page<Employee>>;

    /// Several people at once, in the order asked; who is gone is left out. For favourites.
    ///
    /// # Errors
    /// `Invalid` (`ids`) for more than 100.
    async fn by_ids(&self, ids: Vec<EmployeeId>) -> Result<Vec<Employee>>;

    /// One person.
    ///
    /// # Errors
    /// `NotFound`, also when deleted.
    async fn employee(&self, id: EmployeeId) -> Result<Employee>;

    /// Who sits next to this person.
    ///
    /// # Errors
    /// `NotFound`.
    async fn neighbours(&self, id: EmployeeId) -> Result<Neighbours>;

    /// Who changed what and when, newest first.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` below `operator`.
    async fn history(&self, id: EmployeeId) -> Result<Vec<Change>>;

    /// Departments with their units by name.
    ///
    /// # Errors
    /// `Forbidden` for guests.
    async fn departments(&self) -> Result<Vec<Department>>;

    /// Enters somebody new. `key` makes a repetition harmless.
    ///
    /// # Errors
    /// `Forbidden` below `operator`; `Invalid` names the field; `Conflict` (`email_taken`, or
    /// `email_taken_by_deleted` for somebody `restore` would bring back) with that record.
    async fn create(&self, draft: EmployeeDraft, key: String) -> Result<Employee>;

    /// Changes fields of a record.
    ///
    /// # Errors
    /// `Conflict` (`employee_conflict`) with the record as it is now when the version is no longer the one
    /// seen, `email_taken` and `email_taken_by_deleted` as in [`Employees::create`]; `Forbidden`; `NotFound`;
    /// `Invalid` names the field.
    async fn change(&self, id: EmployeeId, patch: EmployeePatch) -> Result<Employee>;

    /// Takes a record out of the directory; `restore` brings it back. Doing it again changes nothing.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`.
    async fn delete(&self, id: EmployeeId) -> Result<()>;

    /// Brings back a deleted record as it was, or one that was marked as left as active.
    ///
    /// # Errors
    /// `Forbidden` below `admin` for a deleted record, below `operator` for one that has left; `NotFound`,
    /// also for a record that was merged into another.
    async fn restore(&self, id: EmployeeId) -> Result<Employee>;

    /// Merges `other` into `id`: empty fields are filled, telephones and addresses joined, accounts
    /// relinked, `other` deleted. Doing it again changes nothing.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` (`other`) for the same record; `NotFound`.
    async fn merge(&self, id: EmployeeId, other: EmployeeId) -> Result<Employee>;

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

    /// A one-time address of the person's vCard.
    ///
    /// # Errors
    /// `NotFound`.
    async fn vcard_download(&self, id: EmployeeId) -> Result<Download>;
}
