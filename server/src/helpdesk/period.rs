//! Days of a period and the steps it is shown in, in the organisation's zone.
//!
//! A day begins when the clock on the wall shows midnight, or the first moment after it where the clock jumps over that; so days
//! have 23 to 25 hours where clocks are changed, and each moment is in one of them.

use app::model::statistics::{Days, Period, Step};
use jiff::{Timestamp, civil, tz::TimeZone};
use time::{Date, Duration, Month, OffsetDateTime};

/// More days than that are not summed up at once: three years.
const MOST: i64 = 3 * 366;
/// Up to so many days each has a step of its own: what a phone shows apart.
const MOST_DAYS: i64 = 35;
/// Up to so many days a week is a step.
const MOST_WEEKS: i64 = 200;

/// The first and the last day.
///
/// # Errors
/// The field and what is wrong with it: `before_beginning`, `too_long`.
pub fn days(days: Days, today: Date) -> Result<(Date, Date), (&'static str, &'static str)> {
    let first = |year, month| Date::from_calendar_date(year, month, 1).unwrap_or(today);
    let month = today.month();
    Ok(match days {
        Days::Of(Period::Today) => (today, today),
        Days::Of(Period::Week) => (today - Duration::days(6), today),
        Days::Of(Period::Month) => (first(today.year(), month), today),
        Days::Of(Period::LastMonth) => {
            let last = first(today.year(), month) - Duration::days(1);
            (first(last.year(), last.month()), last)
        }
        Days::Of(Period::Quarter) => {
            let begins = (u8::from(month) - 1) / 3 * 3 + 1;
            (first(today.year(), Month::try_from(begins).unwrap_or(month)), today)
        }
        Days::Of(Period::Year) => (first(today.year(), Month::January), today),
        Days::Between(from, to) if to < from => return Err(("to", "before_beginning")),
        Days::Between(from, to) if (to - from).whole_days() >= MOST => return Err(("to", "too_long")),
        Days::Between(from, to) => (from, to),
    })
}

/// How long the steps of so many days are.
#[must_use]
pub fn step(from: Date, to: Date) -> Step {
    let count = (to - from).whole_days() + 1;
    if count <= MOST_DAYS {
        Step::Day
    } else if count <= MOST_WEEKS {
        Step::Week
    } else {
        Step::Month
    }
}

/// The first days of the steps from one day to another. A step that the period cuts begins with the period.
#[must_use]
pub fn steps(from: Date, to: Date, step: Step) -> Vec<Date> {
    let begins = |day: &Date| match step {
        Step::Day => true,
        Step::Week => day.weekday() == time::Weekday::Monday,
        Step::Month => day.day() == 1,
    };
    let all = std::iter::successors(Some(from), |day| day.next_day()).take_while(|day| *day <= to);
    all.filter(|day| *day == from || begins(day)).collect()
}

/// The day it is.
#[must_use]
pub fn today(now: OffsetDateTime, zone: &TimeZone) -> Date {
    let at = Timestamp::from_second(now.unix_timestamp()).unwrap_or_default().to_zoned(zone.clone()).date();
    let month = u8::try_from(at.month()).ok().and_then(|month| Month::try_from(month).ok());
    let day = u8::try_from(at.day()).unwrap_or(1);
    month.and_then(|month| Date::from_calendar_date(at.year().into(), month, day).ok()).unwrap_or(now.date())
}

/// When a day begins.
#[must_use]
pub fn begin(day: Date, zone: &TimeZone) -> OffsetDateTime {
    let fallback = day.midnight().assume_utc();
    let civil = i16::try_from(day.year()).ok().and_then(|year| {
        let (month, day) = (u8::from(day.month()), day.day());
        civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    });
    let at = civil.and_then(|date| date.to_zoned(zone.clone()).ok());
    at.and_then(|at| OffsetDateTime::from_unix_timestamp(at.timestamp().as_second()).ok()).unwrap_or(fallback)
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    #[test]
    fn periods_have_their_days() {
        let today = date!(2026 - 11 - 20);
        for (period, from, to) in [
            (Period::Today, today, today),
            (Period::Week, date!(2026 - 11 - 14), today),
            (Period::Month, date!(2026 - 11 - 01), today),
            (Period::LastMonth, date!(2026 - 10 - 01), date!(2026 - 10 - 31)),
            (Period::Quarter, date!(2026 - 10 - 01), today),
            (Period::Year, date!(2026 - 01 - 01), today),
        ] {
            assert_eq!(days(Days::Of(period), today), Ok((from, to)), "{period:?}");
        }
        let january = days(Days::Of(Period::LastMonth), date!(2027 - 01 - 31));
        assert_eq!(january, Ok((date!(2026 - 12 - 01), date!(2026 - 12 - 31))));
    }

    #[test]
    fn days_in_the_wrong_order_and_too_many_are_refused() {
        let between = |from, to| days(Days::Between(from, to), date!(2026 - 11 - 20));
        assert_eq!(between(date!(2026 - 11 - 02), date!(2026 - 11 - 01)), Err(("to", "before_beginning")));
        assert_eq!(between(date!(2020 - 01 - 01), date!(2026 - 11 - 01)), Err(("to", "too_long")));
        assert!(between(date!(2026 - 11 - 01), date!(2026 - 11 - 01)).is_ok());
    }

    #[test]
    fn steps_cover_the_period() {
        let (from, to) = (date!(2026 - 11 - 01), date!(2026 - 11 - 30));
        assert_eq!((step(from, to), steps(from, to, Step::Day).len()), (Step::Day, 30));
        // A quarter that begins on a Thursday: its first step is a short week.
        let (from, to) = (date!(2026 - 10 - 01), date!(2026 - 12 - 31));
        let weeks = steps(from, to, step(from, to));
        assert_eq!((weeks.len(), weeks[0], weeks[1]), (14, from, date!(2026 - 10 - 05)));
        let (from, to) = (date!(2026 - 01 - 15), date!(2026 - 12 - 31));
        let months = steps(from, to, step(from, to));
        assert_eq!((months.len(), months[0], months[1]), (12, from, date!(2026 - 02 - 01)));
    }

    #[test]
    fn days_are_those_of_the_zone() {
        let moscow = zone("Europe/Moscow");
        assert_eq!(today(datetime!(2026-11-20 20:59:59 UTC), &moscow), date!(2026 - 11 - 20));
        assert_eq!(today(datetime!(2026-11-20 21:00:00 UTC), &moscow), date!(2026 - 11 - 21));
        assert_eq!(begin(date!(2026 - 11 - 21), &moscow), datetime!(2026-11-20 21:00:00 UTC));
    }

    #[test]
    fn where_clocks_are_changed_days_are_shorter_or_longer() {
        let berlin = zone("Europe/Berlin");
        let hours = |day: Date| (begin(day.next_day().expect("a day"), &berlin) - begin(day, &berlin)).whole_hours();
        assert_eq!(hours(date!(2026 - 03 - 29)), 23);
        assert_eq!(hours(date!(2026 - 10 - 25)), 25);
        // Here midnight itself was left out: the day begins at one o'clock.
        let cairo = zone("Africa/Cairo");
        assert_eq!(begin(date!(2026 - 04 - 24), &cairo), datetime!(2026-04-23 22:00:00 UTC));
    }
}
