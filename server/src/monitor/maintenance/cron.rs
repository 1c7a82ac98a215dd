//! Cron expressions of five fields: lists, ranges, steps and English names, as in `crontab(5)`.
//!
//! When both the day of the month and the day of the week are restricted, either of them is enough.

use jiff::civil;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Days and times of day: a bit for each number that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    either_day: bool,
}

impl Pattern {
    /// Reads an expression; nothing when it is none.
    pub fn parse(expression: &str) -> Option<Self> {
        let mut fields = expression.split_ascii_whitespace();
        let mut next = || fields.next();
        let (minutes, hours, days, months, weekdays) = (next()?, next()?, next()?, next()?, next()?);
        if next().is_some() {
            return None;
        }
        let either_day = !days.starts_with('*') && !weekdays.starts_with('*');
        let weekdays = field(weekdays, 0, 7, &WEEKDAYS)?;
        Some(Self {
            minutes: field(minutes, 0, 59, &[])?,
            hours: field(hours, 0, 23, &[])?,
            days: field(days, 1, 31, &[])?,
            months: field(months, 1, 12, &MONTHS)?,
            // Sunday is 0 and 7.
            weekdays: weekdays | weekdays >> 7 & 1,
            either_day,
        })
    }

    /// On these days of the week, 1 is Monday, at that time.
    pub fn weekly(days: &[u8], hour: u8, minute: u8) -> Self {
        let all = |from: u32, to: u32| (from..=to).fold(0, |bits, number| bits | 1_u64 << number);
        Self {
            minutes: 1 << minute,
            hours: 1 << hour,
            days: all(1, 31),
            months: all(1, 12),
            weekdays: days.iter().fold(0, |bits, day| bits | 1 << (day % 7)),
            either_day: false,
        }
    }

    /// Whether anything happens on that day.
    pub fn has_day(&self, date: civil::Date) -> bool {
        let month = has(self.months, date.month());
        let day = has(self.days, date.day());
        let weekday = has(self.weekdays, date.weekday().to_sunday_zero_offset());
        month && if self.either_day { day || weekday } else { day && weekday }
    }

    /// Hours and minutes of that day, the earliest first.
    pub fn times_on(&self, date: civil::Date) -> impl Iterator<Item = (i8, i8)> {
        let pattern = *self;
        let hours = (0..24).filter(move |hour| has(pattern.hours, *hour) && pattern.has_day(date));
        hours.flat_map(move |hour| {
            (0..60).filter(move |minute| has(pattern.minutes, *minute)).map(move |minute| (hour, minute))
        })
    }
}

fn has(bits: u64, number: i8) -> bool {
    bits >> number & 1 == 1
}

/// A field: `*`, `5`, `1-5`, `mon-fri`, `*/15`, `10-40/10`, `1,3,5`. Never empty.
fn field(text: &str, least: u8, most: u8, names: &[&str]) -> Option<u64> {
    text.split(',').try_fold(0, |bits, part| Some(bits | range(part, least, most, names)?))
}

fn range(part: &str, least: u8, most: u8, names: &[&str]) -> Option<u64> {
    let (span, step) = match part.split_once('/') {
        Some((span, step)) => (span, number(step).filter(|step| *step > 0)?),
        None => (part, 1),
    };
    let value = |text: &str| match names.iter().position(|name| text.eq_ignore_ascii_case(name)) {
        Some(position) => u8::try_from(position).ok().map(|position| position + least),
        None => number(text).filter(|number| (least..=most).contains(number)),
    };
    let (from, to) = match span.split_once('-') {
        _ if span == "*" => (least, most),
        Some((from, to)) => (value(from)?, value(to)?),
        // `5/10` would mean something else in each implementation.
        None if part.contains('/') => return None,
        None => (value(span)?, value(span)?),
    };
    (from <= to).then(|| (from..=to).step_by(step.into()).fold(0, |bits, number| bits | 1 << number))
}

fn number(text: &str) -> Option<u8> {
    text.bytes().all(|c| c.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
