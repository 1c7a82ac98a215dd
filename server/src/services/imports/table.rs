//! The report of an import as a workbook: one line for each rejected row and each warning.

use app::{
    directory::report::Remark,
    i18n::texts,
    model::{import::ImportReport, user::Language},
    pages::import::words::remark,
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A name of a sheet is not longer in an honest workbook, in characters.
const SHEET_NAME: usize = 100;

pub(super) fn write(report: &ImportReport, language: Language) -> Result<Vec<u8>, XlsxError> {
    let t = texts(language);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let bold = Format::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    let header = [
        (t.import_table_sheet(), 30),
        (t.import_table_row(), 8),
        (t.import_table_result(), 16),
        (t.import_table_remark(), 60),
    ];
    for ((text, width), column) in header.into_iter().zip(0..) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, text, &bold)?;
    }
    let rejected =
        report.rejected.iter().map(|line| (&line.sheet, line.row, t.import_rejected(), Remark::Rejected(line.reason)));
    let warned = report.warnings.iter().map(|line| {
        let said = match line.code.strip_prefix("conflict:") {
            Some(field) => Remark::Conflict(field.to_owned()),
            None => Remark::Warning(line.code.clone()),
        };
        (&line.sheet, line.row, t.import_warned(), said)
    });
    for ((name, row, result, said), line) in rejected.chain(warned).zip(1..) {
        sheet.write_string(line, 0, name.chars().take(SHEET_NAME).collect::<String>())?;
        sheet.write_number(line, 1, row)?;
        sheet.write_string(line, 2, result)?;
        sheet.write_string(line, 3, remark(t, &said))?;
    }
    workbook.save_to_buffer()
}
