//! The clock on the wall of the OTRS host. Pure.
//!
//! OTRS writes and compares times as texts `YYYY-MM-DD HH:MM:SS` of its own zone, without naming it (126, 455-460).
//! In autumn such a text means two times, in spring some mean none. As its source says, a bound that names no time
//! finds nothing, like any text that it cannot read (173-178), and so does a first bound that is later than now, for
//! which it takes the later of two. So searches are planned in these texts, and bounds keep out of such hours.

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

    /// Where a search for what is new since this time has to begin: not after anything that the clock shows from then
    /// on. After a change back in autumn it shows again what it showed before.
    #[must_use]
    pub fn first_shown_from(&self, at: OffsetDateTime) -> HostTime {
        let now = self.shows(at);
        let ahead = self.neighbours(at).filter(|(when, ..)| *when >= at);
        let lowest = ahead.map(|(_, _, after)| after).filter(|after| *after < now).min();
        self.begin_at_or_before(lowest.unwrap_or(now))
    }

    /// Where a search for what is there by this time has to end.
    #[must_use]
    pub fn last_shown_until(&self, at: OffsetDateTime) -> HostTime {
        let now = self.shows(at);
        let behind = self.neighbours(at).filter(|(when, ..)| *when <= at);
        let highest = behind.map(|(_, before, _)| before).filter(|before| *before > now).max();
        self.end_at_or_after(highest.unwrap_or(now))
    }

    /// The last time up to this one at which a search can begin: one that the clock shows once.
    #[must_use]
    pub fn begin_at_or_before(&self, shown: HostTime) -> HostTime {
        self.odd_hour(shown).map_or(shown, |odd| odd.begins.plus_seconds(-1))
    }

    /// The first time from this one on at which a search can begin.
    #[must_use]
    pub fn begin_at_or_after(&self, shown: HostTime) -> HostTime {
        self.odd_hour(shown).map_or(shown, |odd| odd.ends)
    }

    /// The first time from this one on at which a search can end: one that the clock does show.
    #[must_use]
    pub fn end_at_or_after(&self, shown: HostTime) -> HostTime {
        self.odd_hour(shown).filter(|odd| odd.is_skipped).map_or(shown, |odd| odd.ends)
    }

    /// The last time up to this one at which a search can end.
    #[must_use]
    pub fn end_at_or_before(&self, shown: HostTime) -> HostTime {
        self.odd_hour(shown).filter(|odd| odd.is_skipped).map_or(shown, |odd| odd.begins.plus_seconds(-1))
    }

    /// The hour, skipped or shown twice, that this time is in.
    fn odd_hour(&self, shown: HostTime) -> Option<OddHour> {
        let second = jiff::SignedDuration::from_secs(1);
        match self.0.to_ambiguous_timestamp(shown.0).offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { before, after } => {
                // Reckoned by the old offset it is after the jump, or the jump itself.
                let late = before.to_timestamp(shown.0).ok()?;
                let jump = self.0.preceding(late + second).next()?.timestamp();
                let (begins, ends) = (HostTime(before.to_datetime(jump)), HostTime(after.to_datetime(jump)));
                Some(OddHour { begins, ends, is_skipped: true })
            }
            AmbiguousOffset::Fold { before, after } => {
                let early = before.to_timestamp(shown.0).ok()?;
                let jump = self.0.following(early).next()?.timestamp();
                let (begins, ends) = (HostTime(after.to_datetime(jump)), HostTime(before.to_datetime(jump)));
                Some(OddHour { begins, ends, is_skipped: false })
            }
        }
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

/// What the clock skips in spring or shows twice in autumn; the end is not part of it.
struct OddHour {
    begins: HostTime,
    ends: HostTime,
    is_skipped: bool,
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
        // Ten minutes before the clock goes back to 02:00, the next thing it may show is 02:00: begin before that hour.
        assert_eq!(clock.first_shown_from(datetime!(2026-10-25 00:50 UTC)).to_string(), "2026-10-25 01:59:59");
        assert_eq!(clock.first_shown_from(datetime!(2026-10-25 01:10 UTC)).to_string(), "2026-10-25 01:59:59");
        assert_eq!(clock.first_shown_from(datetime!(2026-10-25 02:00 UTC)).to_string(), "2026-10-25 03:00:00");
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
        let bounds = |text| {
            let shown = shown(text);
            let begins = (clock.begin_at_or_before(shown), clock.begin_at_or_after(shown));
            let ends = (clock.end_at_or_before(shown), clock.end_at_or_after(shown));
            [begins.0, begins.1, ends.0, ends.1].map(|bound| bound.to_string()[11..].to_owned())
        };
        for skipped in ["2026-03-29 02:00:00", "2026-03-29 02:30:00", "2026-03-29 02:59:59"] {
            assert_eq!(bounds(skipped), ["01:59:59", "03:00:00", "01:59:59", "03:00:00"], "{skipped}");
        }
        assert_eq!(bounds("2026-10-25 02:00:00"), ["01:59:59", "03:00:00", "02:00:00", "02:00:00"]);
        assert_eq!(bounds("2026-10-25 02:30:00"), ["01:59:59", "03:00:00", "02:30:00", "02:30:00"]);
        for usual in ["2026-03-29 01:59:59", "2026-03-29 03:00:00", "2026-10-25 03:00:00", "2026-07-01 12:00:00"] {
            assert_eq!(bounds(usual), [&usual[11..]; 4], "{usual}");
        }
    }
}
