//! What an import changes, or has changed: the figures, the sheets, the people, the rows.

use leptos::prelude::*;

use super::{
    rows::{Rows, Sheets},
    words,
};
use crate::{
    backend::{Backend, Imports as _},
    components::{Badge, Button, ButtonKind, Icon, LinkButton, Section, Tone},
    directory::{
        links::{Search, card},
        report::{rejected, warnings},
    },
    i18n::{Texts, use_texts},
    model::{
        employee::ChangeKind,
        ids::ImportId,
        import::{ImportReport, PersonChange},
    },
    pages::{employee::use_download, employee_history::Differences},
};

/// The whole report.
#[component]
pub fn Report(
    /// What it reports.
    report: ImportReport,
) -> impl IntoView {
    let t = use_texts();
    let title = if report.dry_run { t.import_preview_title() } else { t.import_report_title() };
    let nothing = report.changes_total == 0;
    let rejected = rejected(&report);
    let warnings = warnings(&report);
    let id = report.id;
    let done = !report.dry_run;
    let subtitle = [report.file.clone(), t.import_rows(u64::from(report.rows))];
    let subtitle: Vec<String> = subtitle.into_iter().filter(|text| !text.is_empty()).collect();
    view! {
        <div class="report">
            <h2 class="report__title">{title}</h2>
            <p class="report__file">{subtitle.join(" · ")}</p>
            {report.dry_run.then(|| view! { <p class="report__safe">{t.import_preview_text()}</p> }.into_any())}
            <Figures report=report.clone() />
            {nothing.then(|| view! { <p class="report__nothing">{t.import_nothing()}</p> }.into_any())}
            {done
                .then(|| {
                    view! {
                        <p class="report__ways">
                            <LinkButton label=t.import_open_directory() href="/employees" />
                            {id.map(|id| view! { <Download id=id /> })}
                        </p>
                    }.into_any()
                })}
            <People total=report.changes_total changes=report.changes dry_run=report.dry_run />
            <Rows title=t.import_rejected_title() text=t.import_rejected_text() groups=rejected />
            <Rows title=t.import_warnings_title() text=t.import_warnings_text() groups=warnings />
            <Sheets sheets=report.sheets />
            {(!done).then(|| id.map(|id| view! { <Download id=id /> }))}
        </div>
    }
}

#[component]
fn Figures(report: ImportReport) -> impl IntoView {
    let t = use_texts();
    let mut warned: Vec<_> = report.warnings.iter().map(|warning| (&warning.sheet, warning.row)).collect();
    warned.dedup();
    let warned = u32::try_from(warned.len()).unwrap_or(u32::MAX);
    let (updated, restored) = if report.dry_run {
        (t.import_updated(), t.import_restored())
    } else {
        (t.import_updated_done(), t.import_restored_done())
    };
    let figures = [
        (report.created, t.import_created(), "figure figure--good"),
        (report.updated, updated, "figure figure--accent"),
        (report.restored, restored, "figure figure--accent"),
        (report.unchanged, t.import_unchanged(), "figure"),
        (report.merged, t.import_merged(), "figure"),
        (report.rejected_total, t.import_rejected(), "figure figure--bad"),
        (warned, t.import_warned(), "figure figure--warning"),
        (report.absent, t.import_absent(), "figure"),
    ];
    let shown = figures.into_iter().map(|(count, words, class)| {
        let class = if count == 0 { "figure figure--none" } else { class };
        let count = crate::i18n::grouped(t.language(), u64::from(count));
        view! {
            <div class=class>
                <dt class="figure__words">{words}</dt>
                <dd class="figure__count">{count}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <dl class="figures">{shown.collect_view()}</dl>
        {(report.absent > 0).then(|| view! { <p class="report__hint">{t.import_absent_hint()}</p> }.into_any())}
    }
}

#[component]
fn People(changes: Vec<PersonChange>, total: u32, dry_run: bool) -> impl IntoView {
    let t = use_texts();
    let shown = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    let footer = if total > shown { t.import_people_first(u64::from(shown), u64::from(total)) } else { String::new() };
    (!changes.is_empty()).then(|| {
        view! {
            <Section header=t.import_people() footer=footer>
                {changes
                    .into_iter()
                    .map(|change| view! { <Person change=change dry_run=dry_run /> })
                    .collect_view()}
            </Section>
        }
    })
}

/// One person; the fields unfold.
#[component]
fn Person(change: PersonChange, dry_run: bool) -> impl IntoView {
    let t = use_texts();
    let open = change.kind != ChangeKind::Created;
    let link = change.id.filter(|_| !dry_run).map(|id| {
        view! { <LinkButton label=t.edit_taken_open() href=card(id, &Search::default()) kind=ButtonKind::Plain /> }
    });
    view! {
        <details class="affected" open=open>
            <summary class="affected__head">
                <span class="affected__name">{change.full_name}</span>
                <Badge text=words::kind(t, change.kind, dry_run) tone=tone(change.kind) />
            </summary>
            <Differences fields=change.fields />
            {link}
        </details>
    }
}

const fn tone(kind: ChangeKind) -> Tone {
    match kind {
        ChangeKind::Created => Tone::Good,
        _ => Tone::Accent,
    }
}

#[component]
fn Download(id: ImportId) -> impl IntoView {
    let t: Texts = use_texts();
    let backend = expect_context::<Backend>();
    let save = use_download();
    let download = move |()| {
        let backend = backend.clone();
        save.run(Box::pin(async move { backend.imports().report_download(id).await }));
    };
    view! { <Button label=t.import_download() kind=ButtonKind::Tinted icon=Icon::Download on_press=download /> }
}
