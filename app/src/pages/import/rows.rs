//! Rows that were rejected or stored with remarks, sheet by sheet; and the sheets themselves.

use leptos::prelude::*;

use super::words;
use crate::{
    components::{Badge, Row, RowText, Section},
    directory::report::{Group, row_ranges},
    i18n::use_texts,
    model::import::Sheet,
};

/// Groups of rows under one title; nothing when there are none.
#[component]
pub fn Rows(
    /// What they have in common.
    title: &'static str,
    /// What that means.
    text: &'static str,
    /// The groups in order.
    groups: Vec<Group>,
) -> impl IntoView {
    let t = use_texts();
    (!groups.is_empty()).then(|| {
        let rows = groups.into_iter().map(move |group| {
            let at = row_ranges(&group.rows);
            let at = if group.rows.len() == 1 { t.import_row_at(&at) } else { t.import_rows_at(&at) };
            let place = if group.sheet.is_empty() { at } else { [group.sheet.as_str(), ": ", &at].concat() };
            let count = crate::i18n::grouped(t.language(), u64::try_from(group.rows.len()).unwrap_or(u64::MAX));
            view! {
                <div class="row remark">
                    <span class="row__main">
                        <span class="row__title remark__words">{words::remark(t, &group.remark)}</span>
                        <span class="row__subtitle remark__place">{place}</span>
                    </span>
                    <span class="row__after">
                        <Badge text=count />
                    </span>
                </div>
            }
            .into_any()
        });
        view! { <Section header=title footer=text>{rows.collect_view()}</Section> }
    })
}

/// The sheets of the workbook and what became of them.
#[component]
pub fn Sheets(
    /// In workbook order.
    sheets: Vec<Sheet>,
) -> impl IntoView {
    let t = use_texts();
    (!sheets.is_empty()).then(|| {
        view! {
            <Section header=t.import_sheets()>
                {sheets
                    .into_iter()
                    .map(move |sheet| {
                        view! {
                            <Row>
                                <RowText title=sheet.name subtitle=words::sheet(t, sheet.skipped) />
                            </Row>
                        }
                    })
                    .collect_view()}
            </Section>
        }
    })
}
