//! The parts of the package: found by name, inflated under limits that are counted, not believed.

use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, BufRead, Read, Seek, SeekFrom},
    rc::Rc,
};

use zip::ZipArchive;

use super::{PARTS_LIMIT, Refused, UNPACKED_LIMIT};

const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// The longest tag or text that is read in one piece.
const EVENT_LIMIT: usize = 1 << 20;

/// An open package.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    names: HashMap<String, usize>,
    budget: Rc<Budget>,
}

/// What may still be inflated.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
    exceeded: Cell<bool>,
}

impl Budget {
    /// Takes from what is left.
    pub(super) fn spend(&self, bytes: u64) -> Result<(), Refused> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(self.exceed()),
        }
    }

    fn exceed(&self) -> Refused {
        self.exceeded.set(true);
        Refused::TooLarge
    }
}

impl<R: Read + Seek> Archive<R> {
    pub(super) fn open(mut file: R) -> Result<Self, Refused> {
        examine(&mut file).map_err(|_| Refused::NotAWorkbook)??;
        let zip = ZipArchive::new(file).map_err(|_| Refused::NotAWorkbook)?;
        if zip.decompressed_size().is_some_and(|size| size > u128::from(UNPACKED_LIMIT)) {
            return Err(Refused::TooLarge);
        }
        let names =
            (0..zip.len()).filter_map(|index| Some((canonical(&zip.name_for_index(index)?.ok()?), index))).collect();
        Ok(Self { zip, names, budget: Rc::new(Budget { left: Cell::new(UNPACKED_LIMIT), exceeded: Cell::new(false) }) })
    }

    /// What may still be inflated.
    pub(super) fn budget(&self) -> Rc<Budget> {
        self.budget.clone()
    }

    /// A part, if it is there: at most `limit` bytes of it. Only a counted part takes from the budget, so
    /// that reading a part for the second time is free.
    pub(super) fn part(
        &mut self,
        path: &str,
        limit: u64,
        counted: Counted,
    ) -> Result<Option<Part<impl Read + '_>>, Refused> {
        let Some(index) = self.names.get(&canonical(path)).copied() else {
            return Ok(None);
        };
        let file = self.zip.by_index(index).map_err(|_| Refused::NotAWorkbook)?;
        Ok(Some(Part {
            inner: file,
            buffer: vec![0; 64 << 10].into_boxed_slice(),
            at: 0,
            end: 0,
            limit,
            event: 0,
            counted,
            budget: self.budget.clone(),
        }))
    }
}

/// Whether a part takes from the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Yes,
    Again,
}

fn canonical(path: &str) -> String {
    path.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// Looks at the raw bytes once: what sort of file it is, and how many parts it can list at most. The
/// archive's own count is not believed, because every listed part takes memory.
fn examine(file: &mut impl ReadSeek) -> io::Result<Result<(), Refused>> {
    const LISTED: [u8; 4] = *b"PK\x01\x02";
    let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    let (mut buffer, mut kept) = (vec![0; 256 << 10], 0);
    let (mut first, mut ole, mut listed) = (true, false, 0);
    file.seek(SeekFrom::Start(0))?;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        if read == 0 {
            break;
        }
        let seen = &buffer[..kept + read];
        if first {
            first = false;
            ole = seen.starts_with(&OLE);
            if !ole && !seen.starts_with(b"PK") {
                return Ok(Err(Refused::NotAWorkbook));
            }
        }
        if ole && seen.windows(encrypted.len()).any(|window| window == encrypted) {
            return Ok(Err(Refused::Encrypted));
        }
        listed += seen.windows(4).filter(|window| *window == LISTED).count();
        if listed > PARTS_LIMIT {
            return Ok(Err(Refused::TooLarge));
        }
        // A mark may lie across the border of two pieces; what is kept is shorter than one, so that
        // none is counted twice.
        let keep = if ole { encrypted.len() - 1 } else { 3 }.min(seen.len());
        let from = seen.len() - keep;
        buffer.copy_within(from..from + keep, 0);
        kept = keep;
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(if ole { Err(Refused::Xls) } else { Ok(()) })
}

trait ReadSeek: Read + Seek {}
impl<R: Read + Seek> ReadSeek for R {}

/// A part while it is inflated.
pub(super) struct Part<R> {
    inner: R,
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
    limit: u64,
    event: usize,
    counted: Counted,
    budget: Rc<Budget>,
}

impl<R> Part<R> {
    /// From here on another [`EVENT_LIMIT`] bytes may be read.
    pub(super) fn begin_event(&mut self) {
        self.event = 0;
    }

    /// What a failure while reading means.
    pub(super) fn refused(&self) -> Refused {
        if self.budget.exceeded.get() { Refused::TooLarge } else { Refused::NotAWorkbook }
    }
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let read = available.len().min(into.len());
        into[..read].copy_from_slice(&available[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Part<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.at = 0;
            self.end = self.inner.read(&mut self.buffer)?;
            let read = self.end as u64;
            let spent = match self.counted {
                Counted::Yes => self.budget.spend(read).is_ok(),
                Counted::Again => true,
            };
            let Some(limit) = self.limit.checked_sub(read).filter(|_| spent) else {
                self.budget.exceed();
                return Err(io::Error::other("the part is too large"));
            };
            self.limit = limit;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.event += amount;
        if self.event > EVENT_LIMIT {
            // The next piece is not handed over any more.
            self.budget.exceed();
            self.limit = 0;
            self.at = self.end;
        }
    }
}
