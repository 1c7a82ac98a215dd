//! Accounts and sessions over `/api/v1/me`, `/api/v1/sessions` and `/api/v1/accounts`.

use async_trait::async_trait;
use gloo_net::http::Method;

use super::{Http, call::Call};
use crate::{
    backend::{Accounts, Administration, Settings},
    model::{
        Result,
        ids::{AccountId, SessionId},
        page::{Page, PageRequest},
        user::{Account, AccountPatch, Language, Session, User},
    },
};

#[async_trait]
impl Accounts for Http {
    async fn me(&self) -> Result<User> {
        self.send(Call::new(Method::GET, "/me")).await
    }

    async fn request_access(&self) -> Result<User> {
        self.send(Call::new(Method::POST, "/me/access-request")).await
    }

    async fn access_requests(&self) -> Result<u32> {
        #[derive(serde::Deserialize)]
        struct Waiting {
            access_requests: u32,
        }
        let waiting: Waiting = self.send(Call::new(Method::GET, "/accounts/access-requests")).await?;
        Ok(waiting.access_requests)
    }
}

#[async_trait]
impl Administration for Http {
    async fn accounts(&self, page: PageRequest) -> Result<Page<Account>> {
        self.send(Call::new(Method::GET, "/accounts").page(&page)).await
    }

    async fn account(&self, id: AccountId) -> Result<Account> {
        self.send(Call::new(Method::GET, format!("/accounts/{id}"))).await
    }

    async fn change_account(&self, id: AccountId, patch: AccountPatch) -> Result<Account> {
        self.send(Call::new(Method::PATCH, format!("/accounts/{id}")).json(&patch)?).await
    }

    async fn account_sessions(&self, id: AccountId) -> Result<Vec<Session>> {
        let page: Page<Session> = self.send(Call::new(Method::GET, format!("/accounts/{id}/sessions"))).await?;
        Ok(page.items)
    }

    async fn end_account_sessions(&self, id: AccountId, session: Option<SessionId>) -> Result<()> {
        let path = match session {
            Some(session) => format!("/accounts/{id}/sessions/{session}"),
            None => format!("/accounts/{id}/sessions"),
        };
        self.tell(Call::new(Method::DELETE, path)).await
    }
}

#[async_trait]
impl Settings for Http {
    async fn set_language(&self, language: Language) -> Result<User> {
        #[derive(serde::Serialize)]
        struct Patch {
            language: Language,
        }
        self.send(Call::new(Method::PATCH, "/me").json(&Patch { language })?).await
    }

    async fn sessions(&self) -> Result<Vec<Session>> {
        let page: Page<Session> = self.send(Call::new(Method::GET, "/sessions")).await?;
        Ok(page.items)
    }

    async fn end_session(&self, id: SessionId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/sessions/{id}"))).await
    }

    async fn sign_out(&self) -> Result<()> {
        self.tell(Call::new(Method::DELETE, "/session")).await
    }
}
