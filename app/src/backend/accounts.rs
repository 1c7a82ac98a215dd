//! Who is asking, and administration of those who may ask.

use async_trait::async_trait;

use crate::model::{
    Result,
    ids::{AccountId, SessionId},
    page::{Page, PageRequest},
    user::{Account, AccountPatch, Language, Session, User},
};

/// Accounts and sessions. Signing in is no part of it: that belongs to the edges.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Who is asking.
    ///
    /// # Errors
    /// `Unauthenticated` without a live session.
    async fn me(&self) -> Result<User>;

    /// Chooses the language of the interface and of messages.
    ///
    /// # Errors
    /// `Unauthenticated`.
    async fn set_language(&self, language: Language) -> Result<User>;

    /// A guest asks for access; asking again changes nothing.
    ///
    /// # Errors
    /// `Conflict` (`access_granted`) for anybody who has access already.
    async fn request_access(&self) -> Result<User>;

    /// My sessions, the current one first.
    ///
    /// # Errors
    /// `Unauthenticated`.
    async fn sessions(&self) -> Result<Vec<Session>>;

    /// Ends one of my sessions.
    ///
    /// # Errors
    /// `NotFound` for a session that is not mine.
    async fn end_session(&self, id: SessionId) -> Result<()>;

    /// Ends the session that asks and burns the launch data it came from.
    ///
    /// # Errors
    /// `Unauthenticated`.
    async fn sign_out(&self) -> Result<()>;

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

    /// How many requests for access wait for an answer.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn access_requests(&self) -> Result<u32>;
}
