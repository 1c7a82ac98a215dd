//! When planned windows are open.
//!
//! Windows begin by the clock on the wall and last for so long by a stopwatch. Where the clock is put forward over
//! the beginning, the window opens as much later; where it is put back, it opens once, the first time.
//! Openings of one schedule may overlap: then the one that began last counts.

mod cron;

use app::model::maintenance::{Schedule, Window};
use cron::Pattern;
use jiff::{Timestamp, ToSpan as _, civil, tz::TimeZone};
use time::{Duration, OffsetDateTime};

/// A week: longer windows are planned once.
const MOST_MINUTES: u32 = 10_080;
/// What is planned once may last a year: longer is not maintenance.
const MOST_ONCE: Duration = Duration::days(366);
/// A pattern that hits no day of eight years (29 February around 2100) never does.
const DAYS_AHEAD: i32 = 8 * 366;

/// Whether the schedule can be kept.
///
/// # Errors
/// The field of the schedule and what is wrong with it: `before_beginning`, `too_long`, `days`, `time`, `minutes`,
/// `cron`, or `never` for an expression that no day fits.
pub fn check(schedule: &Schedule) -> Result<(), (&'static str, &'static str)> {
    match schedule {
        Schedule::Once { from, to } if to <= from => Err(("to", "before_beginning")),
        Schedule::Once { from, to } if *to - *from > MOST_ONCE => Err(("to", "too_long")),
        Schedule::Once { .. } => Ok(()),
        Schedule::Weekly { minutes, .. } | Schedule::Cron { minutes, .. } => {
            let pattern = pattern(schedule)?;
            if !(1..=MOST_MINUTES).contains(minutes) {
                return Err(("minutes", "minutes"));
            }
            let days = days(civil::date(2096, 1, 1), DAYS_AHEAD);
            if days.into_iter().any(|day| pattern.has_day(day)) { Ok(()) } else { Err(("expression", "never")) }
        }
    }
}

/// The window that is open now.
#[must_use]
pub fn window_at(schedule: &Schedule, now: OffsetDateTime, zone: &TimeZone) -> Option<Window> {
    match schedule {
        Schedule::Once { from, to } => Some(Window { from: *from, to: *to }).filter(|_| *from <= now && now < *to),
        Schedule::Weekly { minutes, .. } | Schedule::Cron { minutes, .. } => {
            let pattern = pattern(schedule).ok()?;
            let length = Duration::minutes((*minutes).into());
            let today = local_date(now, zone)?;
            // One more day each way, since zones differ and clocks jump.
            let back = i32::try_from(length.whole_days()).ok()? + 2;
            let mut days = (-1..=back).filter_map(|back| today.checked_sub(back.days()).ok());
            days.find_map(|day| openings(&pattern, day, zone).filter(|at| *at <= now).max())
                .map(|from| Window { from, to: from + length })
                .filter(|window| now < window.to)
        }
    }
}

/// The next window that is still to open.
#[must_use]
pub fn next_window(schedule: &Schedule, now: OffsetDateTime, zone: &TimeZone) -> Option<Window> {
    match schedule {
        Schedule::Once { from, to } => Some(Window { from: *from, to: *to }).filter(|_| now < *from),
        Schedule::Weekly { minutes, .. } | Schedule::Cron { minutes, .. } => {
            let pattern = pattern(schedule).ok()?;
            let yesterday = local_date(now, zone)?.yesterday().ok()?;
            days(yesterday, DAYS_AHEAD)
                .into_iter()
                .find_map(|day| openings(&pattern, day, zone).filter(|at| *at > now).min())
                .map(|from| Window { from, to: from + Duration::minutes((*minutes).into()) })
        }
    }
}

/// A schedule that repeats as what it repeats by: both kinds are days and times.
fn pattern(schedule: &Schedule) -> Result<Pattern, (&'static str, &'static str)> {
    match schedule {
        Schedule::Cron { expression, .. } => Pattern::parse(expression).ok_or(("expression", "cron")),
        Schedule::Weekly { days, at, .. } => {
            if days.is_empty() || days.iter().any(|day| !(1..=7).contains(day)) {
                return Err(("days", "days"));
            }
            let (hour, minute) = time_of_day(at).ok_or(("at", "time"))?;
            Ok(Pattern::weekly(days, hour, minute))
        }
        Schedule::Once { .. } => Err(("", "once")),
    }
}

/// `HH:MM`.
fn time_of_day(text: &str) -> Option<(u8, u8)> {
    let (hour, minute) = text.split_once(':')?;
    let number = |text: &str, limit| {
        let two = text.len() == 2 && text.bytes().all(|c| c.is_ascii_digit());
        text.parse().ok().filter(|number: &u8| two && *number < limit)
    };
    Some((number(hour, 24)?, number(minute, 60)?))
}

/// When it opens on a day, by the clock there.
fn openings(pattern: &Pattern, day: civil::Date, zone: &TimeZone) -> impl Iterator<Item = OffsetDateTime> {
    pattern.times_on(day).filter_map(move |(hour, minute)| {
        let local = day.at(hour, minute, 0, 0);
        let at = zone.to_ambiguous_timestamp(local).compatible().ok()?;
        OffsetDateTime::from_unix_timestamp(at.as_second()).ok()
    })
}

fn local_date(at: OffsetDateTime, zone: &TimeZone) -> Option<civil::Date> {
    Some(zone.to_datetime(Timestamp::from_second(at.unix_timestamp()).ok()?).date())
}

fn days(from: civil::Date, count: i32) -> impl IntoIterator<Item = civil::Date> {
    from.series(1.day()).take(count.unsigned_abs() as usize)
}

#[cfg(test)]
mod tests;
