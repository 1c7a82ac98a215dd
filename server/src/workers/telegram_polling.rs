//! Asks Telegram for updates and stores them. One is confirmed only by asking for the next, after it was
//! stored: whatever dies in between, Telegram gives it again and the database knows it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

use app::model::error::Reference;
use tokio_util::sync::CancellationToken;

use crate::{
    clock,
    integrations::telegram::{Client, Failure},
    services::{Deps, updates::Updates},
    workers::supervisor::Outcome,
};

/// How long to leave Telegram alone when it does not know the bot: only a new configuration helps.
const UNKNOWN_BOT_PAUSE: Duration = Duration::from_secs(60);

/// One line to Telegram for updates.
pub struct Polling {
    client: Arc<Client>,
    updates: Updates,
    stop: CancellationToken,
    offset: AtomicI64,
    is_prepared: AtomicBool,
}

impl Polling {
    /// Begins with whatever Telegram has not been told to forget.
    #[must_use]
    pub fn new(client: Arc<Client>, deps: Deps, stop: CancellationToken) -> Self {
        Self {
            client,
            updates: Updates::new(deps),
            stop,
            offset: AtomicI64::new(0),
            is_prepared: AtomicBool::new(false),
        }
    }

    /// Asks once and stores what comes.
    ///
    /// # Errors
    /// When Telegram or the database is away.
    pub async fn run_once(&self) -> anyhow::Result<Outcome> {
        let asked = tokio::select! {
            () = self.stop.cancelled() => return Ok(Outcome::Idle),
            asked = self.ask() => asked,
        };
        match asked {
            Ok(updates) => self.keep(updates).await,
            Err(Failure::Busy { retry_after_s }) => self.pause(Duration::from_secs(retry_after_s)).await,
            Err(Failure::UnknownBot) => {
                tracing::error!("{}: nothing is received until it is corrected", Failure::UnknownBot);
                self.pause(UNKNOWN_BOT_PAUSE).await
            }
            Err(failure) => Err(failure.into()),
        }
    }

    async fn ask(&self) -> Result<Vec<(i64, serde_json::Value)>, Failure> {
        // A webhook that an earlier configuration left behind would take the updates away.
        if !self.is_prepared.load(Ordering::Relaxed) {
            self.client.delete_webhook().await?;
            self.is_prepared.store(true, Ordering::Relaxed);
        }
        self.client.updates(self.offset.load(Ordering::Relaxed)).await
    }

    async fn keep(&self, updates: Vec<(i64, serde_json::Value)>) -> anyhow::Result<Outcome> {
        let Some(last) = updates.iter().map(|(id, _)| *id).max() else { return Ok(Outcome::Idle) };
        let reference = Reference("telegram_polling".to_owned());
        self.updates.store(updates, clock::now(), &reference).await?;
        self.offset.store(last.saturating_add(1), Ordering::Relaxed);
        Ok(Outcome::Busy)
    }

    async fn pause(&self, pause: Duration) -> anyhow::Result<Outcome> {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
        Ok(Outcome::Idle)
    }
}
