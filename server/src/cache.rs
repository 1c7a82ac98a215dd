//! What is fast and may be lost: remembered look-ups and rate limits. One trait; in memory here, shared
//! between nodes by another implementation one day. Leases do not live here but in the store.

pub mod memory;

use std::{sync::Arc, time::Duration};

use app::model::Error;
use async_trait::async_trait;

pub use memory::Memory;

/// Something that is done only so often by one person or address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Any request, per account or, for nobody, per address.
    Requests,
    /// Looking up a session that is not remembered, per address.
    LookUps,
    /// Exchange of launch data, per address.
    SignIns,
    /// Reports of a panic in the browser, per address.
    ClientErrors,
}

/// Told to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many, wait {0:?}")]
pub struct Wait(
    /// How long until the next one is admitted.
    pub Duration,
);

impl From<Wait> for Error {
    fn from(Wait(wait): Wait) -> Self {
        let seconds = wait.as_millis().div_ceil(1_000).max(1);
        Self::TooMany { retry_after_s: u64::try_from(seconds).unwrap_or(u64::MAX) }
    }
}

/// An implementation whose store is away answers as if it knew nothing and admits everybody.
#[async_trait]
pub trait Cache: Send + Sync {
    /// What was put under `key` and is not too old.
    async fn get(&self, key: &str) -> Option<Arc<[u8]>>;

    /// Remembers `value` under `key` for `ttl`.
    async fn put(&self, key: &str, value: Arc<[u8]>, ttl: Duration);

    /// Forgets `key`.
    async fn remove(&self, key: &str);

    /// Counts one more of `limit` by `who`.
    ///
    /// # Errors
    /// [`Wait`] when that is one too many.
    async fn admit(&self, limit: Limit, who: &str) -> Result<(), Wait>;

    /// Forgets those who have long been quiet; called about every minute.
    async fn tidy(&self);
}
