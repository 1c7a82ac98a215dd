//! What is done to tickets.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    action::{Action, ActionRequest, ActionState, NewFile, NewTicket, Upload},
    ids::{ActionId, TicketId, UploadId},
    page::{Page, PageRequest},
};

/// Actions of the caller. Each is stored at once and sent after the undo delay; `key` makes a repetition harmless, also
/// days later.
#[async_trait]
#[auto_impl(Arc)]
pub trait Actions: Send + Sync {
    /// Wants something to be done to a ticket.
    ///
    /// # Errors
    /// `Conflict` (`ticket_conflict`) with the ticket as it is now when it moved on since `version`; `Invalid` names the
    /// field; `NotFound`; `Forbidden` below `operator`.
    async fn act(&self, id: TicketId, request: ActionRequest, key: String) -> Result<Action>;

    /// Wants a ticket to be made.
    ///
    /// # Errors
    /// `Invalid` names the field; `Forbidden` below `operator`; `TooLarge` (`files_too_large`).
    async fn create(&self, ticket: NewTicket, key: String) -> Result<Action>;

    /// Keeps a file for an action that names it: so the action is small enough to wait on a phone.
    ///
    /// # Errors
    /// `TooLarge` (`files_too_large`); `Invalid` for an empty one; `Unavailable` without a connection.
    async fn upload(&self, file: NewFile) -> Result<Upload>;

    /// Forgets a file that no action has named.
    ///
    /// # Errors
    /// `NotFound`.
    async fn drop_upload(&self, id: UploadId) -> Result<()>;

    /// Takes an action back. Doing it again changes nothing.
    ///
    /// # Errors
    /// `Conflict` (`action_sent`) with the action when it is too late; `NotFound` for one that is not the caller's.
    async fn undo(&self, id: ActionId) -> Result<Action>;

    /// Takes the action back that was asked for with this key, when nobody knows whether it arrived.
    ///
    /// # Errors
    /// Those of [`Actions::undo`]; `NotFound` when it did not.
    async fn undo_key(&self, key: String) -> Result<Action>;

    /// Tries an action again that met a conflict, an ended session or a refusal: it is done to the ticket as it is now.
    ///
    /// # Errors
    /// `Conflict` (`action_not_stopped`) with the action in any other state; `NotFound`.
    async fn retry(&self, id: ActionId) -> Result<Action>;

    /// The caller's actions, latest first; without a state those that are not over.
    ///
    /// # Errors
    /// `Forbidden` below `operator`; `Invalid` (`cursor`).
    async fn actions(&self, state: Option<ActionState>, page: PageRequest) -> Result<Page<Action>>;
}
