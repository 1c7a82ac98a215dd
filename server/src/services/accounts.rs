//! What people do with their own account and sessions; what administrators do with those of others is in
//! [`admin`], giving a role from the command line in [`grant`]. Signing in is in [`super::sessions`].

mod admin;
pub mod grant;
mod place;

use app::{
    backend,
    model::{
        Error, Result,
        ids::{AccountId, SessionId},
        page::{Page, PageRequest},
        user::{Account, AccountPatch, Language, Role, Session, User},
    },
};
use async_trait::async_trait;
use sqlx::{PgPool, pool::PoolConnection, postgres::Postgres};

use super::{Caller, Deps, sessions};
use crate::{
    auth::{AuthUser, init_data, policy::Action, session::TokenHash},
    error::internal,
    store,
};

/// Accounts and sessions, asked by a caller.
#[derive(Clone)]
pub struct Accounts {
    deps: Deps,
    caller: Caller,
}

impl Accounts {
    /// For this caller.
    #[must_use]
    pub const fn new(deps: Deps, caller: Caller) -> Self {
        Self { deps, caller }
    }

    fn db(&self) -> &PgPool {
        &self.deps.db
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        internal(&self.caller.reference, error)
    }

    async fn connection(&self) -> Result<PoolConnection<Postgres>> {
        self.db().acquire().await.map_err(|error| self.failed(error))
    }

    async fn forget(&self, hashes: &[TokenHash]) {
        sessions::forget(&self.deps.cache, hashes).await;
    }

    /// The account of the one asking, as it is now.
    async fn own(&self, user: &AuthUser) -> Result<User> {
        let mut connection = self.connection().await?;
        let record = store::accounts::by_id(&mut connection, user.account).await.map_err(|error| self.failed(error))?;
        let record = record.ok_or_else(|| Error::unauthenticated("not_signed_in"))?;
        let language = record.language.unwrap_or(user.language);
        Ok(User { language, ..sessions::user_of(&self.deps.config, record) })
    }

    async fn sessions_of(&self, account: AccountId) -> sqlx::Result<Vec<Session>> {
        let mut connection = self.db().acquire().await?;
        let rows = store::sessions::of_account(&mut connection, account, self.caller.now).await?;
        let current = self.caller.user.as_ref().map(|user| user.session);
        Ok(rows
            .into_iter()
            .map(|row| Session {
                id: row.id,
                device: row.device,
                created_at: row.created_at,
                last_used_at: row.last_used_at,
                expires_at: row.expires_at,
                current: Some(row.id) == current,
            })
            .collect())
    }
}

#[async_trait]
impl backend::Accounts for Accounts {
    async fn me(&self) -> Result<User> {
        self.own(self.caller.signed_in()?).await
    }

    async fn request_access(&self) -> Result<User> {
        let user = self.caller.signed_in()?;
        if user.role != Role::Guest {
            return Err(Error::conflict("access_granted"));
        }
        self.caller.may(Action::RequestAccess)?;
        let mut connection = self.connection().await?;
        store::accounts::request_access(&mut connection, user.account, self.caller.now)
            .await
            .map_err(|error| self.failed(error))?;
        drop(connection);
        self.own(user).await
    }

    async fn access_requests(&self) -> Result<u32> {
        self.caller.may(Action::ManageAccounts)?;
        let mut connection = self.connection().await?;
        let waiting = store::accounts::waiting_requests(&mut connection, &self.deps.config.telegram.admins)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(u32::try_from(waiting).unwrap_or(u32::MAX))
    }
}

#[async_trait]
impl backend::Administration for Accounts {
    async fn accounts(&self, page: PageRequest) -> Result<Page<Account>> {
        self.list(&page).await
    }

    async fn account(&self, id: AccountId) -> Result<Account> {
        self.caller.may(Action::ManageAccounts)?;
        self.one(id).await
    }

    async fn change_account(&self, id: AccountId, patch: AccountPatch) -> Result<Account> {
        self.change(id, &patch).await?;
        self.one(id).await
    }

    async fn account_sessions(&self, id: AccountId) -> Result<Vec<Session>> {
        self.caller.may(Action::ManageAccounts)?;
        self.one(id).await?;
        self.sessions_of(id).await.map_err(|error| self.failed(error))
    }

    async fn end_account_sessions(&self, id: AccountId, session: Option<SessionId>) -> Result<()> {
        self.end_sessions_of(id, session).await
    }
}

#[async_trait]
impl backend::Settings for Accounts {
    async fn set_language(&self, language: Language) -> Result<User> {
        let user = self.caller.signed_in()?;
        let changed = async {
            let mut connection = self.db().acquire().await?;
            store::accounts::set_language(&mut connection, user.account, language).await?;
            store::sessions::hashes(&mut connection, user.account).await
        };
        let hashes = changed.await.map_err(|error| self.failed(error))?;
        self.forget(&hashes).await;
        self.own(user).await
    }

    async fn sessions(&self) -> Result<Vec<Session>> {
        let user = self.caller.signed_in()?;
        let mut sessions = self.sessions_of(user.account).await.map_err(|error| self.failed(error))?;
        sessions.sort_by_key(|session| !session.current);
        Ok(sessions)
    }

    async fn end_session(&self, id: SessionId) -> Result<()> {
        let user = self.caller.signed_in()?;
        let mut connection = self.connection().await?;
        let ended = store::sessions::end(&mut connection, user.account, Some(id), self.caller.now)
            .await
            .map_err(|error| self.failed(error))?;
        self.forget(&ended).await;
        if ended.is_empty() { Err(Error::NotFound) } else { Ok(()) }
    }

    async fn sign_out(&self) -> Result<()> {
        let user = self.caller.signed_in()?;
        // Until the launch data would be too old anyway: it was at most this much ahead when it was exchanged.
        let until = self.caller.now + self.deps.config.sessions.init_data_max_age + 2 * init_data::MAX_SKEW;
        let signed_out = async {
            let mut tx = self.db().begin().await?;
            store::accounts::lock(&mut tx, user.account).await?;
            store::sessions::burn_launch_of(&mut tx, user.session, until).await?;
            let ended = store::sessions::end(&mut tx, user.account, Some(user.session), self.caller.now).await?;
            tx.commit().await?;
            Ok(ended)
        };
        let ended = signed_out.await.map_err(|error| self.failed(error))?;
        self.forget(&ended).await;
        Ok(())
    }
}
