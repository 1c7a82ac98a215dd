//! Who is asking.

use async_trait::async_trait;

use crate::model::{
    Result,
    ids::SessionId,
    user::{Language, Session, User},
};

/// My account and my sessions. Signing in is no part of it: that belongs to the edges.
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

    /// How many requests for access wait for an answer.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn access_requests(&self) -> Result<u32>;
}
