//! Administration of accounts: roles, employee links, requests for access, sessions of others.

use app::model::{
    Error, Result,
    ids::{AccountId, EmployeeId, SessionId},
    page::{Page, PageRequest},
    user::{Account, AccountPatch, Role},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{Accounts, place};
use crate::{
    auth::{AuthUser, policy::Action},
    error::violated,
    services::sessions::{is_fixed_admin, role_of},
    store::{
        self,
        accounts::{
            Record,
            list::{Row, Wanted},
        },
        audit::Entry,
    },
};

impl Accounts {
    pub(super) async fn list(&self, page: &PageRequest) -> Result<Page<Account>> {
        self.caller.may(Action::ManageAccounts)?;
        let after = page.cursor.as_deref().map(place::from_cursor).transpose()?;
        let limit = i64::from(page.limit.clamp(1, 100));
        let mut rows = self.rows(Wanted::After(after), limit + 1).await?;
        let more = rows.len() as i64 > limit;
        if more {
            rows.pop();
        }
        let next = rows.last().filter(|_| more).map(|row| place::to_cursor(row.place));
        Ok(Page { items: rows.into_iter().map(|row| self.shown(row)).collect(), next })
    }

    pub(super) async fn one(&self, id: AccountId) -> Result<Account> {
        let row = self.rows(Wanted::One(id), 1).await?.pop().ok_or(Error::NotFound)?;
        Ok(self.shown(row))
    }

    async fn rows(&self, wanted: Wanted, limit: i64) -> Result<Vec<Row>> {
        let mut connection = self.connection().await?;
        let admins = &self.deps.config.telegram.admins;
        store::accounts::list::list(&mut connection, admins, wanted, self.caller.now, limit)
            .await
            .map_err(|error| self.failed(error))
    }

    fn shown(&self, row: Row) -> Account {
        let config = &self.deps.config;
        Account {
            id: row.id,
            telegram_id: row.telegram_id,
            name: row.name,
            username: row.username,
            role: role_of(config, row.telegram_id, row.role),
            role_fixed: is_fixed_admin(config, row.telegram_id),
            employee_id: row.employee_id,
            employee_name: row.employee_name,
            access_requested_at: row.access_requested_at,
            last_seen_at: row.last_seen_at,
            sessions: u32::try_from(row.sessions).unwrap_or(u32::MAX),
        }
    }

    /// Gives a role, links an employee, declines a request: all of it or nothing.
    pub(super) async fn change(&self, id: AccountId, patch: &AccountPatch) -> Result<()> {
        let admin = self.caller.may(Action::ManageAccounts)?;
        let failed = |error| self.failed(error);
        let mut tx = self.db().begin().await.map_err(failed)?;
        let admins = match patch.role {
            // Before the account itself, so that two changes never wait for each other in a circle.
            Some(_) => store::accounts::lock_admins(&mut tx).await.map_err(failed)?,
            None => Vec::new(),
        };
        let record = store::accounts::lock(&mut tx, id).await.map_err(failed)?.ok_or(Error::NotFound)?;
        if let Some(role) = patch.role {
            self.give_role(&mut tx, admin, &record, role, &admins).await?;
        }
        if let Some(employee) = patch.employee_id {
            self.link(&mut tx, admin, &record, employee).await?;
        }
        if patch.decline_request && patch.role.is_none() && record.access_requested_at.is_some() {
            store::accounts::clear_request(&mut tx, id).await.map_err(failed)?;
            self.note(&mut tx, admin, id, "account.request_declined", json!({})).await?;
        }
        let hashes = store::sessions::hashes(&mut tx, id).await.map_err(failed)?;
        tx.commit().await.map_err(failed)?;
        self.forget(&hashes).await;
        Ok(())
    }

    async fn give_role(
        &self,
        tx: &mut PgConnection,
        admin: &AuthUser,
        record: &Record,
        role: Role,
        admins: &[AccountId],
    ) -> Result<()> {
        let fixed = &self.deps.config.telegram.admins;
        if fixed.contains(&record.telegram_id) {
            return Err(Error::conflict("role_fixed"));
        }
        if role != Role::Admin && fixed.is_empty() && *admins == [record.id] {
            return Err(Error::conflict("last_admin"));
        }
        if role != record.role {
            store::accounts::set_role(tx, record.id, role).await.map_err(|error| self.failed(error))?;
            let detail = json!({ "before": record.role, "after": role });
            self.note(tx, admin, record.id, "account.role", detail).await?;
        }
        store::accounts::clear_request(tx, record.id).await.map_err(|error| self.failed(error))
    }

    async fn link(
        &self,
        tx: &mut PgConnection,
        admin: &AuthUser,
        record: &Record,
        employee: Option<EmployeeId>,
    ) -> Result<()> {
        if employee == record.employee_id {
            return Ok(());
        }
        match store::accounts::link_employee(tx, record.id, employee).await {
            Ok(true) => {}
            Ok(false) => return Err(Error::invalid("employee_id", "unknown_employee")),
            Err(error) if violated(&error) == Some("account_employee_id_key") => {
                return Err(Error::conflict("employee_linked"));
            }
            Err(error) => return Err(self.failed(error)),
        }
        let detail = json!({ "before": record.employee_id, "after": employee });
        self.note(tx, admin, record.id, "account.employee", detail).await
    }

    pub(super) async fn end_sessions_of(&self, id: AccountId, session: Option<SessionId>) -> Result<()> {
        let admin = self.caller.may(Action::ManageAccounts)?;
        let failed = |error| self.failed(error);
        let mut tx = self.db().begin().await.map_err(failed)?;
        store::accounts::lock(&mut tx, id).await.map_err(failed)?.ok_or(Error::NotFound)?;
        let ended = store::sessions::end(&mut tx, id, session, self.caller.now).await.map_err(failed)?;
        if ended.is_empty() {
            // All of none is done; a single one that is not there was not.
            return if session.is_some() { Err(Error::NotFound) } else { Ok(()) };
        }
        self.note(&mut tx, admin, id, "account.sessions_ended", json!({ "count": ended.len() })).await?;
        tx.commit().await.map_err(failed)?;
        self.forget(&ended).await;
        Ok(())
    }

    async fn note(
        &self,
        tx: &mut PgConnection,
        admin: &AuthUser,
        account: AccountId,
        action: &str,
        detail: Value,
    ) -> Result<()> {
        let entry = Entry {
            at: self.caller.now,
            by: Some(admin.account),
            action,
            object: format!("account:{account}"),
            detail,
        };
        store::audit::insert(tx, &entry).await.map_err(|error| self.failed(error))
    }
}
