//! What time does to incidents and planned windows.

use std::{collections::BTreeSet, sync::Arc};

use time::OffsetDateTime;
use tokio::sync::Mutex;

use crate::{
    services::{Deps, incidents::pending},
    workers::supervisor::Outcome,
};

/// Decides incidents that waited for their parents.
///
/// # Errors
/// Those of the database.
pub async fn decide(deps: Arc<Deps>, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    Ok(if pending::decide(&deps, now).await? { Outcome::Busy } else { Outcome::Idle })
}

/// Follows planned windows as they begin and end.
pub struct Windows {
    deps: Arc<Deps>,
    /// The servers that were in one at the last look.
    covered: Mutex<BTreeSet<i64>>,
}

impl Windows {
    /// One that has seen nothing yet.
    #[must_use]
    pub fn new(deps: Arc<Deps>) -> Self {
        Self { deps, covered: Mutex::default() }
    }

    /// Tells who entered or left a window since the last time.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run_once(&self, now: OffsetDateTime) -> anyhow::Result<Outcome> {
        let mut covered = self.covered.lock().await;
        *covered = pending::follow_windows(&self.deps, &covered, now).await?;
        Ok(Outcome::Idle)
    }
}
