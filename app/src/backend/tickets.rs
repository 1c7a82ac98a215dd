//! Tickets as our copy of OTRS has them. Doing something to them is in [`super::actions`].

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    ids::TicketId,
    import::Download,
    page::PageRequest,
    ticket::{Queue, Ticket, TicketChoices, TicketCounts, TicketList, TicketQuery},
};

/// Tickets the caller may see. Whoever has no right in a queue finds nothing of it here.
///
/// All of it is `Forbidden` with the code `otrs_not_configured` where there is no OTRS.
#[async_trait]
#[auto_impl(Arc)]
pub trait Tickets: Send + Sync {
    /// Tickets that fit.
    ///
    /// # Errors
    /// `Forbidden` below `operator`; `Invalid` (`cursor`) for a cursor of another query.
    async fn list(&self, query: TicketQuery, page: PageRequest) -> Result<TicketList>;

    /// Several tickets at once, without articles, in the order asked; those that are gone or hidden are left out.
    ///
    /// # Errors
    /// `Invalid` (`ids`) for more than 100.
    async fn by_ids(&self, ids: Vec<TicketId>) -> Result<Vec<Ticket>>;

    /// How many there are in each view.
    ///
    /// # Errors
    /// `Forbidden` below `operator`.
    async fn counts(&self) -> Result<TicketCounts>;

    /// One ticket with its articles, its history and details. The right to see it is proven again.
    ///
    /// # Errors
    /// `NotFound`, also when the caller may not see it.
    async fn ticket(&self, id: TicketId) -> Result<Ticket>;

    /// The caller has seen everything that is in it now.
    ///
    /// # Errors
    /// `NotFound`.
    async fn seen(&self, id: TicketId) -> Result<()>;

    /// The caller watches it from now on.
    ///
    /// # Errors
    /// `NotFound`.
    async fn watch(&self, id: TicketId) -> Result<()>;

    /// The caller watches it no longer.
    ///
    /// # Errors
    /// `NotFound`.
    async fn unwatch(&self, id: TicketId) -> Result<()>;

    /// A one-time address of a file.
    ///
    /// # Errors
    /// `NotFound`.
    async fn attachment_download(&self, id: TicketId, n: u32) -> Result<Download>;

    /// A one-time address of the first page of a file as a picture.
    ///
    /// # Errors
    /// `NotFound`, also when there is none; `Unsupported` when it is no PDF.
    async fn attachment_preview(&self, id: TicketId, n: u32) -> Result<Download>;

    /// Queues by name.
    ///
    /// # Errors
    /// `Forbidden` below `operator`.
    async fn queues(&self) -> Result<Vec<Queue>>;

    /// What forms offer.
    ///
    /// # Errors
    /// `Forbidden` below `operator`.
    async fn choices(&self) -> Result<TicketChoices>;
}
