//! What a user sets for himself.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    ids::SessionId,
    user::{Language, Session, User},
};

/// My language, and where I am signed in.
#[async_trait]
#[auto_impl(Arc)]
pub trait Settings: Send + Sync {
    /// Chooses the language of the interface and of messages.
    ///
    /// # Errors
    /// `Unauthenticated`.
    async fn set_language(&self, language: Language) -> Result<User>;

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
}
