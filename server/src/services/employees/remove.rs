//! Taking a record out of the directory and bringing it back.

use app::model::{
    Error, Result,
    employee::{ChangeKind, Employee, EmployeeState},
    ids::EmployeeId,
};

use super::{Employees, difference, shown};
use crate::{auth::policy::Action, store};

impl Employees {
    pub(super) async fn delete_one(&self, id: EmployeeId) -> Result<()> {
        let by = self.caller.may(Action::ManageDirectory)?.account;
        let mut tx = self.begin().await?;
        let mut row = self.lock_one(&mut tx, id).await?;
        if row.deleted_at.is_some() {
            return Ok(());
        }
        row.deleted_at = Some(self.caller.now);
        self.store(&mut tx, &row).await?;
        self.note(&mut tx, &row, by, ChangeKind::Deleted, None, &[]).await?;
        self.commit(tx, &[id]).await
    }

    pub(super) async fn restore_one(&self, id: EmployeeId) -> Result<Employee> {
        let by = self.caller.may(Action::EditEmployees)?.account;
        let mut tx = self.begin().await?;
        let before = self.lock_one(&mut tx, id).await?;
        if before.merged_into.is_some() {
            return Err(Error::NotFound);
        }
        let mut row = before.clone();
        if before.deleted_at.is_some() {
            self.caller.may(Action::ManageDirectory)?;
            row.deleted_at = None;
        } else if EmployeeState::from_name(&before.state) == EmployeeState::Left {
            row.state = EmployeeState::Active.as_str().into();
        } else {
            return Ok(shown::employee(before));
        }
        self.store(&mut tx, &row).await?;
        let fields = difference::between(Some(&before), &row);
        self.note(&mut tx, &row, by, ChangeKind::Restored, None, &fields).await?;
        self.commit_and_show(tx, &[id]).await
    }

    /// The record behind this id, deleted or not, locked until the end of the transaction.
    pub(super) async fn lock_one(&self, tx: &mut sqlx::PgConnection, id: EmployeeId) -> Result<store::employees::Row> {
        let rows = store::employees::lock(tx, &[id.get()]).await.map_err(|error| self.failed(error))?;
        rows.into_iter().next().ok_or(Error::NotFound)
    }
}
