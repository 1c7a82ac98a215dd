//! The directory: finding people, and what a card can do.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    employee::{Department, Employee, EmployeePatch, EmployeeQuery, Neighbours},
    ids::EmployeeId,
    import::Download,
    page::{Page, PageRequest},
};

/// Employees and departments.
#[async_trait]
#[auto_impl(Arc)]
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

    /// Departments with their units by name.
    ///
    /// # Errors
    /// `Forbidden` for guests.
    async fn departments(&self) -> Result<Vec<Department>>;

    /// Changes fields of a record.
    ///
    /// # Errors
    /// `Conflict` (`employee_conflict`) with the record as it is now when the version is no longer the one
    /// seen, `email_taken` and `email_taken_by_deleted` as in [`super::Records::create`]; `Forbidden`; `NotFound`;
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

    /// A one-time address of the person's vCard.
    ///
    /// # Errors
    /// `NotFound`.
    async fn vcard_download(&self, id: EmployeeId) -> Result<Download>;
}
