//! Figures as a workbook: a sheet of operators, of queues, of the steps of the chart. Times are Excel's, in hours and minutes.

use app::{
    i18n::{Texts, texts},
    model::{
        statistics::{Figures, Statistics},
        user::Language,
        wire_time::date_text,
    },
};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

const DAY_S: f64 = 86_400.0;

pub(super) fn write(statistics: &Statistics, language: Language) -> Result<Vec<u8>, XlsxError> {
    let t = texts(language);
    let mut workbook = Workbook::new();
    let total = (t.statistics_total().to_owned(), &statistics.total);
    let operators = statistics.operators.iter().map(|operator| (operator.name.clone(), &operator.figures));
    let queues = statistics.queues.iter().map(|queue| (queue.queue.clone(), &queue.figures));
    if statistics.everybody {
        let sheet = workbook.add_worksheet().set_name(t.statistics_by_operator())?;
        table(sheet, t, t.statistics_operator(), operators.chain([total.clone()]))?;
    }
    let sheet = workbook.add_worksheet().set_name(t.statistics_by_queue())?;
    table(sheet, t, t.statistics_queue(), queues.chain([total]))?;
    let sheet = workbook.add_worksheet().set_name(t.statistics_by_time())?;
    head(sheet, &[t.statistics_from(), arrived(t, statistics.everybody), t.statistics_closed_all()])?;
    for (step, row) in statistics.steps.iter().zip(1..) {
        sheet.write_string(row, 0, date_text(step.from))?;
        sheet.write_number(row, 1, step.arrived)?;
        sheet.write_number(row, 2, step.closed)?;
    }
    workbook.save_to_buffer()
}

fn arrived(t: Texts, everybody: bool) -> &'static str {
    if everybody { t.statistics_arrived() } else { t.statistics_received() }
}

fn head(sheet: &mut Worksheet, names: &[&str]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    sheet.set_freeze_panes(1, 0)?;
    for (name, column) in names.iter().zip(0..) {
        sheet.set_column_width(column, if column == 0 { 30 } else { 14 })?;
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    Ok(())
}

fn table<'a>(
    sheet: &mut Worksheet,
    t: Texts,
    of: &str,
    lines: impl Iterator<Item = (String, &'a Figures)>,
) -> Result<(), XlsxError> {
    head(
        sheet,
        &[
            of,
            t.statistics_arrived(),
            t.statistics_taken(),
            t.statistics_answered(),
            t.statistics_closed(),
            t.statistics_rejected(),
            t.statistics_reopened(),
            t.statistics_first_answer_p50(),
            t.statistics_first_answer_p90(),
            t.statistics_close_p50(),
            t.statistics_close_p90(),
        ],
    )?;
    let time = Format::new().set_num_format("[h]:mm");
    for ((name, figures), row) in lines.zip(1..) {
        sheet.write_string(row, 0, name)?;
        let counts =
            [figures.arrived, figures.taken, figures.answered, figures.closed, figures.rejected, figures.reopened];
        for (count, column) in counts.into_iter().zip(1..) {
            sheet.write_number(row, column, count)?;
        }
        let times = [figures.first_answer_p50_s, figures.first_answer_p90_s, figures.close_p50_s, figures.close_p90_s];
        for (seconds, column) in times.into_iter().zip(7..) {
            if let Some(seconds) = seconds.and_then(|seconds| u32::try_from(seconds).ok()) {
                sheet.write_number_with_format(row, column, f64::from(seconds) / DAY_S, &time)?;
            }
        }
    }
    Ok(())
}
