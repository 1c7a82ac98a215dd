//! Keeping the records of the directory, as the part that edits them asks it.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    employee::{Change, Employee, EmployeeDraft},
    ids::EmployeeId,
};

/// Records beyond what a card shows.
#[async_trait]
#[auto_impl(Arc)]
pub trait Records: Send + Sync {
    /// Who changed what and when, newest first.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` below `operator`.
    async fn history(&self, id: EmployeeId) -> Result<Vec<Change>>;

    /// Enters somebody new. `key` makes a repetition harmless.
    ///
    /// # Errors
    /// `Forbidden` below `operator`; `Invalid` names the field; `Conflict` (`email_taken`, or
    /// `email_taken_by_deleted` for somebody `restore` would bring back) with that record.
    async fn create(&self, draft: EmployeeDraft, key: String) -> Result<Employee>;

    /// Merges `other` into `id`: empty fields are filled, telephones and addresses joined, accounts
    /// relinked, `other` deleted. Doing it again changes nothing.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` (`other`) for the same record; `NotFound`.
    async fn merge(&self, id: EmployeeId, other: EmployeeId) -> Result<Employee>;
}
