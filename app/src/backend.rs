//! What the screens need from the other side: one object-safe trait per resource, one method per use
//! case, in the words of the screens.
//!
//! Two adapters exist: the services of the server (in process, while rendering) and `http` (in the
//! browser, over `/api/v1`). Pages take a [`Backend`] from the context and never know which one it is.
//! Nobody passes "who is asking": in the server a service is made for its caller, in the browser the
//! session says it.

pub mod accounts;
pub mod actions;
pub mod administration;
pub mod employees;
#[cfg(feature = "hydrate")]
pub mod http;
pub mod imports;
pub mod incidents;
pub mod mailings;
pub mod otrs_links;
pub mod overview;
#[cfg(any(feature = "hydrate", test))]
pub(crate) mod problem;
pub mod records;
pub mod replies;
pub mod servers;
pub mod settings;
pub mod statistics;
pub mod tickets;

#[cfg(not(feature = "hydrate"))]
use std::sync::Arc;

pub use accounts::Accounts;
pub use actions::Actions;
pub use administration::Administration;
pub use employees::Employees;
pub use imports::Imports;
pub use incidents::Incidents;
pub use mailings::Mailings;
pub use otrs_links::OtrsLinks;
pub use overview::Overview;
pub use records::Records;
pub use replies::Replies;
pub use servers::Servers;
pub use settings::Settings;
pub use statistics::Statistics;
pub use tickets::Tickets;

macro_rules! backend {
    ($($(#[$what:meta])* $name:ident: $resource:ident,)+) => {
        /// Everything the screens may ask: on the server, which has all parts of the app, the services.
        #[cfg(not(feature = "hydrate"))]
        #[derive(Clone)]
        pub struct Backend {
            $($(#[$what])* pub $name: Arc<dyn $resource>,)+
        }

        /// Everything the screens may ask: in the browser the adapter, and no object that has to answer all of it. So a
        /// [part](crate::pages::part) of the app brings what it asks, and nothing else.
        #[cfg(feature = "hydrate")]
        pub use http::Http as Backend;

        impl Backend {
            $($(#[$what])* #[must_use] pub fn $name(&self) -> impl $resource + Clone + 'static + use<> {
                #[cfg(not(feature = "hydrate"))]
                return self.$name.clone();
                #[cfg(feature = "hydrate")]
                self.clone()
            })+
        }
    };
}

backend! {
    /// Who I am.
    accounts: Accounts,
    /// What is done to tickets.
    actions: Actions,
    /// Other people's accounts.
    administration: Administration,
    /// The directory.
    employees: Employees,
    /// Import and export.
    imports: Imports,
    /// What is or was broken.
    incidents: Incidents,
    /// Who mails replies.
    mailings: Mailings,
    /// As whom I act in OTRS.
    otrs_links: OtrsLinks,
    /// How the servers are.
    overview: Overview,
    /// Keeping records.
    records: Records,
    /// Ready texts.
    replies: Replies,
    /// What is watched.
    servers: Servers,
    /// What I set.
    settings: Settings,
    /// Figures of the work with tickets.
    statistics: Statistics,
    /// Tickets of OTRS.
    tickets: Tickets,
}
