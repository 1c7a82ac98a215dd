//! Times and dates on the wire: RFC 3339 in UTC, and `YYYY-MM-DD`.
//!
//! Only these two shapes exist here. The parsers of the `time` crate know every other one as well, and a
//! browser would have to load them.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serializer, de};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// Reads `2026-11-20T07:17:28.5Z`, also with an offset such as `+03:00` (RFC 3339, 5.6).
#[must_use]
pub fn time(text: &str) -> Option<OffsetDateTime> {
    let (day, rest) = text.split_once(['T', 't', ' '])?;
    let (clock, zone) = rest.split_at_checked(rest.find(['Z', 'z', '+', '-'])?)?;
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let nanosecond = match fraction {
        None => 0,
        Some(digits) if digits.is_empty() || digits.len() > 9 => return None,
        Some(digits) => number(digits)? * 10_u32.pow(9 - u32::try_from(digits.len()).ok()?),
    };
    let clock = Time::from_hms_nano(short(hour)?, short(minute)?, short(second)?, nanosecond).ok()?;
    let offset = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => UtcOffset::UTC,
        (sign, zone) => {
            let [hours, minutes] = numbers(zone, ':', [2, 2])?;
            let minutes = i32::try_from(hours * 60 + minutes).ok()?;
            UtcOffset::from_whole_seconds(if sign == "-" { -60 } else { 60 } * minutes).ok()?
        }
    };
    Some(PrimitiveDateTime::new(date(day)?, clock).assume_offset(offset))
}

/// Reads `2026-11-20`.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
    Date::from_calendar_date(i32::try_from(year).ok()?, Month::try_from(short(month)?).ok()?, short(day)?).ok()
}

/// Writes a time in UTC: `2026-11-20T07:17:28.5Z`.
#[must_use]
pub fn time_text(at: OffsetDateTime) -> String {
    let at = at.to_offset(UtcOffset::UTC);
    let mut text = date_text(at.date());
    for (before, part) in [("T", at.hour()), (":", at.minute()), (":", at.second())] {
        text += before;
        push_padded(&mut text, part.into(), 2);
    }
    if at.nanosecond() > 0 {
        text += ".";
        push_padded(&mut text, at.nanosecond(), 9);
        text.truncate(text.trim_end_matches('0').len());
    }
    text + "Z"
}

/// Writes a date: `2026-11-20`.
#[must_use]
pub fn date_text(day: Date) -> String {
    let mut text = String::new();
    push_padded(&mut text, day.year().unsigned_abs(), 4);
    for part in [u8::from(day.month()), day.day()] {
        text += "-";
        push_padded(&mut text, part.into(), 2);
    }
    text
}

fn push_padded(text: &mut String, number: u32, width: usize) {
    let digits = number.to_string();
    text.extend(std::iter::repeat_n('0', width.saturating_sub(digits.len())));
    text.push_str(&digits);
}

fn numbers<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[u32; N]> {
    let mut pieces = text.split(separator);
    let mut read = [0; N];
    for (number_read, width) in read.iter_mut().zip(widths) {
        let piece = pieces.next().filter(|piece| piece.len() == width)?;
        *number_read = number(piece)?;
    }
    pieces.next().is_none().then_some(read)
}

fn number(digits: &str) -> Option<u32> {
    // `parse` would take a sign as well.
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn short(number: u32) -> Option<u8> {
    u8::try_from(number).ok()
}

/// For `#[serde(with)]` on a time. Serde asks for a reference.
pub(crate) fn serialize<S: Serializer>(at: &OffsetDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time_text(*at))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OffsetDateTime, D::Error> {
    let text = <Cow<'de, str>>::deserialize(deserializer)?;
    time(&text).ok_or_else(|| de::Error::custom("a time is RFC 3339"))
}

/// For `#[serde(with)]` on a time that may be missing.
pub(crate) mod option {
    use super::{Cow, Deserialize, Deserializer, OffsetDateTime, Serializer, de, time, time_text};

    pub(crate) fn serialize<S: Serializer>(at: &Option<OffsetDateTime>, serializer: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => serializer.serialize_some(&time_text(*at)),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<OffsetDateTime>, D::Error> {
        let text = <Option<Cow<'de, str>>>::deserialize(deserializer)?;
        text.map(|text| time(&text).ok_or_else(|| de::Error::custom("a time is RFC 3339"))).transpose()
    }
}

/// For `#[serde(with)]` on a date. The browser reads with a parser of its own.
pub(crate) mod day {
    use super::{Date, Serializer, date_text};

    pub(crate) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&date_text(*day))
    }

    #[cfg(not(feature = "hydrate"))]
    pub(crate) fn deserialize<'de, D: super::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        use super::{Cow, Deserialize, date, de};

        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        date(&text).ok_or_else(|| de::Error::custom("a date is YYYY-MM-DD"))
    }
}

/// For `#[serde(with)]` on a date that may be missing.
pub(crate) mod optional_date {
    use super::{Cow, Date, Deserialize, Deserializer, Serializer, date, date_text, de};

    pub(crate) fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.serialize_some(&date_text(*day)),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let text = <Option<Cow<'de, str>>>::deserialize(deserializer)?;
        text.map(|text| date(&text).ok_or_else(|| de::Error::custom("a date is YYYY-MM-DD"))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date as day, datetime};

    use super::{date, date_text, time, time_text};

    #[test]
    fn times_are_read_in_every_spelling_of_the_rfc() {
        for (text, at) in [
            ("2026-11-20T07:17:28Z", datetime!(2026-11-20 07:17:28 UTC)),
            ("2026-11-20t07:17:28z", datetime!(2026-11-20 07:17:28 UTC)),
            ("2026-11-20 07:17:28.5+03:00", datetime!(2026-11-20 04:17:28.5 UTC)),
            ("2026-11-20T07:17:28.123456789-03:30", datetime!(2026-11-20 10:47:28.123456789 UTC)),
        ] {
            assert_eq!(time(text), Some(at), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_time() {
        for text in [
            "",
            "2026-11-20",
            "2026-11-20T07:17Z",
            "2026-11-20T07:17:28",
            "2026-11-20T25:17:28Z",
            "2026-11-20T07:17:28.Z",
            "2026-11-20T07:17:28.1234567890Z",
            "2026-11-20T+7:17:28Z",
            "2026-11-20T07:17:28+3",
            "2026-02-30T07:17:28Z",
            "2026-11-20T07:17:28é",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_three_numbers() {
        assert_eq!(date("2015-02-01"), Some(day!(2015 - 02 - 01)));
        for text in ["31.02.2015", "2015-2-1", "2015-02-30", "2015-02-01-", "+015-02-01"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_short_and_reads_back() {
        let at = datetime!(0987-01-02 03:04:05.0607 +1);
        assert_eq!(time_text(at), "0987-01-02T02:04:05.0607Z");
        assert_eq!(time(&time_text(at)), Some(at));
        assert_eq!(time_text(datetime!(2026-11-20 07:00 UTC)), "2026-11-20T07:00:00Z");
        assert_eq!(date_text(day!(2015 - 02 - 01)), "2015-02-01");
    }
}
