//! Keeps the copy of the tickets abreast of OTRS, and what people may see of it. One node does it at a time.

use std::sync::Arc;

use time::OffsetDateTime;
use tokio::sync::Mutex;

use super::{lease::Lease, supervisor::Outcome};
use crate::services::{
    Deps,
    leases::Work,
    tickets::{self, Copier, Left, Line},
};

/// Copies tickets as long as no other node does.
pub struct Sync {
    deps: Arc<Deps>,
    line: Arc<Line>,
    copier: Copier,
    lease: Mutex<Option<Lease>>,
}

impl Sync {
    /// One that has copied nothing yet.
    #[must_use]
    pub fn new(deps: Arc<Deps>, line: Arc<Line>) -> Self {
        Self { deps, line, copier: Copier::default(), lease: Mutex::default() }
    }

    /// Does the next piece of the copy.
    ///
    /// # Errors
    /// Those of OTRS and of the database.
    pub async fn run_once(&self, now: OffsetDateTime) -> anyhow::Result<Outcome> {
        let mut lease = self.lease.lock().await;
        if let Some(held) = lease.as_mut()
            && !held.is_held().await
        {
            *lease = None;
        }
        if lease.is_none() {
            *lease = Lease::take(&self.deps.db, Work::Tickets).await?;
        }
        if lease.is_none() {
            return Ok(Outcome::Idle);
        }
        Ok(match self.copier.run_once(&self.deps, &self.line, now).await? {
            Left::More => Outcome::Busy,
            Left::Nothing => Outcome::Idle,
        })
    }
}

/// Learns the rights of one person for whom that is due. Several nodes may.
///
/// # Errors
/// Those of OTRS and of the database.
pub async fn learn(deps: Arc<Deps>, line: Arc<Line>, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    Ok(if tickets::learn_due(&deps, &line, now).await? { Outcome::Busy } else { Outcome::Idle })
}

/// Sends one mail that is due. Several nodes may.
///
/// # Errors
/// Those of the database.
pub async fn mail(deps: Arc<Deps>, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    Ok(if tickets::mail_due(&deps, now).await? { Outcome::Busy } else { Outcome::Idle })
}

/// Carries out one action that is due. Several nodes may.
///
/// # Errors
/// Those of the database.
pub async fn perform(deps: Arc<Deps>, line: Arc<Line>, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    Ok(if tickets::perform_due(&deps, &line, now).await? { Outcome::Busy } else { Outcome::Idle })
}
