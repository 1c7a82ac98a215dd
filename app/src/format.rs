//! Times, dates and sizes as people read them. The clock and the zone are arguments: the first HTML is
//! in the organisation's zone, the browser then shows its own.

use time::{Date, OffsetDateTime, UtcOffset};

use crate::{i18n::Texts, model::user::Language};

/// How long ago, up to a day; then the date.
#[must_use]
pub fn relative(t: Texts, at: OffsetDateTime, now: OffsetDateTime, zone: UtcOffset) -> String {
    // A clock that is slightly behind the server's must not show a time to come.
    let seconds = u64::try_from((now - at).whole_seconds()).unwrap_or_default();
    match seconds {
        0..30 => t.time_now().to_owned(),
        30..60 => t.time_seconds_ago(seconds),
        60..3_600 => t.time_minutes_ago(seconds / 60),
        3_600..86_400 => t.time_hours_ago(seconds / 3_600),
        _ => date(t, at.to_offset(zone).date(), now.to_offset(zone).date()),
    }
}

/// A day, with its year only when that is not the current one.
#[must_use]
pub fn date(t: Texts, day: Date, today: Date) -> String {
    if day.year() == today.year() { t.time_day_month(&day.day().to_string(), month(t, day)) } else { full_date(t, day) }
}

/// A day with its year.
#[must_use]
pub fn full_date(t: Texts, day: Date) -> String {
    t.time_day_month_year(&day.day().to_string(), month(t, day), &day.year().to_string())
}

/// Day and month in figures, as they stand below a chart.
#[must_use]
pub fn day_month(day: Date) -> String {
    two_digits(day.day()) + "." + &two_digits(day.month().into())
}

/// The exact time with its zone, for who wants to know.
#[must_use]
pub fn exact(t: Texts, at: OffsetDateTime, zone: UtcOffset) -> String {
    t.time_exact(&full_date(t, at.to_offset(zone).date()), &clock(at, zone), &zone_name(zone))
}

/// Day and time of day, for what is older than a day.
#[must_use]
pub fn date_clock(t: Texts, at: OffsetDateTime, now: OffsetDateTime, zone: UtcOffset) -> String {
    t.time_date_clock(&date(t, at.to_offset(zone).date(), now.to_offset(zone).date()), &clock(at, zone))
}

/// Hours and minutes.
#[must_use]
pub fn clock(at: OffsetDateTime, zone: UtcOffset) -> String {
    let at = at.to_offset(zone);
    two_digits(at.hour()) + ":" + &two_digits(at.minute())
}

/// A size of a file: bytes, then kB and MB of 1024.
#[must_use]
pub fn size(t: Texts, bytes: u64) -> String {
    const KILO: u64 = 1024;
    const MEGA: u64 = KILO * KILO;
    match bytes {
        0..KILO => t.size_bytes(bytes),
        KILO..MEGA => t.size_kilobytes(&tenths(t, bytes, KILO)),
        _ => t.size_megabytes(&tenths(t, bytes, MEGA)),
    }
}

/// A quotient with one decimal below ten, none above.
fn tenths(t: Texts, bytes: u64, unit: u64) -> String {
    let tenths = (bytes * 10 + unit / 2) / unit;
    if tenths >= 100 || tenths.is_multiple_of(10) {
        return crate::i18n::grouped(t.language(), tenths / 10);
    }
    let point = if t.language() == Language::Ru { "," } else { "." };
    (tenths / 10).to_string() + point + &(tenths % 10).to_string()
}

fn month(t: Texts, day: Date) -> &'static str {
    t.time_months().split(',').nth(usize::from(u8::from(day.month())) - 1).unwrap_or_default()
}

fn two_digits(number: u8) -> String {
    let text = number.to_string();
    if number < 10 { "0".to_owned() + &text } else { text }
}

fn zone_name(zone: UtcOffset) -> String {
    let minutes = i32::from(zone.whole_minutes());
    if minutes == 0 {
        return "UTC".to_owned();
    }
    let mut name = "UTC".to_owned() + if minutes < 0 { "−" } else { "+" };
    let minutes = minutes.unsigned_abs();
    name += &(minutes / 60).to_string();
    if !minutes.is_multiple_of(60) {
        name += ":";
        name += &(minutes % 60).to_string();
    }
    name
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset};

    use super::{clock, exact, relative, size};
    use crate::{
        i18n::texts,
        model::user::Language::{En, Ru},
    };

    #[test]
    fn a_time_is_relative_up_to_a_day_and_then_a_date() {
        let now = datetime!(2026-11-20 12:00:00 UTC);
        for (at, shown) in [
            (datetime!(2026-11-20 12:00:05 UTC), "только что"),
            (datetime!(2026-11-20 11:59:31 UTC), "только что"),
            (datetime!(2026-11-20 11:59:28 UTC), "32 с назад"),
            (datetime!(2026-11-20 11:01:00 UTC), "59 мин назад"),
            (datetime!(2026-11-19 12:00:01 UTC), "23 ч назад"),
            (datetime!(2026-11-18 22:00:00 UTC), "19 ноября"),
            (datetime!(2025-02-01 09:00:00 UTC), "1 февраля 2025"),
        ] {
            assert_eq!(relative(texts(Ru), at, now, offset!(+3)), shown);
        }
    }

    #[test]
    fn the_exact_time_names_its_zone() {
        let at = datetime!(2026-11-20 21:05:00 UTC);
        assert_eq!(exact(texts(En), at, offset!(+3)), "21 November 2026, 00:05 (UTC+3)");
        assert_eq!(exact(texts(En), at, offset!(-3:30)), "20 November 2026, 17:35 (UTC−3:30)");
        assert_eq!(clock(at, offset!(UTC)), "21:05");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(texts(Ru), 900), "900 Б");
        assert_eq!(size(texts(Ru), 1_536), "1,5 КБ");
        assert_eq!(size(texts(En), 33_554_432), "32 MB");
        assert_eq!(size(texts(En), 3_250_586), "3.1 MB");
    }
}
