//! Ready texts for operators.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    ids::ReplyId,
    reply::{Reply, ReplyChange, ReplyDraft},
};

/// Ready texts: read by operators, written by administrators.
#[async_trait]
#[auto_impl(Arc)]
pub trait Replies: Send + Sync {
    /// All of them, by their titles.
    ///
    /// # Errors
    /// `Forbidden` below `operator`.
    async fn replies(&self) -> Result<Vec<Reply>>;

    /// Adds one.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` names the field. Placeholders that nobody knows are named behind `body`
    /// (`body.{name}`, code `unknown_placeholder`).
    async fn create_reply(&self, draft: ReplyDraft, key: String) -> Result<Reply>;

    /// Changes one.
    ///
    /// # Errors
    /// As above; `Conflict` (`reply_conflict`) with the text as it is now when it moved on; `NotFound`.
    async fn change_reply(&self, id: ReplyId, change: ReplyChange) -> Result<Reply>;

    /// Takes one away.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`.
    async fn delete_reply(&self, id: ReplyId) -> Result<()>;
}
