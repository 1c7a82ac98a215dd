//! What the screens need from the other side: one object-safe trait per resource, one method per use
//! case, in the words of the screens.
//!
//! Two adapters exist: the services of the server (in process, while rendering) and `http` (in the
//! browser, over `/api/v1`). Pages take a [`Backend`] from the context and never know which one it is.
//! Nobody passes "who is asking": in the server a service is made for its caller, in the browser the
//! session says it.

pub mod accounts;
pub mod administration;
pub mod employees;
#[cfg(feature = "hydrate")]
pub mod http;
pub mod imports;
pub mod incidents;
pub mod overview;
#[cfg(any(feature = "hydrate", test))]
pub(crate) mod problem;
pub mod records;
pub mod servers;
pub mod settings;

use std::sync::Arc;

pub use accounts::Accounts;
pub use administration::Administration;
pub use employees::Employees;
pub use imports::Imports;
pub use incidents::Incidents;
pub use overview::Overview;
pub use records::Records;
pub use servers::Servers;
pub use settings::Settings;

/// Everything the screens may ask.
#[derive(Clone)]
pub struct Backend {
    /// Who I am.
    pub accounts: Arc<dyn Accounts>,
    /// The directory.
    pub employees: Arc<dyn Employees>,
    /// How the servers are.
    pub overview: Arc<dyn Overview>,
    /// Who answers what only [parts](crate::pages::part) of the app ask.
    pub apart: Apart,
}

/// In the browser the adapter itself: made an object within a part, what it answers there belongs to that part.
#[cfg(feature = "hydrate")]
pub type Apart = http::Http;

/// On the server, which has all parts, the services.
#[cfg(not(feature = "hydrate"))]
#[derive(Clone)]
pub struct Apart {
    /// Other people's accounts.
    pub administration: Arc<dyn Administration>,
    /// Import and export.
    pub imports: Arc<dyn Imports>,
    /// What is or was broken.
    pub incidents: Arc<dyn Incidents>,
    /// Keeping records.
    pub records: Arc<dyn Records>,
    /// What is watched.
    pub servers: Arc<dyn Servers>,
    /// What I set.
    pub settings: Arc<dyn Settings>,
}

#[cfg(feature = "hydrate")]
impl Backend {
    /// Other people's accounts.
    #[must_use]
    pub fn administration(&self) -> Arc<dyn Administration> {
        Arc::new(self.apart.clone())
    }

    /// Import and export.
    #[must_use]
    pub fn imports(&self) -> Arc<dyn Imports> {
        Arc::new(self.apart.clone())
    }

    /// Keeping records.
    #[must_use]
    pub fn records(&self) -> Arc<dyn Records> {
        Arc::new(self.apart.clone())
    }

    /// What I set.
    #[must_use]
    pub fn settings(&self) -> Arc<dyn Settings> {
        Arc::new(self.apart.clone())
    }

    /// What is or was broken.
    #[must_use]
    pub fn incidents(&self) -> Arc<dyn Incidents> {
        Arc::new(self.apart.clone())
    }

    /// What is watched.
    #[must_use]
    pub fn servers(&self) -> Arc<dyn Servers> {
        Arc::new(self.apart.clone())
    }
}

#[cfg(not(feature = "hydrate"))]
impl Backend {
    /// Other people's accounts.
    #[must_use]
    pub fn administration(&self) -> Arc<dyn Administration> {
        self.apart.administration.clone()
    }

    /// Import and export.
    #[must_use]
    pub fn imports(&self) -> Arc<dyn Imports> {
        self.apart.imports.clone()
    }

    /// Keeping records.
    #[must_use]
    pub fn records(&self) -> Arc<dyn Records> {
        self.apart.records.clone()
    }

    /// What I set.
    #[must_use]
    pub fn settings(&self) -> Arc<dyn Settings> {
        self.apart.settings.clone()
    }

    /// What is or was broken.
    #[must_use]
    pub fn incidents(&self) -> Arc<dyn Incidents> {
        self.apart.incidents.clone()
    }

    /// What is watched.
    #[must_use]
    pub fn servers(&self) -> Arc<dyn Servers> {
        self.apart.servers.clone()
    }
}
