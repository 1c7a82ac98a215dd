//! Removes what is no longer of use: ended sessions, burned launch data, idempotency keys, one-time addresses,
//! handled updates, actions that are over.

use std::sync::Arc;

use time::OffsetDateTime;

use crate::{
    services::{Deps, history, retention},
    workers::supervisor::Outcome,
};

/// Tidies the database and the cache once.
///
/// # Errors
/// Those of the database.
pub async fn run_once(deps: Arc<Deps>, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    deps.cache.tidy().await;
    let removed = retention::tidy(&deps, now).await?;
    if removed > 0 {
        tracing::debug!(removed, "Removed rows that are no longer of use");
    }
    history::prepare(&deps, now).await?;
    let partitions = history::tidy(&deps, now).await?;
    if partitions > 0 {
        tracing::info!(partitions, "Dropped partitions of the past");
    }
    Ok(Outcome::Idle)
}

/// Rolls up a stretch of checks.
///
/// # Errors
/// Those of the database.
pub async fn roll_up(deps: Arc<Deps>, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    Ok(if history::roll_up(&deps, now).await? { Outcome::Busy } else { Outcome::Idle })
}
