//! Tickets of OTRS for one caller: our copy of them, what is done to them, and as whom.

use app::{
    backend,
    model::{
        Error, Result,
        action::{Action, ActionRequest, ActionState, NewTicket},
        ids::{ActionId, TicketId},
        import::Download,
        otrs_link::{OtrsLink, OtrsSignIn, TicketSettings},
        page::{Page, PageRequest},
        ticket::{Queue, Ticket, TicketChoices, TicketCounts, TicketList, TicketQuery},
    },
};
use async_trait::async_trait;

use super::{Caller, Deps};
use crate::auth::policy::Action as Right;

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

    fn absent<T>(&self) -> Result<T> {
        self.caller.may(Right::OperateServers)?;
        Err(match self.deps.config.otrs {
            Some(_) => Error::Unavailable { retry_after_s: 60 },
            None => Error::Forbidden { code: "otrs_not_configured".into() },
        })
    }
}

#[async_trait]
impl backend::Tickets for Tickets {
    async fn list(&self, _: TicketQuery, _: PageRequest) -> Result<TicketList> {
        self.absent()
    }

    async fn by_ids(&self, _: Vec<TicketId>) -> Result<Vec<Ticket>> {
        self.absent()
    }

    async fn counts(&self) -> Result<TicketCounts> {
        self.absent()
    }

    async fn ticket(&self, _: TicketId) -> Result<Ticket> {
        self.absent()
    }

    async fn seen(&self, _: TicketId) -> Result<()> {
        self.absent()
    }

    async fn watch(&self, _: TicketId) -> Result<()> {
        self.absent()
    }

    async fn unwatch(&self, _: TicketId) -> Result<()> {
        self.absent()
    }

    async fn attachment_download(&self, _: TicketId, _: u32) -> Result<Download> {
        self.absent()
    }

    async fn queues(&self) -> Result<Vec<Queue>> {
        self.absent()
    }

    async fn choices(&self) -> Result<TicketChoices> {
        self.absent()
    }
}

#[async_trait]
impl backend::Actions for Tickets {
    async fn act(&self, _: TicketId, _: ActionRequest, _: String) -> Result<Action> {
        self.absent()
    }

    async fn create(&self, _: NewTicket, _: String) -> Result<Action> {
        self.absent()
    }

    async fn undo(&self, _: ActionId) -> Result<Action> {
        self.absent()
    }

    async fn retry(&self, _: ActionId) -> Result<Action> {
        self.absent()
    }

    async fn actions(&self, _: Option<ActionState>, _: PageRequest) -> Result<Page<Action>> {
        self.absent()
    }
}

#[async_trait]
impl backend::OtrsLinks for Tickets {
    async fn link(&self) -> Result<OtrsLink> {
        self.absent()
    }

    async fn sign_in(&self, _: OtrsSignIn) -> Result<OtrsLink> {
        self.absent()
    }

    async fn sign_out(&self) -> Result<OtrsLink> {
        self.absent()
    }

    async fn settings(&self) -> Result<TicketSettings> {
        self.absent()
    }

    async fn change_settings(&self, _: TicketSettings) -> Result<TicketSettings> {
        self.absent()
    }
}
