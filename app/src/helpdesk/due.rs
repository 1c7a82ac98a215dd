//! How much time is left until a promise is broken.

use time::{Duration, OffsetDateTime};

/// Less than that is soon.
const SOON: Duration = Duration::hours(2);

/// What the clock of a promise shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Broken, so many seconds ago.
    Over(u64),
    /// So many seconds are left, and that is little.
    Soon(u64),
    /// So many seconds are left.
    Later(u64),
}

/// What the clock shows now.
#[must_use]
pub fn due(at: OffsetDateTime, now: OffsetDateTime) -> Due {
    let left = at - now;
    let seconds = left.whole_seconds().unsigned_abs();
    if left.is_negative() {
        Due::Over(seconds)
    } else if left <= SOON {
        Due::Soon(seconds)
    } else {
        Due::Later(seconds)
    }
}

#[cfg(test)]
mod tests {
    use time::{Duration, macros::datetime};

    use super::{Due, due};

    #[test]
    fn a_promise_is_broken_soon_or_kept() {
        let now = datetime!(2026-11-20 12:00 UTC);
        for (left, shown) in [
            (Duration::seconds(-1), Due::Over(1)),
            (Duration::seconds(0), Due::Soon(0)),
            (Duration::hours(2), Due::Soon(7_200)),
            (Duration::seconds(7_201), Due::Later(7_201)),
        ] {
            assert_eq!(due(now + left, now), shown, "{left}");
        }
    }
}
