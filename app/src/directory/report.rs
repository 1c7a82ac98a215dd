//! An import report as people read it: sheet by sheet, each reason once with the rows it concerns.

use crate::model::import::{ImportReport, RejectReason};

/// What is said about rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Nothing of the rows is stored.
    Rejected(RejectReason),
    /// Stored with a reservation: the code without its field.
    Warning(String),
    /// The field's value differs and was not taken: its name on the wire.
    Conflict(String),
}

/// One remark and the rows of one sheet it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Sheet name; empty for NDJSON.
    pub sheet: String,
    /// What is said.
    pub remark: Remark,
    /// Rows, counted from 1, in order.
    pub rows: Vec<u32>,
}

/// Rejected rows by sheet and reason, in the order they first appear.
#[must_use]
pub fn rejected(report: &ImportReport) -> Vec<Group> {
    grouped(report.rejected.iter().map(|line| (&line.sheet, Remark::Rejected(line.reason), line.row)))
}

/// Warnings by sheet and code, in the order they first appear.
#[must_use]
pub fn warnings(report: &ImportReport) -> Vec<Group> {
    grouped(report.warnings.iter().map(|line| (&line.sheet, remark(&line.code), line.row)))
}

/// Rows as ranges: `3–5, 9`.
#[must_use]
pub fn row_ranges(rows: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match ranges.last_mut() {
            Some((_, to)) if *row == *to + 1 => *to = *row,
            _ => ranges.push((*row, *row)),
        }
    }
    let texts: Vec<String> = ranges
        .into_iter()
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") })
        .collect();
    texts.join(", ")
}

/// How far something is, in whole per cent; nothing when the end is not known.
#[must_use]
pub fn percent(done: u32, total: Option<u32>) -> Option<u32> {
    let total = u64::from(total.filter(|total| *total > 0)?);
    u32::try_from((u64::from(done) * 100 / total).min(100)).ok()
}

fn remark(code: &str) -> Remark {
    match code.strip_prefix("conflict:") {
        Some(field) => Remark::Conflict(field.into()),
        None => Remark::Warning(code.into()),
    }
}

fn grouped<'a>(lines: impl Iterator<Item = (&'a String, Remark, u32)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (sheet, remark, row) in lines {
        match groups.iter_mut().find(|group| group.sheet == *sheet && group.remark == remark) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { sheet: sheet.clone(), remark, rows: vec![row] }),
        }
    }
    // By sheet in workbook order; within a sheet the most frequent first.
    let sheets: Vec<String> = groups.iter().map(|group| group.sheet.clone()).collect();
    groups.sort_by_key(|group| {
        (sheets.iter().position(|sheet| *sheet == group.sheet), std::cmp::Reverse(group.rows.len()))
    });
    groups
}

#[cfg(test)]
mod tests {
    use super::{Remark, percent, rejected, row_ranges, warnings};
    use crate::model::import::{ImportReport, RejectReason, Rejected, Warning};

    fn report() -> ImportReport {
        let reject = |sheet: &str, row, reason| Rejected { sheet: sheet.into(), row, reason };
        let warn = |row, code: &str| Warning { sheet: "IT".into(), row, code: code.into() };
        ImportReport {
            rejected: vec![
                reject("Москва", 3, RejectReason::Vacancy),
                reject("IT", 2, RejectReason::MissingEmail),
                reject("Москва", 8, RejectReason::MissingName),
                reject("Москва", 9, RejectReason::MissingName),
            ],
            warnings: vec![warn(4, "conflict:room"), warn(5, "phone_invalid"), warn(7, "phone_invalid")],
            ..ImportReport::default()
        }
    }

    #[test]
    fn the_most_frequent_reason_of_a_sheet_is_first() {
        let groups = rejected(&report());
        let short: Vec<_> = groups.iter().map(|group| (group.sheet.as_str(), group.rows.as_slice())).collect();
        assert_eq!(short, [("Москва", &[8, 9][..]), ("Москва", &[3]), ("IT", &[2])]);
    }

    #[test]
    fn a_conflict_names_its_field() {
        let groups = warnings(&report());
        assert_eq!(groups[0].remark, Remark::Warning("phone_invalid".into()));
        assert_eq!(groups[1].remark, Remark::Conflict("room".into()));
    }

    #[test]
    fn neighbouring_rows_are_a_range() {
        assert_eq!(row_ranges(&[3, 4, 5, 9, 11, 12]), "3–5, 9, 11–12");
        assert_eq!(row_ranges(&[]), "");
    }

    #[test]
    fn progress_never_passes_the_end() {
        assert_eq!(percent(50, Some(200)), Some(25));
        assert_eq!(percent(300, Some(200)), Some(100));
        assert_eq!(percent(5, None), None);
        assert_eq!(percent(5, Some(0)), None);
    }
}
