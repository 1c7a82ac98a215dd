//! Until when a ticket waits: what is usual, and what a field for date and time holds.

use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset, Weekday};

use crate::model::wire_time;

/// What is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// In an hour.
    Hour,
    /// In three hours.
    Hours,
    /// Tomorrow when work begins.
    Tomorrow,
    /// On the next Monday when work begins.
    Monday,
}

impl Later {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Hours, Self::Tomorrow, Self::Monday];

    /// When that is.
    #[must_use]
    pub fn at(self, now: OffsetDateTime, zone: UtcOffset) -> OffsetDateTime {
        let morning = |day: Date| {
            let nine = Time::from_hms(9, 0, 0).unwrap_or(Time::MIDNIGHT);
            PrimitiveDateTime::new(day, nine).assume_offset(zone)
        };
        let today = now.to_offset(zone).date();
        match self {
            Self::Hour => now + Duration::HOUR,
            Self::Hours => now + Duration::hours(3),
            Self::Tomorrow => morning(today.saturating_add(Duration::DAY)),
            Self::Monday => morning(today.next_occurrence(Weekday::Monday)),
        }
    }
}

/// As a field for date and time holds it: `2026-11-20T09:00`.
#[must_use]
pub fn field_text(at: OffsetDateTime, zone: UtcOffset) -> String {
    let local = at.to_offset(zone);
    let clock =
        [local.hour(), local.minute()].map(|part| [if part < 10 { "0" } else { "" }, &part.to_string()].concat());
    [&wire_time::date_text(local.date()), "T", &clock[0], ":", &clock[1]].concat()
}

/// What such a field holds, if it is a time.
#[must_use]
pub fn read_field(text: &str, zone: UtcOffset) -> Option<OffsetDateTime> {
    let (day, clock) = text.trim().split_once(['T', ' '])?;
    let mut parts = clock.split(':').map(|part| part.parse::<u8>().ok());
    let time = Time::from_hms(parts.next()??, parts.next()??, 0).ok()?;
    Some(PrimitiveDateTime::new(wire_time::date(day)?, time).assume_offset(zone))
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset};

    use super::{Later, field_text, read_field};

    #[test]
    fn the_usual_times_are_in_the_zone_of_who_waits() {
        let now = datetime!(2026-11-20 21:30 UTC);
        assert_eq!(Later::Hour.at(now, offset!(+3)), datetime!(2026-11-20 22:30 UTC));
        // There it is the 21st already, a Saturday.
        assert_eq!(Later::Tomorrow.at(now, offset!(+3)), datetime!(2026-11-22 9:00 +3));
        assert_eq!(Later::Monday.at(now, offset!(+3)), datetime!(2026-11-23 9:00 +3));
        assert_eq!(Later::Monday.at(datetime!(2026-11-23 8:00 UTC), offset!(UTC)), datetime!(2026-11-30 9:00 UTC));
    }

    #[test]
    fn a_field_says_what_was_put_into_it() {
        let at = datetime!(2026-11-20 6:05 UTC);
        assert_eq!(field_text(at, offset!(+3)), "2026-11-20T09:05");
        assert_eq!(read_field("2026-11-20T09:05", offset!(+3)), Some(at));
        for wrong in ["", "2026-11-20", "2026-11-20T25:00", "soon"] {
            assert_eq!(read_field(wrong, offset!(+3)), None, "{wrong}");
        }
    }
}
