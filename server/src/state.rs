//! What handlers and workers get: everything that lives as long as the application. Cheap to clone.

use std::sync::Arc;

use axum::extract::FromRef;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    events::Hub,
    http::assets::Assets,
    services::{Deps, live::Feed, presence::Presence},
    telemetry::Metrics,
};

/// The application as its edges see it.
#[derive(Clone)]
pub struct AppState {
    /// What services are made of.
    pub deps: Deps,
    /// Announcements of the database.
    pub hub: Arc<Hub>,
    /// What open screens are told.
    pub live: Arc<Feed>,
    /// Who looks at which ticket.
    pub presence: Arc<Presence>,
    /// Work that is finished even if the one who asked for it hangs up; a stop waits for it.
    pub tasks: TaskTracker,
    /// Cancelled when it is time to stop.
    pub stop: CancellationToken,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Names of the browser's files.
    pub assets: Arc<Assets>,
}

impl FromRef<AppState> for Deps {
    fn from_ref(state: &AppState) -> Self {
        state.deps.clone()
    }
}
