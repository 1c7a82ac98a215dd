//! Cells and rows as they are stored.

use std::borrow::Cow;

use time::Date;

use crate::directory::fields::text;

/// Excel keeps at most 32 767 characters in a cell; what is longer is cut here.
pub(super) const TEXT_BYTES: usize = 4 * 32_767;

/// The stored value of a cell that has one.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A number or text that is shown as a date; absent when it is outside the calendar.
    Date(Option<Date>),
    /// An error such as `#REF!`.
    Error,
}

impl Value {
    /// What the cell says as text. Whole numbers have neither fraction nor exponent; errors say nothing.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number_text(*number)),
            Self::Date(Some(day)) => Cow::Owned(day.to_string()),
            Self::Date(None) | Self::Error => Cow::Borrowed(""),
        }
    }

    /// Whether something can be seen in the cell.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        match self {
            Self::Text(text) => !text::is_blank(text),
            Self::Number(_) | Self::Date(_) => true,
            Self::Error => false,
        }
    }

    pub(super) fn weight(&self) -> u64 {
        match self {
            Self::Text(text) => 16 + text.len() as u64,
            _ => 16,
        }
    }
}

fn number_text(number: f64) -> String {
    if number.fract() == 0.0 {
        return format!("{number:.0}");
    }
    // Excel shows fifteen digits; more of them are noise of the binary fraction.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// A cell that is filled or has an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Counted from 0.
    pub column: u16,
    /// What is in it.
    pub value: Value,
}

/// A row with at least one [`Cell`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Counted from 1, as people see it.
    pub number: u32,
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// Text of a workbook writes what XML cannot hold as `_x000D_`: UTF-16 in hexadecimal.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find("_x") else {
        return Cow::Borrowed(text);
    };
    let mut units: Vec<u16> = text[..first].encode_utf16().collect();
    let mut rest = &text[first..];
    while let Some(c) = rest.chars().next() {
        let unit = rest.get(..7).filter(|code| code.starts_with("_x") && code.ends_with('_')).and_then(|code| {
            let digits = &code[2..6];
            let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            u16::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
        });
        match unit {
            Some(unit) => {
                units.push(unit);
                rest = &rest[7..];
            }
            None => {
                units.extend(c.encode_utf16(&mut [0; 2]).iter());
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_see_them() {
        let table = [
            (84_951_234_567.0, "84951234567"),
            (305.0, "305"),
            (-3.0, "-3"),
            (0.0, "0"),
            (1e20, "100000000000000000000"),
            (305.1, "305.1"),
            (305.1_f64.next_up(), "305.1"),
            (0.1 + 0.2, "0.3"),
        ];
        for (number, text) in table {
            assert_eq!(Value::Number(number).text(), text);
        }
    }

    #[test]
    fn escaped_characters_are_read() {
        let table = [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_!", "📷!"),
            ("_x00ZZ_ _x", "_x00ZZ_ _x"),
            ("_x000Dя", "_x000Dя"),
            ("_x+00D_", "_x+00D_"),
        ];
        for (stored, text) in table {
            assert_eq!(unescape(stored), text);
        }
    }

    #[test]
    fn white_space_and_errors_fill_no_cell() {
        assert!(!Value::Text(" \u{a0}\n".into()).is_filled() && !Value::Error.is_filled());
        assert!(Value::Text("-".into()).is_filled() && Value::Number(0.0).is_filled());
    }
}
