//! The clock on the wall of the OTRS host. Pure.
//!
//! OTRS writes and compares times as texts `YYYY-MM-DD HH:MM:SS` of its own zone, without naming it (126, 455-460).
//! In autumn such a text means two times, in spring some mean none; a bound that names none finds nothing, as any
//! text that OTRS cannot read (173-178). So searches are planned in these texts, not in absolute time.

use std::fmt;

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};
use time::OffsetDateTime;

/// What the clock of the host shows, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostTime(DateTime);

impl HostTime {
    /// Before any ticket.
    pub const EARLIEST: Self = Self(DateTime::constant(1995, 1, 1, 0, 0, 0, 0));

    /// Reads a time as OTRS writes it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        DateTime::strptime("%Y-%m-%d %H:%M:%S", text.trim()).ok().map(Self)
    }

    /// So many seconds later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(jiff::SignedDuration::from_secs(seconds)))
    }

    /// Seconds from here to there.
    #[must_use]
    pub fn seconds_to(self, later: Self) -> i64 {
        later.0.duration_since(self.0).as_secs()
    }

    /// Year, month, day, hour and minute, as OTRS wants a pending time.
    pub(super) fn parts(self) -> [i16; 5] {
        let time = self.0;
        [time.year(), time.month().into(), time.day().into(), time.hour().into(), time.minute().into()]
    }
}

impl fmt::Display for HostTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m-%d %H:%M:%S"))
    }
}

/// Translates between the host's clock and absolute time.
#[derive(Clone, Debug)]
pub struct HostClock(TimeZone);

impl HostClock {
    /// For a host in this zone.
    #[must_use]
    pub const fn new(zone: TimeZone) -> Self {
        Self(zone)
    }

    /// What the clock shows at this time.
    #[must_use]
    pub fn shows(&self, at: OffsetDateTime) -> HostTime {
        let at = Timestamp::from_second(at.unix_timestamp()).unwrap_or(Timestamp::UNIX_EPOCH);
        HostTime(self.0.to_datetime(at))
    }

    /// When the clock showed this. Of two times in autumn it is the one nearer to `near` if that is given, else the
    /// earlier.
    #[must_use]
    pub fn at(&self, shown: HostTime, near: Option<OffsetDateTime>) -> Option<OffsetDateTime> {
        let found = self.0.to_ambiguous_timestamp(shown.0);
        let earlier = found.compatible().ok()?;
        let later = self.0.to_ambiguous_timestamp(shown.0).later().ok()?;
        let at = match near.map(OffsetDateTime::unix_timestamp) {
            Some(near) if is_fold(&found) && nearer(near, later, earlier) => later,
            _ => earlier,
        };
        OffsetDateTime::from_unix_timestamp(at.as_second()).ok()
    }

    /// The first thing the clock shows at this time or after it: where a search for what is new has to begin. After a
    /// change back in autumn the clock shows again what it showed before.
    #[must_use]
    pub fn first_shown_from(&self, at: OffsetDateTime) -> HostTime {
        let now = self.shows(at);
        let ahead = self.neighbours(at).filter(|(when, ..)| *when >= at);
        let lowest = ahead.map(|(_, _, after)| after).filter(|after| *after < now).min();
        self.not_after(lowest.unwrap_or(now))
    }

    /// The last thing the clock showed up to this time.
    #[must_use]
    pub fn last_shown_until(&self, at: OffsetDateTime) -> HostTime {
        let now = self.shows(at);
        let behind = self.neighbours(at).filter(|(when, ..)| *when <= at);
        let highest = behind.map(|(_, before, _)| before).filter(|before| *before > now).max();
        self.not_before(highest.unwrap_or(now))
    }

    /// A bound that the clock does show, at or before this one: in spring it jumps over some.
    #[must_use]
    pub fn not_after(&self, shown: HostTime) -> HostTime {
        self.gap(shown).map_or(shown, |(before, _)| before.plus_seconds(-1))
    }

    /// A bound that the clock does show, at or after this one.
    #[must_use]
    pub fn not_before(&self, shown: HostTime) -> HostTime {
        self.gap(shown).map_or(shown, |(_, after)| after)
    }

    /// What the clock would have shown and did show when it jumped over this.
    fn gap(&self, shown: HostTime) -> Option<(HostTime, HostTime)> {
        let AmbiguousOffset::Gap { before, after } = self.0.to_ambiguous_timestamp(shown.0).offset() else {
            return None;
        };
        let late = before.to_timestamp(shown.0).ok()?;
        // The jump itself counts too.
        let jump = self.0.preceding(late + jiff::SignedDuration::from_secs(1)).next()?.timestamp();
        Some((HostTime(before.to_datetime(jump)), HostTime(after.to_datetime(jump))))
    }

    /// The changes of the clock within a day: when, what it would have shown, what it showed.
    fn neighbours(&self, at: OffsetDateTime) -> impl Iterator<Item = (OffsetDateTime, HostTime, HostTime)> {
        let at = at.unix_timestamp();
        let from = Timestamp::from_second(at - 86_400).unwrap_or(Timestamp::UNIX_EPOCH);
        let changes = self.0.following(from).take_while(move |change| change.timestamp().as_second() <= at + 86_400);
        changes.filter_map(|change| {
            let when = change.timestamp();
            let moment_before = Timestamp::from_second(when.as_second() - 1).ok()?;
            let before = self.0.to_offset(moment_before).to_datetime(when);
            let at = OffsetDateTime::from_unix_timestamp(when.as_second()).ok()?;
            Some((at, HostTime(before), HostTime(self.0.to_datetime(when))))
        })
    }
}

fn is_fold(found: &jiff::tz::AmbiguousTimestamp) -> bool {
    matches!(found.offset(), AmbiguousOffset::Fold { .. })
}

fn nearer(near: i64, one: Timestamp, other: Timestamp) -> bool {
    near.abs_diff(one.as_second()) < near.abs_diff(other.as_second())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn berlin() -> HostClock {
        HostClock::new(TimeZone::get("Europe/Berlin").expect("a zone"))
    }

    fn shown(text: &str) -> HostTime {
        HostTime::read(text).expect("a time")
    }

    #[test]
    fn times_are_read_as_the_host_writes_them_and_in_no_other_form() {
        assert_eq!(shown("2026-11-20 02:32:03").to_string(), "2026-11-20 02:32:03");
        for wrong in ["", "2026-11-20", "2026-11-20T02:32:03", "2026-13-45 00:00:00", "yesterday"] {
            assert_eq!(HostTime::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn both_ways_agree_in_summer_and_winter() {
        let clock = berlin();
        for (at, text) in [
            (datetime!(2026-07-01 12:00 UTC), "2026-07-01 14:00:00"),
            (datetime!(2026-12-01 12:00 UTC), "2026-12-01 13:00:00"),
        ] {
            assert_eq!(clock.shows(at).to_string(), text);
            assert_eq!(clock.at(shown(text), None), Some(at));
        }
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_apart_by_what_is_near() {
        let clock = berlin();
        let twice = shown("2026-10-25 02:30:00");
        let (summer, winter) = (datetime!(2026-10-25 00:30 UTC), datetime!(2026-10-25 01:30 UTC));
        assert_eq!(clock.at(twice, None), Some(summer));
        assert_eq!(clock.at(twice, Some(datetime!(2026-10-25 01:31 UTC))), Some(winter));
        assert_eq!(clock.at(twice, Some(datetime!(2026-10-25 00:29 UTC))), Some(summer));
    }

    #[test]
    fn a_search_over_the_change_of_clocks_begins_early_and_ends_late_enough() {
        let clock = berlin();
        // Ten minutes before the clock goes back to 02:00, the next thing it may show is 02:00.
        assert_eq!(clock.first_shown_from(datetime!(2026-10-25 00:50 UTC)).to_string(), "2026-10-25 02:00:00");
        assert_eq!(clock.first_shown_from(datetime!(2026-10-25 01:10 UTC)).to_string(), "2026-10-25 02:10:00");
        // Ten minutes after, the highest it has shown is 03:00.
        assert_eq!(clock.last_shown_until(datetime!(2026-10-25 01:10 UTC)).to_string(), "2026-10-25 03:00:00");
        assert_eq!(clock.last_shown_until(datetime!(2026-10-25 00:50 UTC)).to_string(), "2026-10-25 02:50:00");
        for at in [datetime!(2026-07-01 12:00 UTC), datetime!(2026-03-29 00:59:59 UTC)] {
            assert_eq!(clock.first_shown_from(at), clock.shows(at));
            assert_eq!(clock.last_shown_until(at), clock.shows(at));
        }
    }

    #[test]
    fn bounds_are_never_times_that_the_clock_does_not_show() {
        let clock = berlin();
        let none = shown("2026-03-29 02:30:00");
        assert_eq!(clock.not_after(none).to_string(), "2026-03-29 01:59:59");
        assert_eq!(clock.not_before(none).to_string(), "2026-03-29 03:00:00");
        assert_eq!(clock.not_after(shown("2026-03-29 02:00:00")).to_string(), "2026-03-29 01:59:59");
        let some = shown("2026-03-29 03:00:00");
        assert_eq!((clock.not_after(some), clock.not_before(some)), (some, some));
    }
}
