//! The directory as its callers use it: find, read, edit, remove, merge.
//!
//! Made for one [`Caller`]. Reading workbooks is in [`super::imports`], what a value may look like in
//! [`crate::directory::fields`], how people are found in [`crate::directory::index`].

mod cursor;
mod difference;
mod draft;
mod edit;
pub mod files;
mod find;
mod merge;
mod remove;
pub(super) mod shown;

use std::sync::Arc;

use app::{
    backend,
    model::{
        Error, Result,
        employee::{
            Change, ChangeKind, Department, Employee, EmployeeDraft, EmployeePatch, EmployeeQuery, FieldChange,
            Neighbours,
        },
        ids::{AccountId, EmployeeId, ImportId},
        import::{Download, ImportFile, ImportMode, ImportReport, ImportStatus},
        page::{Page, PageRequest},
    },
};
use async_trait::async_trait;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::{Caller, Deps, imports};
use crate::{
    error::internal,
    services::directory_index::DirectoryIndex,
    store::{
        self,
        employees::{Row, changes::NewChange},
    },
};

/// What PostgreSQL says when somebody held a lock for too long.
const LOCK_NOT_AVAILABLE: &str = "55P03";

/// The directory for one caller.
#[derive(Clone)]
pub struct Employees {
    deps: Deps,
    caller: Caller,
}

impl Employees {
    /// The directory for this caller.
    #[must_use]
    pub fn new(deps: Deps, caller: Caller) -> Self {
        Self { deps, caller }
    }

    fn db(&self) -> &PgPool {
        &self.deps.db
    }

    fn index(&self) -> &Arc<DirectoryIndex> {
        &self.deps.directory
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        if error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some(LOCK_NOT_AVAILABLE) {
            return Error::Unavailable { retry_after_s: 5 };
        }
        internal(&self.caller.reference, error)
    }

    async fn connection(&self) -> Result<sqlx::pool::PoolConnection<Postgres>> {
        self.db().acquire().await.map_err(|error| self.failed(error))
    }

    /// A transaction for a change. It does not wait long for others: an import keeps everybody else from
    /// changing records, and whoever waited would keep a connection from those who only read.
    async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        let begun = async {
            let mut tx = self.db().begin().await?;
            store::employees::write::wait_briefly(&mut tx).await?;
            Ok(tx)
        };
        begun.await.map_err(|error| self.failed(error))
    }

    /// Overwrites a locked record.
    async fn store(&self, tx: &mut PgConnection, row: &Row) -> Result<()> {
        store::employees::write::update(tx, row, self.caller.now).await.map_err(|error| self.failed(error))
    }

    /// Adds to the history of a record.
    async fn note(
        &self,
        tx: &mut PgConnection,
        row: &Row,
        by: AccountId,
        kind: ChangeKind,
        other: Option<EmployeeId>,
        fields: &[FieldChange],
    ) -> Result<()> {
        let change = NewChange { employee: row.id, at: self.caller.now, by: Some(by), kind, other, fields };
        store::employees::changes::insert(tx, &change).await.map_err(|error| self.failed(error))
    }

    /// Announces these records and commits. The index of this node hears of it at once, not only by the
    /// announcement, so that whoever made the change finds it.
    async fn commit(&self, mut tx: Transaction<'static, Postgres>, ids: &[EmployeeId]) -> Result<()> {
        store::employees::changes::announce(&mut tx, ids).await.map_err(|error| self.failed(error))?;
        tx.commit().await.map_err(|error| self.failed(error))?;
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        if let Err(error) = self.index().refresh(self.db(), &ids).await {
            // The announcement brings it in a moment.
            tracing::debug!(request.id = %self.caller.reference, %error, "A change is not in the index yet");
        }
        Ok(())
    }

    /// [`Self::commit`], and the first of the records as it is now.
    async fn commit_and_show(&self, mut tx: Transaction<'static, Postgres>, ids: &[EmployeeId]) -> Result<Employee> {
        let Some(first) = ids.first() else { return Err(Error::NotFound) };
        let row = store::employees::by_id(&mut tx, *first).await.map_err(|error| self.failed(error))?;
        let row = row.ok_or(Error::NotFound)?;
        self.commit(tx, ids).await?;
        Ok(shown::employee(row))
    }
}

#[async_trait]
impl backend::Employees for Employees {
    async fn search(&self, query: EmployeeQuery, page: PageRequest) -> Result<Page<Employee>> {
        self.find(query, page).await
    }

    async fn by_ids(&self, ids: Vec<EmployeeId>) -> Result<Vec<Employee>> {
        self.in_order(&ids).await
    }

    async fn employee(&self, id: EmployeeId) -> Result<Employee> {
        self.one(id).await
    }

    async fn neighbours(&self, id: EmployeeId) -> Result<Neighbours> {
        self.next_to(id).await
    }

    async fn departments(&self) -> Result<Vec<Department>> {
        self.departments_by_name().await
    }

    async fn change(&self, id: EmployeeId, patch: EmployeePatch) -> Result<Employee> {
        self.change_one(id, patch).await
    }

    async fn delete(&self, id: EmployeeId) -> Result<()> {
        self.delete_one(id).await
    }

    async fn restore(&self, id: EmployeeId) -> Result<Employee> {
        self.restore_one(id).await
    }

    async fn vcard_download(&self, id: EmployeeId) -> Result<Download> {
        self.vcard_address(id).await
    }
}

#[async_trait]
impl backend::Records for Employees {
    async fn history(&self, id: EmployeeId) -> Result<Vec<Change>> {
        self.changes_of(id).await
    }

    async fn create(&self, draft: EmployeeDraft, key: String) -> Result<Employee> {
        // Over HTTP a repetition is answered before it gets here, for all resources alike.
        let _ = key;
        self.create_one(draft).await
    }

    async fn merge(&self, id: EmployeeId, other: EmployeeId) -> Result<Employee> {
        self.merge_two(id, other).await
    }
}

#[async_trait]
impl backend::Imports for Employees {
    async fn import(&self, file: ImportFile, mode: ImportMode) -> Result<ImportReport> {
        imports::import_bytes(&self.deps, &self.caller, file, mode).await
    }

    async fn import_status(&self) -> Result<ImportStatus> {
        imports::status(&self.deps, &self.caller).await
    }

    async fn import_report(&self, id: ImportId) -> Result<ImportReport> {
        imports::report(&self.deps, &self.caller, id).await
    }

    async fn export_download(&self) -> Result<Download> {
        self.export_address().await
    }

    async fn report_download(&self, id: ImportId) -> Result<Download> {
        self.report_address(id).await
    }
}
