//! Use cases: allowed? → read → pure decision → write in one transaction. No HTTP and no Telegram type
//! appears here. A service is made for its [`Caller`] and implements its trait of [`app::backend`]
//! directly, so that the first HTML, the REST edge and the bot call the same methods.

pub mod accounts;
pub mod chats;
pub mod checks;
pub mod directory_index;
pub mod downloads;
pub mod employees;
pub mod health;
pub mod history;
pub mod idempotency;
pub mod imports;
pub mod incidents;
pub mod leases;
pub mod links;
pub mod live;
pub mod presence;
pub mod retention;
pub mod servers;
pub mod sessions;
pub mod settings;
pub mod tickets;
pub mod updates;

use std::sync::Arc;

use app::{
    backend::Backend,
    model::{Error, Result, error::Reference, user::Language},
};
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::sync::Notify;
use url::Url;

use self::directory_index::DirectoryIndex;
use crate::{
    auth::{
        AuthUser,
        policy::{Action, allowed},
    },
    cache::Cache,
    config::Config,
    integrations::{smtp, telegram},
    monitor::probe::Probes,
};

/// What services are made of: everything that outlives a request. Cheap to clone.
#[derive(Clone)]
pub struct Deps {
    /// The database.
    pub db: PgPool,
    /// What is fast and may be lost.
    pub cache: Arc<dyn Cache>,
    /// Who is found under which query.
    pub directory: Arc<DirectoryIndex>,
    /// What the environment says.
    pub config: Arc<Config>,
    /// Where phones reach us; ends in `/`.
    pub public_url: Arc<Url>,
    /// The bot's line to Telegram, if there is a bot.
    pub telegram: Option<Arc<telegram::Client>>,
    /// Says that an update was stored here.
    pub new_updates: Arc<Notify>,
    /// How far the running import is.
    pub imports: imports::Slot,
    /// How servers are looked at.
    pub probes: Probes,
    /// The line to OTRS, if there is one.
    pub otrs: Option<Arc<tickets::Line>>,
    /// The mail server, if there is one.
    pub smtp: Option<Arc<smtp::Smtp>>,
}

/// What the screens may ask, answered for this caller.
#[must_use]
pub fn backend(deps: &Deps, caller: Caller) -> Backend {
    let accounts = Arc::new(accounts::Accounts::new(deps.clone(), caller.clone()));
    let employees = Arc::new(employees::Employees::new(deps.clone(), caller.clone()));
    let servers = Arc::new(servers::Servers::new(deps.clone(), caller.clone()));
    let tickets = Arc::new(tickets::Tickets::new(deps.clone(), caller.clone()));
    Backend {
        accounts: accounts.clone(),
        actions: tickets.clone(),
        administration: accounts.clone(),
        employees: employees.clone(),
        imports: employees.clone(),
        incidents: Arc::new(incidents::Incidents::new(deps.clone(), caller)),
        mailings: tickets.clone(),
        otrs_links: tickets.clone(),
        overview: servers.clone(),
        records: employees,
        replies: tickets.clone(),
        servers,
        settings: accounts,
        statistics: tickets.clone(),
        tickets,
    }
}

/// Who asks, when, and under which request id.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Nobody, or somebody with a live session.
    pub user: Option<AuthUser>,
    /// The language of answers: the user's, else what the request prefers.
    pub language: Language,
    /// The time of the request, read at the edge.
    pub now: OffsetDateTime,
    /// The request id.
    pub reference: Reference,
}

impl Caller {
    /// The user, if signed in.
    ///
    /// # Errors
    /// `Unauthenticated`.
    pub fn signed_in(&self) -> Result<&AuthUser> {
        self.user.as_ref().ok_or_else(|| Error::unauthenticated("not_signed_in"))
    }

    /// The user, if he may do this.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, `Forbidden` for somebody who may not.
    pub fn may(&self, action: Action) -> Result<&AuthUser> {
        let user = self.signed_in()?;
        if allowed(user.role, action) { Ok(user) } else { Err(Error::forbidden()) }
    }
}
