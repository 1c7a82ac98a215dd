//! The rows of a sheet, one after the other.

use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};

use super::{
    Refused, UNPACKED_LIMIT, Wanted,
    archive::{Archive, Counted},
    cell::{Cell, Row, TEXT_BYTES, Value, unescape},
    merged::Merged,
    strings::Strings,
    styles::Formats,
    xml::{Xml, attribute},
};
use crate::directory::fields::date;

const ROWS: u32 = 1_048_576;
const COLUMNS: u16 = 16_384;
/// All texts of one row may have this many bytes.
const ROW_BYTES: usize = 4 << 20;

pub(super) fn read<R: Read + Seek, E: From<Refused>>(
    archive: &mut Archive<R>,
    path: &str,
    mut merged: Merged,
    strings: &Strings,
    formats: &Formats,
    visit: &mut impl FnMut(&Row) -> Result<Wanted, E>,
) -> Result<(), E> {
    let part = archive.part(path, UNPACKED_LIMIT, Counted::Again)?.ok_or(Refused::NotAWorkbook)?;
    let mut rows = Rows { xml: Xml::new(part), strings, formats, last: 0, text: String::new() };
    let mut row = Row::default();
    let mut shown = 0;
    loop {
        let more = rows.next(&mut row)?;
        let here = if more { row.number } else { u32::MAX };
        for number in merged.between(shown, here) {
            let mut between = Row { number, cells: Vec::new() };
            merged.apply(&mut between)?;
            if !between.cells.is_empty() && visit(&between)? == Wanted::Enough {
                return Ok(());
            }
        }
        if !more {
            return Ok(());
        }
        shown = here;
        merged.apply(&mut row)?;
        if !row.cells.is_empty() && visit(&row)? == Wanted::Enough {
            return Ok(());
        }
    }
}

struct Rows<'a, R> {
    xml: Xml<R>,
    strings: &'a Strings,
    formats: &'a Formats,
    /// The number of the row before.
    last: u32,
    text: String,
}

impl<R: Read> Rows<'_, R> {
    /// The next row, empty ones included; false behind the last one.
    fn next(&mut self, row: &mut Row) -> Result<bool, Refused> {
        row.cells.clear();
        loop {
            let start = match self.xml.next()? {
                Event::Start(start) => start,
                Event::Eof => return Ok(false),
                _ => continue,
            };
            if start.local_name().as_ref() == "row" {
                let number = match attribute(&start, "r")? {
                    Some(number) => number.parse().map_err(|_| Refused::NotAWorkbook)?,
                    None => self.last + 1,
                };
                // Rows stand in order; a file that says otherwise is damaged.
                if number <= self.last || number > ROWS {
                    return Err(Refused::NotAWorkbook);
                }
                (row.number, self.last) = (number, number);
                self.cells(row)?;
                return Ok(true);
            }
        }
    }

    fn cells(&mut self, row: &mut Row) -> Result<(), Refused> {
        let (mut column, mut bytes) = (0, 0);
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "c" => {
                    let head = Head::read(&start)?;
                    column = head.column.unwrap_or(column);
                    if column >= COLUMNS || row.cells.len() >= usize::from(COLUMNS) {
                        return Err(Refused::NotAWorkbook);
                    }
                    if let Some(value) = self.value(&head)? {
                        if let Value::Text(text) = &value {
                            bytes += text.len();
                        }
                        if bytes > ROW_BYTES {
                            return Err(Refused::TooLarge);
                        }
                        put(&mut row.cells, Cell { column, value });
                    }
                    column += 1;
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(Refused::NotAWorkbook),
                _ => {}
            }
        }
    }

    /// The value of the cell whose start was read last, if it has one.
    fn value(&mut self, head: &Head) -> Result<Option<Value>, Refused> {
        let mut stored = false;
        self.text.clear();
        loop {
            match self.xml.next()? {
                Event::Start(start) => {
                    // Inline text is in `is`, everything else in `v`.
                    let wanted = if head.kind == Kind::Inline { "is" } else { "v" };
                    if start.local_name().as_ref() == wanted {
                        stored = true;
                        self.xml.text(&mut self.text, TEXT_BYTES)?;
                    } else {
                        self.xml.skip()?;
                    }
                }
                Event::End(_) => break,
                Event::Eof => return Err(Refused::NotAWorkbook),
                _ => {}
            }
        }
        if !stored || self.text.is_empty() {
            return Ok(None);
        }
        let text = self.text.as_str();
        let value = match head.kind {
            Kind::Shared => {
                text.trim().parse().ok().and_then(|at| self.strings.get(at)).map(|s| Value::Text(s.to_owned()))
            }
            Kind::Inline | Kind::Text => Some(Value::Text(unescape(text).into_owned())),
            Kind::Bool => Some(Value::Text(if text.trim() == "0" { "FALSE" } else { "TRUE" }.to_owned())),
            Kind::Error => Some(Value::Error),
            Kind::Date => Some(Value::Date(text.get(..10).and_then(|day| date::parse(day).ok().flatten()))),
            Kind::Number => match text.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) if self.formats.is_date(head.format) => {
                    Some(Value::Date(date::from_serial(number, self.formats.from_1904)))
                }
                Some(number) => Some(Value::Number(number)),
                None => Some(Value::Text(text.to_owned())),
            },
        };
        Ok(value.filter(|value| *value == Value::Error || value.is_filled()))
    }
}

fn put(cells: &mut Vec<Cell>, cell: Cell) {
    let at = cells.partition_point(|other| other.column < cell.column);
    match cells.get(at) {
        Some(other) if other.column == cell.column => {}
        _ => cells.insert(at, cell),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Shared,
    Inline,
    Text,
    Bool,
    Error,
    Date,
    Number,
}

/// What the start of a cell says about it.
struct Head {
    column: Option<u16>,
    kind: Kind,
    format: usize,
}

impl Head {
    fn read(start: &BytesStart<'_>) -> Result<Self, Refused> {
        let mut head = Self { column: None, kind: Kind::Number, format: 0 };
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refused::NotAWorkbook)?;
            match attribute.key.as_ref() {
                "r" => head.column = Some(position(&attribute.value).ok_or(Refused::NotAWorkbook)?.1),
                "s" => head.format = attribute.value.parse().unwrap_or(0),
                "t" => {
                    head.kind = match attribute.value.as_ref() {
                        "s" => Kind::Shared,
                        "inlineStr" => Kind::Inline,
                        "str" => Kind::Text,
                        "b" => Kind::Bool,
                        "e" => Kind::Error,
                        "d" => Kind::Date,
                        _ => Kind::Number,
                    }
                }
                _ => {}
            }
        }
        Ok(head)
    }
}

/// The row (from 1) and column (from 0) of a reference such as `B12` or `$B$12`.
pub(super) fn position(reference: &str) -> Option<(u32, u16)> {
    let reference = reference.strip_prefix('$').unwrap_or(reference);
    let letters = reference.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, row) = reference.split_at(letters);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        Some(column * 26 + digit).filter(|column| *column <= u32::from(COLUMNS))
    })?;
    let row = row.strip_prefix('$').unwrap_or(row).parse().ok().filter(|row| (1..=ROWS).contains(row))?;
    Some((row, u16::try_from(column.checked_sub(1)?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn references_name_row_and_column() {
        let table = [
            ("A1", Some((1, 0))),
            ("$B$12", Some((12, 1))),
            ("XFD1048576", Some((1_048_576, 16_383))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("AAAAAAAAAAAA1", None),
            ("A", None),
            ("1", None),
            ("", None),
        ];
        for (reference, expected) in table {
            assert_eq!(position(reference), expected, "{reference}");
        }
    }
}
