//! The one place that asks the machine for the time; everybody else is given `now`.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn now_ms() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "this is the edge that the others take `now` from")]
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

/// Seconds since 1970-01-01 UTC.
#[must_use]
pub fn now_s() -> i64 {
    now_ms() / 1000
}
