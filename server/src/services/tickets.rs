//! Tickets of OTRS for one caller: our copy of them, what is done to them, and as whom.
//!
//! Reading is in [`look`] and [`files`], asking for something in [`actions`], doing it in [`perform`] and [`mail`], ready texts in
//! [`replies`], the link to a login in [`links`], who sees what in [`sight`], the copy in [`sync`] and [`apply`], figures in
//! [`events`] and [`statistics`].

mod actions;
mod apply;
mod asked;
mod clean;
mod convert;
mod events;
mod files;
mod line;
mod links;
mod look;
mod mail;
mod mailing;
mod mentions;
mod perform;
mod plan;
mod previews;
mod related;
mod replies;
mod settings;
mod shown;
mod sight;
mod statistics;
mod sync;

use std::sync::Arc;

use app::{
    backend,
    model::{
        Error, Result,
        action::{Action, ActionRequest, ActionState, NewFile, NewTicket, Upload},
        error::Reference,
        ids::{ActionId, TicketId, UploadId},
        import::Download,
        otrs_link::{OtrsLink, OtrsSignIn, TicketSettings},
        page::{Page, PageRequest},
        ticket::{Queue, Ticket, TicketChoices, TicketCounts, TicketList, TicketQuery, asked::FieldValue},
    },
};
use async_trait::async_trait;
use sqlx::Postgres;

use self::look::Mark;
pub use self::{
    apply::{Telling, Trouble},
    line::Line,
    links::learn_due,
    mail::mail_due,
    perform::perform_due,
    sight::{Ears, sees},
    sync::{Copier, Left},
};
use super::{Caller, Deps};
use crate::{error::internal, integrations::otrs::Failure};

/// Seconds after which a question to OTRS that found it away may be asked again.
const LATER_S: u64 = 10;

/// Tickets for one caller.
#[derive(Clone)]
pub struct Tickets {
    deps: Deps,
    caller: Caller,
}

impl Tickets {
    /// Tickets for this caller.
    #[must_use]
    pub fn new(deps: Deps, caller: Caller) -> Self {
        Self { deps, caller }
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        internal(&self.caller.reference, error)
    }

    async fn connection(&self) -> Result<sqlx::pool::PoolConnection<Postgres>> {
        self.deps.db.acquire().await.map_err(|error| self.failed(error))
    }

    /// The line to OTRS, if there is one.
    fn line(&self) -> Result<Arc<Line>> {
        self.deps.otrs.clone().ok_or_else(|| Error::Forbidden { code: "otrs_not_configured".into() })
    }
}

/// What a failure of OTRS is to somebody who waits for an answer.
fn unavailable(reference: &Reference, failure: Failure) -> Error {
    match failure {
        Failure::Busy { retry_after } => Error::Unavailable { retry_after_s: retry_after.as_secs().max(1) },
        failure if failure.is_passing() => Error::Unavailable { retry_after_s: LATER_S },
        failure => internal(reference, failure),
    }
}

#[async_trait]
impl backend::Tickets for Tickets {
    async fn list(&self, query: TicketQuery, page: PageRequest) -> Result<TicketList> {
        self.find(query, page).await
    }

    async fn by_ids(&self, ids: Vec<TicketId>) -> Result<Vec<Ticket>> {
        self.some(ids).await
    }

    async fn counts(&self) -> Result<TicketCounts> {
        self.numbers().await
    }

    async fn ticket(&self, id: TicketId) -> Result<Ticket> {
        self.open(id).await
    }

    async fn seen(&self, id: TicketId) -> Result<()> {
        self.mark(id, Mark::Seen).await
    }

    async fn watch(&self, id: TicketId) -> Result<()> {
        self.mark(id, Mark::Watched).await
    }

    async fn unwatch(&self, id: TicketId) -> Result<()> {
        self.mark(id, Mark::Unwatched).await
    }

    async fn attachment_download(&self, id: TicketId, n: u32) -> Result<Download> {
        self.announce_file(id, n).await
    }

    async fn attachment_preview(&self, id: TicketId, n: u32) -> Result<Download> {
        self.announce_preview(id, n).await
    }

    async fn queues(&self) -> Result<Vec<Queue>> {
        self.all_queues().await
    }

    async fn choices(&self) -> Result<TicketChoices> {
        self.offered().await
    }
}

#[async_trait]
impl backend::Actions for Tickets {
    async fn act(&self, id: TicketId, request: ActionRequest, key: String) -> Result<Action> {
        self.ask(id, request, &key).await
    }

    async fn create(&self, ticket: NewTicket, key: String) -> Result<Action> {
        self.ask_new(ticket, &key).await
    }

    async fn upload(&self, file: NewFile) -> Result<Upload> {
        self.keep_file(&file).await
    }

    async fn drop_upload(&self, id: UploadId) -> Result<()> {
        self.forget_file(id).await
    }

    async fn undo(&self, id: ActionId) -> Result<Action> {
        self.take_back(id).await
    }

    async fn undo_key(&self, key: String) -> Result<Action> {
        self.take_back_key(&key).await
    }

    async fn retry(&self, id: ActionId) -> Result<Action> {
        self.try_again(id).await
    }

    async fn actions(&self, state: Option<ActionState>, page: PageRequest) -> Result<Page<Action>> {
        self.my_actions(state, page).await
    }
}

#[async_trait]
impl backend::OtrsLinks for Tickets {
    async fn link(&self) -> Result<OtrsLink> {
        self.my_link().await
    }

    async fn sign_in(&self, sign_in: OtrsSignIn) -> Result<OtrsLink> {
        self.link_login(sign_in).await
    }

    async fn sign_out(&self) -> Result<OtrsLink> {
        self.unlink().await
    }

    async fn settings(&self) -> Result<TicketSettings> {
        self.read_settings().await
    }

    async fn change_settings(&self, settings: TicketSettings) -> Result<TicketSettings> {
        self.write_settings(settings).await
    }

    async fn known_fields(&self) -> Result<Vec<FieldValue>> {
        self.learnt_fields().await
    }
}
