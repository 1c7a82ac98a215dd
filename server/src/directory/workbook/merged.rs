//! Merged cells. A sheet lists them behind its rows, so it is read twice.

use std::{
    io::{Read, Seek},
    rc::Rc,
};

use quick_xml::events::Event;

use super::{
    Refused, UNPACKED_LIMIT,
    archive::{Archive, Budget, Counted},
    cell::{Cell, Row, Value},
    sheet,
    xml::{Xml, attribute},
};

/// More merged ranges than this are not kept.
const RANGES_LIMIT: usize = 1_000_000;

#[derive(Clone, Copy, Debug)]
struct Range {
    from_row: u32,
    to_row: u32,
    from_column: u16,
    to_column: u16,
}

/// The merged ranges of a sheet while its rows go by.
pub(super) struct Merged {
    /// By first row, the next one last.
    ahead: Vec<Range>,
    active: Vec<(Range, Option<Value>)>,
    budget: Rc<Budget>,
}

pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>, path: &str) -> Result<Merged, Refused> {
    let budget = archive.budget();
    let part = archive.part(path, UNPACKED_LIMIT, Counted::Yes)?.ok_or(Refused::NotAWorkbook)?;
    let (mut xml, mut ahead) = (Xml::new(part), Vec::new());
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "mergeCell" => {
                if let Some(range) = attribute(&start, "ref")?.and_then(|text| parse(&text)) {
                    ahead.push(range);
                }
                if ahead.len() > RANGES_LIMIT {
                    return Err(Refused::TooLarge);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    ahead.sort_unstable_by_key(|range| std::cmp::Reverse((range.from_row, range.from_column)));
    Ok(Merged { ahead, active: Vec::new(), budget })
}

fn parse(text: &str) -> Option<Range> {
    let (from, to) = text.split_once(':')?;
    let ((from_row, from_column), (to_row, to_column)) = (sheet::position(from)?, sheet::position(to)?);
    let range = Range {
        from_row: from_row.min(to_row),
        to_row: from_row.max(to_row),
        from_column: from_column.min(to_column),
        to_column: from_column.max(to_column),
    };
    (range.from_row < range.to_row || range.from_column < range.to_column).then_some(range)
}

impl Merged {
    /// Gives the cells of the row the values they are shown with: a range over several rows of one
    /// column repeats its value, of any other range only the top left cell counts.
    pub(super) fn apply(&mut self, row: &mut Row) -> Result<(), Refused> {
        self.active.retain(|(range, _)| range.to_row >= row.number);
        // Ranges that lie upon each other make every row dear; what they cost is bounded like the rest.
        self.budget.spend((self.active.len() * (16 + row.cells.len())) as u64)?;
        for (range, value) in &self.active {
            remove(&mut row.cells, range.from_column, range.to_column);
            if let Some(value) = value {
                self.budget.spend(value.weight())?;
                insert(&mut row.cells, range.from_column, value.clone());
            }
        }
        while let Some(range) = self.ahead.pop_if(|range| range.from_row <= row.number) {
            // A range whose first row has no cells shows nothing.
            let starts_here = range.from_row == row.number;
            let own = row.cells.iter().find(|cell| cell.column == range.from_column && starts_here);
            let value = own.map(|cell| cell.value.clone()).filter(|_| range.from_column == range.to_column);
            if starts_here && range.from_column < range.to_column {
                remove(&mut row.cells, range.from_column + 1, range.to_column);
            }
            if range.to_row > row.number {
                if !starts_here {
                    remove(&mut row.cells, range.from_column, range.to_column);
                }
                self.active.push((range, value));
            }
        }
        Ok(())
    }

    /// The rows between two that are stored, both excluded, in which a merged value shows.
    pub(super) fn between(&self, after: u32, before: u32) -> std::ops::Range<u32> {
        let last = self.active.iter().filter(|(_, value)| value.is_some()).map(|(range, _)| range.to_row).max();
        after + 1..last.map_or(0, |last| last + 1).min(before)
    }
}

fn remove(cells: &mut Vec<Cell>, from: u16, to: u16) {
    cells.retain(|cell| cell.column < from || cell.column > to);
}

fn insert(cells: &mut Vec<Cell>, column: u16, value: Value) {
    let at = cells.partition_point(|cell| cell.column < column);
    cells.insert(at, Cell { column, value });
}
