//! Reading an Office Open XML workbook from a stranger: sheets in order, rows one after the other, memory
//! bounded whatever the file claims about itself.
//!
//! Only what the import needs is read: stored values, merged cells, hidden sheets, which numbers are dates.
//! What a row means is decided in `rules`.

mod archive;
mod cell;
mod merged;
mod parts;
mod sheet;
mod strings;
mod styles;
mod xml;

use std::io::{Read, Seek};

use archive::Archive;
pub use cell::{Cell, Row, Value};
use parts::SheetPart;
use strings::Strings;
use styles::Formats;

/// More bytes of all parts together, counted while they are inflated, are not read.
pub const UNPACKED_LIMIT: u64 = 512 << 20;
/// Parts that stay in memory may have this many bytes each.
const KEPT_LIMIT: u64 = 64 << 20;
/// More parts than this are not listed, and more sheets not read.
const PARTS_LIMIT: usize = 10_000;

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The format of Excel up to 2003.
    Xls,
    /// A workbook behind a password.
    Encrypted,
    /// Anything else, damaged workbooks included.
    NotAWorkbook,
    /// It unpacks to more than is read.
    TooLarge,
}

/// An open workbook.
pub struct Workbook<R> {
    archive: Archive<R>,
    sheets: Vec<SheetPart>,
    strings: Strings,
    formats: Formats,
}

impl<R: Read + Seek> Workbook<R> {
    /// Reads what is needed before the first sheet.
    ///
    /// # Errors
    /// [`Refused`] when it is no workbook, or too large a one.
    pub fn open(file: R) -> Result<Self, Refused> {
        let mut archive = Archive::open(file)?;
        let index = parts::read(&mut archive)?;
        let formats = match &index.styles {
            Some(path) => styles::read(&mut archive, path, index.from_1904)?,
            None => Formats::new(index.from_1904),
        };
        let strings = match &index.strings {
            Some(path) => strings::read(&mut archive, path)?,
            None => Strings::default(),
        };
        Ok(Self { archive, sheets: index.sheets, strings, formats })
    }

    /// How many sheets it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sheets.len()
    }

    /// Whether it has no sheet at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// The name of a sheet, and whether it is hidden.
    #[must_use]
    pub fn sheet(&self, index: usize) -> (&str, bool) {
        (&self.sheets[index].name, self.sheets[index].hidden)
    }

    /// Hands over the rows that have a filled cell or an error value, top down, until `visit` says stop.
    ///
    /// # Errors
    /// [`Refused`] when the sheet is damaged or too large, and whatever `visit` fails with.
    pub fn rows<E: From<Refused>>(
        &mut self,
        index: usize,
        mut visit: impl FnMut(&Row) -> Result<Wanted, E>,
    ) -> Result<(), E> {
        let Some(path) = self.sheets[index].path.clone() else {
            return Ok(());
        };
        let merged = merged::read(&mut self.archive, &path)?;
        sheet::read(&mut self.archive, &path, merged, &self.strings, &self.formats, &mut visit)
    }
}

/// Whether more rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The next row, please.
    More,
    /// This was enough.
    Enough,
}

#[cfg(test)]
mod tests;
