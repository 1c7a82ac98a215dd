//! Entering somebody new and changing a record.

use app::model::{
    Error, Result,
    employee::{ChangeKind, Employee, EmployeeDraft, EmployeePatch},
    ids::EmployeeId,
};

use super::{Employees, difference, draft, shown};
use crate::{auth::policy::Action, error::violated, store};

/// The constraint that keeps e-mail addresses apart.
const EMAIL_KEY: &str = "employee_email_key";

impl Employees {
    pub(super) async fn create_one(&self, typed: EmployeeDraft) -> Result<Employee> {
        let by = self.caller.may(Action::EditEmployees)?.account;
        let mut row = draft::new_row(&typed, draft::blank(self.caller.now))?;
        let mut tx = self.begin().await?;
        row.id = match store::employees::write::insert(&mut tx, &row, self.caller.now).await {
            Ok(id) => id,
            Err(error) => return Err(self.refused(tx, error, &row.email).await),
        };
        let fields = difference::between(None, &row);
        self.note(&mut tx, &row, by, ChangeKind::Created, None, &fields).await?;
        self.commit_and_show(tx, &[row.id]).await
    }

    pub(super) async fn change_one(&self, id: EmployeeId, patch: EmployeePatch) -> Result<Employee> {
        let by = self.caller.may(Action::EditEmployees)?.account;
        let mut tx = self.begin().await?;
        let before = self.lock_one(&mut tx, id).await?;
        if before.deleted_at.is_some() {
            return Err(Error::NotFound);
        }
        if before.version != patch.version {
            return Err(Error::conflict_with("employee_conflict", &shown::employee(before)));
        }
        let after = draft::changed_row(&before, &patch)?;
        if after == before {
            return Ok(shown::employee(before));
        }
        if let Err(error) = store::employees::write::update(&mut tx, &after, self.caller.now).await {
            return Err(self.refused(tx, error, &after.email).await);
        }
        let fields = difference::between(Some(&before), &after);
        self.note(&mut tx, &after, by, ChangeKind::Updated, None, &fields).await?;
        self.commit_and_show(tx, &[id]).await
    }

    /// What a failed write means: mostly that the e-mail belongs to somebody, who is told.
    async fn refused(
        &self,
        tx: sqlx::Transaction<'static, sqlx::Postgres>,
        error: sqlx::Error,
        email: &Option<String>,
    ) -> Error {
        if violated(&error) != Some(EMAIL_KEY) {
            return self.failed(error);
        }
        // A failed transaction cannot be asked anything.
        if let Err(error) = tx.rollback().await {
            return self.failed(error);
        }
        match self.owner_of(email.as_deref().unwrap_or_default()).await {
            Ok(Some(row)) if row.deleted_at.is_some() => {
                Error::conflict_with("email_taken_by_deleted", &shown::employee(row))
            }
            Ok(Some(row)) => Error::conflict_with("email_taken", &shown::employee(row)),
            // Given up meanwhile: trying again will help.
            Ok(None) => Error::conflict("email_taken"),
            Err(error) => error,
        }
    }

    async fn owner_of(&self, email: &str) -> Result<Option<store::employees::Row>> {
        let mut db = self.connection().await?;
        store::employees::by_email(&mut db, email).await.map_err(|error| self.failed(error))
    }
}
