//! The organisation's time zone, from the data of the machine or, where it has none, those built in.

use std::str::FromStr;

use jiff::{Timestamp, tz::TimeZone as Rules};
use time::{OffsetDateTime, UtcOffset};

/// A zone by its name, such as `Europe/Moscow`.
#[derive(Clone, Debug)]
pub struct TimeZone(Rules);

impl TimeZone {
    /// The rules themselves, for who computes with local times.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.0
    }

    /// How far the zone's clocks are from UTC at this time.
    #[must_use]
    pub fn offset_at(&self, at: OffsetDateTime) -> UtcOffset {
        let seconds = Timestamp::from_second(at.unix_timestamp()).map_or(0, |at| self.0.to_offset(at).seconds());
        UtcOffset::from_whole_seconds(seconds).unwrap_or(UtcOffset::UTC)
    }
}

/// A text that names no zone.
#[derive(Clone, Copy, Debug)]
pub struct NoTimeZone;

impl FromStr for TimeZone {
    type Err = NoTimeZone;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Rules::get(name).map(Self).map_err(|_| NoTimeZone)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset};

    use super::*;

    #[test]
    fn a_zone_knows_its_summers() {
        let zone: TimeZone = "Europe/Berlin".parse().expect("a zone");
        assert_eq!(zone.offset_at(datetime!(2026-07-01 12:00 UTC)), offset!(+2));
        assert_eq!(zone.offset_at(datetime!(2051-01-01 12:00 UTC)), offset!(+1));
        assert_eq!(
            "UTC".parse::<TimeZone>().expect("a zone").offset_at(datetime!(2026-07-01 12:00 UTC)),
            UtcOffset::UTC
        );
        assert!("Europe/Nowhere".parse::<TimeZone>().is_err());
    }
}
