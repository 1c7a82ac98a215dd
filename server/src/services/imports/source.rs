//! Reading a file: rows in the order of the file, handed over in portions. Runs in a thread of its own.

use std::{
    fs::File,
    io::{BufRead, BufReader, Cursor, Read, Seek},
    mem,
    path::Path,
};

use app::model::import::{ImportFile, RejectReason, Sheet, SheetSkipped};
use tokio::sync::mpsc;

use super::{FILE_LIMIT, Failure, report::Place};
use crate::directory::{
    rules::{Incoming, LINE_LIMIT, RowKind, SheetRules, record},
    workbook::{Refused, Wanted, Workbook},
};

/// Rows in one portion.
const PORTION: usize = 1_000;

/// A row of a person, or of somebody of whom nothing is stored.
pub(super) type PersonRow = (Place, Result<Box<Incoming>, RejectReason>);

/// What the reader hands over.
pub(super) enum Message {
    /// The next rows.
    Rows(Vec<PersonRow>),
    /// A sheet is done, and how many rows it has below its header.
    Sheet(Sheet, u32),
}

/// A file to be read.
pub(super) struct Source {
    name: String,
    content: Box<dyn Content>,
    size: u64,
}

trait Content: Read + Seek + Send {}
impl<C: Read + Seek + Send> Content for C {}

impl Source {
    pub(super) fn of_bytes(file: ImportFile) -> Self {
        let size = file.bytes.len() as u64;
        Self { name: file.name, content: Box::new(Cursor::new(file.bytes)), size }
    }

    pub(super) fn of_path(path: &Path) -> std::io::Result<Self> {
        Self::of_file(path.to_string_lossy().into_owned(), File::open(path)?)
    }

    pub(super) fn of_file(name: String, file: File) -> std::io::Result<Self> {
        let size = file.metadata()?.len();
        Ok(Self { name, content: Box::new(BufReader::new(file)), size })
    }

    /// Hands over everything. Ends early, without a failure, when nobody listens any more.
    pub(super) fn read(self, sender: &mpsc::Sender<Message>) -> Result<(), Failure> {
        let mut portions = Portions { sender, rows: Vec::new() };
        let extension = self.name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let outcome = if ["ndjson", "jsonl"].contains(&extension.as_str()) {
            records(BufReader::new(self.content), &mut portions)
        } else if self.size > FILE_LIMIT as u64 {
            return Err(Failure::FileTooLarge);
        } else {
            workbook(self.content, &mut portions)
        };
        match outcome.and_then(|()| portions.flush()) {
            Ok(()) | Err(Stop::NobodyListens) => Ok(()),
            Err(Stop::Refused(refused)) => Err(Failure::Refused(refused)),
            Err(Stop::Io(error)) => Err(error.into()),
        }
    }
}

enum Stop {
    NobodyListens,
    Refused(Refused),
    Io(std::io::Error),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

struct Portions<'a> {
    sender: &'a mpsc::Sender<Message>,
    rows: Vec<PersonRow>,
}

impl Portions<'_> {
    fn push(&mut self, row: PersonRow) -> Result<(), Stop> {
        self.rows.push(row);
        if self.rows.len() < PORTION { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<(), Stop> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = mem::take(&mut self.rows);
        self.send(Message::Rows(rows))
    }

    fn send(&self, message: Message) -> Result<(), Stop> {
        self.sender.blocking_send(message).map_err(|_| Stop::NobodyListens)
    }
}

fn workbook(content: impl Read + Seek, portions: &mut Portions<'_>) -> Result<(), Stop> {
    let mut workbook = Workbook::open(content)?;
    for index in 0..workbook.len() {
        let (name, hidden) = workbook.sheet(index);
        let name: String = name.chars().filter(|c| !c.is_control()).collect();
        let place = u32::try_from(index).unwrap_or(u32::MAX);
        let outcome = if hidden { Err(SheetSkipped::Hidden) } else { sheet(&mut workbook, index, place, portions)? };
        portions.flush()?;
        let (skipped, rows) = match outcome {
            Ok(rows) => (None, rows),
            Err(reason) => (Some(reason), 0),
        };
        portions.send(Message::Sheet(Sheet { name, skipped }, rows))?;
    }
    Ok(())
}

fn sheet(
    workbook: &mut Workbook<impl Read + Seek>,
    index: usize,
    place: u32,
    portions: &mut Portions<'_>,
) -> Result<Result<u32, SheetSkipped>, Stop> {
    let mut rules = SheetRules::default();
    workbook.rows(index, |row| {
        match rules.row(row) {
            Some(RowKind::Person(incoming)) => portions.push(((place, row.number), Ok(incoming)))?,
            Some(RowKind::Rejected(reason)) => portions.push(((place, row.number), Err(reason)))?,
            _ => {}
        }
        Ok::<_, Stop>(if rules.is_decided(row) { Wanted::Enough } else { Wanted::More })
    })?;
    Ok(rules.finish())
}

fn records(mut content: impl BufRead, portions: &mut Portions<'_>) -> Result<(), Stop> {
    let (mut line, mut number, mut rows) = (Vec::new(), 0_u32, 0_u32);
    while next_line(&mut content, &mut line)? {
        number += 1;
        if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        rows += 1;
        let row = if line.len() > LINE_LIMIT { Err(RejectReason::Unreadable) } else { record(&line).map(Box::new) };
        portions.push(((0, number), row))?;
    }
    portions.flush()?;
    portions.send(Message::Sheet(Sheet { name: String::new(), skipped: None }, rows))
}

/// The next line; of a line that is too long no more than shows that it is.
fn next_line(content: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let limit = LINE_LIMIT as u64 + 1;
    let read = content.by_ref().take(limit).read_until(b'\n', line)?;
    if read as u64 == limit && !line.ends_with(b"\n") {
        content.skip_until(b'\n')?;
    }
    Ok(read > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_skipped_whole() {
        let text = [vec![b'x'; 3 * LINE_LIMIT], b"\nshort\n\nlast".to_vec()].concat();
        let (mut content, mut line, mut lengths) = (text.as_slice(), Vec::new(), Vec::new());
        while next_line(&mut content, &mut line).unwrap() {
            lengths.push(line.len());
        }
        assert_eq!(lengths, [LINE_LIMIT + 1, 6, 1, 4]);
    }
}
