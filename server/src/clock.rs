//! The one place that reads the clock. Only edges call it; everything below takes `now` as an argument.

use time::OffsetDateTime;

/// The time now, in UTC.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is where the edges read the clock")]
pub fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}
