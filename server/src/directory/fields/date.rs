//! First days at work, as text or as a date cell.

use time::{Date, Month};

/// A text that is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid;

/// `DD.MM.YYYY` or `YYYY-MM-DD`; nothing when nothing is there.
///
/// # Errors
/// [`Invalid`] for any other text and for days that do not exist.
pub fn parse(text: &str) -> Result<Option<Date>, Invalid> {
    let Some(text) = super::text::value(text) else {
        return Ok(None);
    };
    let bytes = text.as_bytes();
    let at = |from: usize, to: usize| number(&bytes[from..to]);
    let parts = match bytes.len() {
        10 if bytes[2] == b'.' && bytes[5] == b'.' => (at(6, 10), at(3, 5), at(0, 2)),
        10 if bytes[4] == b'-' && bytes[7] == b'-' => (at(0, 4), at(5, 7), at(8, 10)),
        _ => return Err(Invalid),
    };
    let (Some(year), Some(month), Some(day)) = parts else {
        return Err(Invalid);
    };
    calendar(year, month, day).map(Some).ok_or(Invalid)
}

fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')))
}

fn calendar(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    // There is no year 0.
    if year == 0 { None } else { Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok() }
}

/// The day of a serial number of a workbook that counts from 1900, or from 1904.
#[must_use]
pub fn from_serial(serial: f64, from_1904: bool) -> Option<Date> {
    const DAYS: std::ops::Range<f64> = 0.0..2_958_466.0;
    if !DAYS.contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked above; the time of day is dropped")]
    let days = serial as i64;
    let (epoch, days) = if from_1904 {
        (Date::from_calendar_date(1904, Month::January, 1), days)
    } else {
        // Day 60 is the 29th of February 1900, which Excel believes in.
        (Date::from_calendar_date(1899, Month::December, 31), if days > 60 { days - 1 } else { days })
    };
    let day = epoch.ok()?.checked_add(time::Duration::days(days))?;
    (1..=9999).contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn two_spellings_are_dates() {
        assert_eq!(parse("01.02.2015"), Ok(Some(date!(2015 - 02 - 01))));
        assert_eq!(parse("2015-02-01\u{a0}"), Ok(Some(date!(2015 - 02 - 01))));
        assert_eq!(parse("нет"), Ok(None));
    }

    #[test]
    fn other_texts_and_days_that_never_were_are_refused() {
        for text in
            ["31.02.2015", "00.00.0000", "01.01.0000", "в 2015 году", "1.2.2015", "2015.02.01", "45000", "01.02.20150"]
        {
            assert_eq!(parse(text), Err(Invalid), "{text}");
        }
    }

    #[test]
    fn serial_numbers_of_both_systems_are_dates() {
        assert_eq!(from_serial(39248.0, false), Some(date!(2007 - 06 - 15)));
        assert_eq!(from_serial(39248.75, false), Some(date!(2007 - 06 - 15)));
        assert_eq!(from_serial(1.0, false), Some(date!(1900 - 01 - 01)));
        assert_eq!(from_serial(61.0, false), Some(date!(1900 - 03 - 01)));
        assert_eq!(from_serial(37786.0, true), Some(date!(2007 - 06 - 15)));
        for serial in [-1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert_eq!(from_serial(serial, false), None);
        }
    }
}
