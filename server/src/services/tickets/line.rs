//! The line to OTRS, and what hangs on it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use moka::future::Cache;
use time::OffsetDateTime;
use tokio::sync::Notify;
use url::Url;

use super::previews::Previews;
use crate::{
    auth::seal::Sealer,
    config::Config,
    integrations::{
        otrs::{Client, Limits},
        pdf::Renderer,
    },
};

/// Bytes of files that are kept in memory, and for how long.
const FILES: u64 = 64 << 20;
const FILES_FOR: Duration = Duration::from_secs(600);

/// Which file: ticket, article, place.
pub type FileKey = (i64, i64, i64);

/// The line to OTRS.
#[derive(Debug)]
pub struct Line {
    /// Asks it.
    pub client: Client,
    /// Seals the sessions of people.
    pub sealer: Sealer,
    /// Files that somebody looked at.
    pub files: Cache<FileKey, Arc<[u8]>>,
    /// First pages of files.
    pub previews: Previews,
    /// The agent's interface.
    pub web_url: Option<Url>,
    /// Which web service this is: what was copied from another one is forgotten.
    pub source: String,
    /// Says that an action was stored here.
    pub new_actions: Notify,
    /// How far the clock of the host is ahead of ours, in seconds.
    ahead: AtomicI64,
}

impl Line {
    /// For what the configuration says, if it names an OTRS.
    ///
    /// # Errors
    /// When TLS cannot be set up or there is no key to seal with.
    pub fn open(config: &Config, limits: Limits, now: fn() -> OffsetDateTime) -> anyhow::Result<Option<Self>> {
        let Some(otrs) = &config.otrs else { return Ok(None) };
        let key = config.secrets.key_or_made(&config.database.data_dir)?;
        let files = Cache::builder()
            .max_capacity(FILES)
            .weigher(|_, file: &Arc<[u8]>| u32::try_from(file.len()).unwrap_or(u32::MAX))
            .time_to_live(FILES_FOR)
            .build();
        Ok(Some(Self {
            client: Client::new(otrs, limits, now)?,
            sealer: Sealer::new(&key)?,
            files,
            previews: Previews::new(Renderer::find()),
            web_url: otrs.web_url.clone(),
            source: otrs.url.to_string(),
            new_actions: Notify::new(),
            ahead: AtomicI64::new(0),
        }))
    }

    /// The host said that it is `theirs` when it was `ours`.
    pub fn set_clocks(&self, theirs: OffsetDateTime, ours: OffsetDateTime) {
        self.ahead.store((theirs - ours).whole_seconds(), Ordering::Relaxed);
    }

    /// What the clock of the host shows when ours shows this, as far as we know.
    #[must_use]
    pub fn theirs(&self, ours: OffsetDateTime) -> OffsetDateTime {
        ours + time::Duration::seconds(self.ahead.load(Ordering::Relaxed))
    }
}
