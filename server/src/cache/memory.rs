//! The cache of a single node: in its memory.

use std::{
    num::NonZeroU32,
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use moka::{Expiry, future};

use super::{Cache, Limit, Wait};
use crate::config::limits::Limits;

type Entry = (Arc<[u8]>, Duration);

/// How many seconds' worth of requests may come at once. Programs that read page after page on one connection
/// pass; one that never pauses is slowed.
const BURST_S: u32 = 20;

/// An address may look up so many times more sessions than an account may send requests: a whole company sits
/// behind one, and each of its people is looked up once a second.
const LOOK_UPS: u32 = 5;

/// Everything in this process.
pub struct Memory {
    entries: future::Cache<String, Entry>,
    requests: DefaultKeyedRateLimiter<String>,
    look_ups: DefaultKeyedRateLimiter<String>,
    sign_ins: DefaultKeyedRateLimiter<String>,
    client_errors: DefaultKeyedRateLimiter<String>,
    clock: governor::clock::DefaultClock,
}

struct OwnTtl;

impl Expiry<String, Entry> for OwnTtl {
    fn expire_after_create(&self, _key: &String, entry: &Entry, _created_at: Instant) -> Option<Duration> {
        Some(entry.1)
    }

    fn expire_after_update(&self, _: &String, entry: &Entry, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(entry.1)
    }
}

impl Memory {
    /// An empty one with these limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let at_least_one = |count| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        Self {
            entries: future::Cache::builder().max_capacity(20_000).expire_after(OwnTtl).build(),
            requests: RateLimiter::keyed(
                Quota::per_second(at_least_one(limits.requests_per_s))
                    .allow_burst(at_least_one(limits.requests_per_s.saturating_mul(BURST_S))),
            ),
            look_ups: RateLimiter::keyed(Quota::per_second(at_least_one(
                limits.requests_per_s.saturating_mul(LOOK_UPS),
            ))),
            sign_ins: RateLimiter::keyed(Quota::per_minute(at_least_one(limits.sign_ins_per_min))),
            client_errors: RateLimiter::keyed(Quota::per_minute(at_least_one(limits.client_errors_per_min))),
            clock: governor::clock::DefaultClock::default(),
        }
    }

    fn limiter(&self, limit: Limit) -> &DefaultKeyedRateLimiter<String> {
        match limit {
            Limit::Requests => &self.requests,
            Limit::LookUps => &self.look_ups,
            Limit::SignIns => &self.sign_ins,
            Limit::ClientErrors => &self.client_errors,
        }
    }
}

#[async_trait]
impl Cache for Memory {
    async fn get(&self, key: &str) -> Option<Arc<[u8]>> {
        self.entries.get(key).await.map(|(value, _)| value)
    }

    async fn put(&self, key: &str, value: Arc<[u8]>, ttl: Duration) {
        self.entries.insert(key.to_owned(), (value, ttl)).await;
    }

    async fn remove(&self, key: &str) {
        self.entries.invalidate(key).await;
    }

    async fn admit(&self, limit: Limit, who: &str) -> Result<(), Wait> {
        self.limiter(limit).check_key(&who.to_owned()).map_err(|until| Wait(until.wait_time_from(self.clock.now())))
    }

    async fn tidy(&self) {
        for limiter in [&self.requests, &self.look_ups, &self.sign_ins, &self.client_errors] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_too_many_waits_and_others_do_not() {
        let cache = Memory::new(Limits { sign_ins_per_min: 2, ..Limits::default() });
        assert_eq!(cache.admit(Limit::SignIns, "a").await, Ok(()));
        assert_eq!(cache.admit(Limit::SignIns, "a").await, Ok(()));
        let Wait(wait) = cache.admit(Limit::SignIns, "a").await.expect_err("one too many");
        assert!(wait <= Duration::from_secs(30), "{wait:?}");
        assert_eq!(cache.admit(Limit::SignIns, "b").await, Ok(()));
        assert_eq!(cache.admit(Limit::Requests, "a").await, Ok(()));
    }

    #[tokio::test]
    async fn what_is_removed_is_gone() {
        let cache = Memory::new(Limits::default());
        cache.put("key", Arc::from(*b"value"), Duration::from_secs(60)).await;
        assert_eq!(cache.get("key").await.as_deref(), Some(&b"value"[..]));
        cache.remove("key").await;
        assert_eq!(cache.get("key").await, None);
    }
}
