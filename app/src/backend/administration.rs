//! Administration of those who may ask.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    ids::{AccountId, SessionId},
    page::{Page, PageRequest},
    user::{Account, AccountPatch, Session},
};

/// Other people's accounts and sessions.
#[async_trait]
#[auto_impl(Arc)]
pub trait Administration: Send + Sync {
    /// All accounts: open requests for access first, then by last use.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn accounts(&self, page: PageRequest) -> Result<Page<Account>>;

    /// One account.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`.
    async fn account(&self, id: AccountId) -> Result<Account>;

    /// Gives a role, links an employee, declines a request.
    ///
    /// # Errors
    /// `Forbidden`; `Conflict` `role_fixed` for accounts whose role the configuration gives and
    /// `employee_linked` when the employee belongs to another account; `Invalid` for an unknown employee.
    async fn change_account(&self, id: AccountId, patch: AccountPatch) -> Result<Account>;

    /// Sessions of an account.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`.
    async fn account_sessions(&self, id: AccountId) -> Result<Vec<Session>>;

    /// Ends one session of an account, or all of them.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`.
    async fn end_account_sessions(&self, id: AccountId, session: Option<SessionId>) -> Result<()>;
}
