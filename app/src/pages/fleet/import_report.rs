//! What an import of servers would change, or has changed.

use leptos::prelude::*;

use crate::{
    components::Section,
    i18n::{Texts, grouped, use_texts},
    model::server_import::{ServerImportNote, ServerImportReport},
};

/// The whole report.
#[component]
pub fn Report(
    /// What it reports.
    report: ServerImportReport,
) -> impl IntoView {
    let t = use_texts();
    let title = if report.dry_run { t.import_preview_title() } else { t.fleet_import_done() };
    let rejected = u32::try_from(report.rejected.len()).unwrap_or(u32::MAX);
    let figures = [
        (report.created, t.fleet_import_created(), "figure figure--good"),
        (report.updated, t.fleet_import_updated(), "figure figure--accent"),
        (report.unchanged, t.fleet_import_unchanged(), "figure"),
        (rejected, t.fleet_import_rejected(), "figure figure--bad"),
    ];
    let figures = figures.map(|(count, words, class)| {
        view! {
            <div class=if count == 0 { "figure figure--none" } else { class }>
                <dt class="figure__words">{words}</dt>
                <dd class="figure__count">{grouped(t.language(), count.into())}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <div class="report">
            <h2 class="report__title">{title}</h2>
            <p class="report__file">{[&report.file, " · ", &t.import_rows(report.rows.into())].concat()}</p>
            {report.dry_run.then(|| view! { <p class="report__safe">{t.import_preview_text()}</p> }.into_any())}
            <dl class="figures">{Vec::from(figures)}</dl>
            <Names title=t.fleet_import_created() names=report.created_names />
            <Names title=t.fleet_import_updated() names=report.updated_names />
            <Notes title=t.import_rejected_title() text=t.import_rejected_text() notes=report.rejected />
            <Notes title=t.import_warnings_title() text=t.import_warnings_text() notes=report.warnings />
        </div>
    }
}

#[component]
fn Names(title: &'static str, names: Vec<String>) -> impl IntoView {
    (!names.is_empty()).then(|| {
        view! {
            <Section header=title>
                <p class="card__note">{names.join(", ")}</p>
            </Section>
        }
    })
}

#[component]
fn Notes(title: &'static str, text: &'static str, notes: Vec<ServerImportNote>) -> impl IntoView {
    let t = use_texts();
    (!notes.is_empty()).then(|| {
        let rows = notes.into_iter().map(move |note| {
            let place = t.fleet_import_row(note.row.into());
            let place = if note.server.is_empty() { place } else { [&place, ": ", &note.server].concat() };
            view! {
                <div class="row remark">
                    <span class="row__main">
                        <span class="row__title remark__words">{words(t, &note.code)}</span>
                        <span class="row__subtitle remark__place">{place}</span>
                    </span>
                </div>
            }
            .into_any()
        });
        view! {
            <Section header=title footer=text>
                {rows.collect_view()}
            </Section>
        }
    })
}

fn words(t: Texts, code: &str) -> String {
    match code {
        "missing_name" => t.fleet_note_missing_name(),
        "missing_address" => t.fleet_note_missing_address(),
        "address_invalid" => t.fleet_note_address_invalid(),
        "name_too_long" => t.fleet_note_name_too_long(),
        "duplicate" => t.fleet_note_duplicate(),
        "kind_unknown" => t.fleet_note_kind_unknown(),
        "target_invalid" => t.fleet_note_target_invalid(),
        "interval_invalid" => t.fleet_note_interval_invalid(),
        "parent_unknown" => t.fleet_note_parent_unknown(),
        "parent_circle" => t.fleet_note_parent_circle(),
        "responsible_unknown" => t.fleet_note_responsible_unknown(),
        "tags_invalid" => t.fleet_note_tags_invalid(),
        "unreadable" => t.fleet_note_unreadable(),
        "address_not_allowed" => t.fleet_note_address_not_allowed(),
        "column_unknown" => t.fleet_note_column_unknown(),
        other => return t.fleet_note_other(other),
    }
    .to_owned()
}
