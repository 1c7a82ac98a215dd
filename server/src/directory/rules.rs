//! What the rows of a sheet mean: the header, the kind of each row, and a person's row as a person.
//!
//! One file is judged by itself here. Who is named twice, and who is known already, is decided in `merge`.

mod header;
mod record;
mod row;

use app::model::import::{RejectReason, SheetSkipped};
pub use header::Header;
pub use record::{LINE_LIMIT, record};

use super::{
    fields::{Warnings, text},
    person::Person,
    workbook::{Row, Value},
};

/// A header is looked for in that many rows.
const HEADER_ROWS: u32 = 20;

/// A row that is somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Who; the e-mail is known unless `id` is.
    pub person: Person,
    /// The ID it has in our own export, whoever has it.
    pub id: Option<i64>,
    /// The reservations.
    pub warnings: Warnings,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// Nothing but perhaps a running number.
    Blank,
    /// The header once more.
    Header,
    /// A line of totals.
    Note,
    /// The department of the rows below; absent when it is a word for nothing.
    Separator(Option<String>),
    /// Somebody.
    Person(Box<Incoming>),
    /// Somebody of whom nothing is stored.
    Rejected(RejectReason),
}

/// Reads a sheet row by row.
#[derive(Debug, Default)]
pub struct SheetRules {
    header: Option<Header>,
    department: Option<String>,
    /// Some cell is filled.
    filled: bool,
    /// The number of the last row that is not blank.
    last: u32,
}

impl SheetRules {
    /// What the next row is; nothing for rows down to the header. Rows that are left out are blank.
    pub fn row(&mut self, row: &Row) -> Option<RowKind> {
        self.filled |= row.cells.iter().any(|cell| cell.value.is_filled());
        let Some(header) = &self.header else {
            if row.number <= HEADER_ROWS {
                self.header = Header::find(row);
            }
            return None;
        };
        let kind = kind(header, row, self.department.as_deref());
        if kind != RowKind::Blank {
            self.last = row.number;
        }
        if let RowKind::Separator(department) = &kind {
            self.department.clone_from(department);
        }
        Some(kind)
    }

    /// Whether no row can say anything more.
    #[must_use]
    pub fn is_decided(&self, row: &Row) -> bool {
        self.header.is_none() && self.filled && row.number >= HEADER_ROWS
    }

    /// Why the sheet is not read, or how many rows it has below the header, blank ones at the end not
    /// counted.
    ///
    /// # Errors
    /// The reason for skipping it.
    pub fn finish(&self) -> Result<u32, SheetSkipped> {
        match &self.header {
            Some(header) => Ok(self.last.saturating_sub(header.row())),
            None if self.filled => Err(SheetSkipped::NoHeader),
            None => Err(SheetSkipped::Empty),
        }
    }

    /// The header, once it is found.
    #[must_use]
    pub fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }
}

fn kind(header: &Header, row: &Row, department: Option<&str>) -> RowKind {
    let mut filled = row.cells.iter().filter(|cell| cell.value.is_filled() && !header.is_number(cell.column));
    let Some(first) = filled.next() else {
        return RowKind::Blank;
    };
    if header::known_texts(row) >= header::LEAST {
        return RowKind::Header;
    }
    if filled.next().is_none() {
        return single(&first.value);
    }
    match row::person(header, row, department) {
        Ok(incoming) => RowKind::Person(Box::new(incoming)),
        Err(reason) => RowKind::Rejected(reason),
    }
}

/// A row with one filled cell.
fn single(value: &Value) -> RowKind {
    let said = text::clean(&value.text());
    let lower = said.to_lowercase();
    if ["итого", "всего", "total"].iter().any(|word| lower.starts_with(word)) {
        return RowKind::Note;
    }
    RowKind::Separator(text::value(&said))
}

#[cfg(test)]
mod tests;
