//! What the screens need from the other side: one object-safe trait per resource, one method per use
//! case, in the words of the screens.
//!
//! Two adapters exist: the services of the server (in process, while rendering) and `http` (in the
//! browser, over `/api/v1`). Pages take a [`Backend`] from the context and never know which one it is.
//! Nobody passes "who is asking": in the server a service is made for its caller, in the browser the
//! session says it.

pub mod accounts;
pub mod employees;
#[cfg(feature = "hydrate")]
pub mod http;
pub mod incidents;
#[cfg(any(feature = "hydrate", test))]
pub(crate) mod problem;
pub mod servers;

use std::sync::Arc;

pub use accounts::Accounts;
pub use employees::Employees;
pub use incidents::Incidents;
pub use servers::Servers;

/// Everything the screens may ask.
#[derive(Clone)]
pub struct Backend {
    /// Who I am, my sessions, other people's accounts.
    pub accounts: Arc<dyn Accounts>,
    /// The directory.
    pub employees: Arc<dyn Employees>,
    /// What is watched.
    pub servers: Arc<dyn Servers>,
    /// What is or was broken.
    pub incidents: Arc<dyn Incidents>,
}
