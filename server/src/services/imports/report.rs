//! Counting what an import does. Whatever the file is like, the lists stay short.

use app::model::{
    employee::ChangeKind,
    import::{ImportReport, PersonChange, RejectReason, Rejected, Sheet, Warning},
};

use crate::directory::fields::Warnings;

/// Of rejected rows and of rows with warnings, that many are listed; the rest is only counted.
const LISTED: usize = 50_000;
/// That many changes are shown.
const SHOWN: usize = 500;

/// Where a row is: the place of the sheet in the workbook, and the number of the row.
pub(super) type Place = (u32, u32);

/// What was counted so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sheets: Vec<Sheet>,
    rows: u32,
    pub(super) created: u32,
    pub(super) updated: u32,
    pub(super) merged: u32,
    pub(super) unchanged: u32,
    pub(super) restored: u32,
    pub(super) absent: u32,
    rejected: Vec<(Place, RejectReason)>,
    rejected_more: u32,
    warnings: Vec<(Place, Warnings)>,
    warnings_more: u32,
    changes: Vec<PersonChange>,
    changes_total: u32,
}

impl Tally {
    /// A sheet is done; it has that many rows below its header.
    pub(super) fn sheet(&mut self, sheet: Sheet, rows: u32) {
        self.sheets.push(sheet);
        self.rows = self.rows.saturating_add(rows);
    }

    pub(super) fn reject(&mut self, place: Place, reason: RejectReason) {
        if self.rejected.len() < LISTED {
            self.rejected.push((place, reason));
        } else {
            self.rejected_more += 1;
        }
    }

    pub(super) fn warn(&mut self, place: Place, warnings: Warnings) {
        if warnings.is_empty() {
        } else if self.warnings.len() < LISTED {
            self.warnings.push((place, warnings));
        } else {
            self.warnings_more += count(warnings.codes());
        }
    }

    /// Somebody changes; `describe` is asked only while changes are shown.
    pub(super) fn change(&mut self, kind: ChangeKind, describe: impl FnOnce() -> PersonChange) {
        match kind {
            ChangeKind::Created => self.created += 1,
            ChangeKind::Restored => self.restored += 1,
            _ => self.updated += 1,
        }
        self.changes_total += 1;
        if self.changes.len() < SHOWN {
            self.changes.push(describe());
        }
    }

    /// The report, rows in order, each warning once per row.
    pub(super) fn into_report(mut self, file: String, dry_run: bool) -> ImportReport {
        let name =
            |(sheet, _): Place| self.sheets.get(sheet as usize).map(|sheet| sheet.name.clone()).unwrap_or_default();
        self.rejected.sort_by_key(|(place, _)| *place);
        let rejected = self.rejected.iter();
        let rejected: Vec<_> =
            rejected.map(|&(place, reason)| Rejected { sheet: name(place), row: place.1, reason }).collect();
        self.warnings.sort_by_key(|(place, _)| *place);
        let mut warnings: Vec<Warning> = Vec::new();
        for row in self.warnings.chunk_by(|(one, _), (other, _)| one == other) {
            let mut all = Warnings::default();
            row.iter().for_each(|(_, warnings)| all.extend(*warnings));
            let place = row[0].0;
            warnings.extend(all.codes().map(|code| Warning {
                sheet: name(place),
                row: place.1,
                code: code.to_owned(),
            }));
        }
        ImportReport {
            id: None,
            dry_run,
            file,
            rows: self.rows,
            created: self.created,
            updated: self.updated,
            merged: self.merged,
            unchanged: self.unchanged,
            restored: self.restored,
            absent: self.absent,
            rejected_total: self.rejected_more + count(rejected.iter()),
            rejected,
            warnings_total: self.warnings_more + count(warnings.iter()),
            warnings,
            changes: self.changes,
            changes_total: self.changes_total,
            sheets: self.sheets,
        }
    }
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
