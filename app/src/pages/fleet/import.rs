//! Loading a list of servers: a table, or lines with addresses; see what would change, then store it.

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::import_report::Report;
use crate::{
    backend::{Backend, Servers as _},
    components::{
        Button, ButtonKind, ErrorNotice, Icon, LinkButton, MainAction, Page, Section, SkeletonRows, TextArea,
    },
    i18n::use_texts,
    live::live,
    model::{
        Error,
        import::{ImportFile, ImportMode},
        server_import::ServerImportReport,
    },
    pages::servers::roster::Roster,
    telegram::{Haptic, use_telegram},
};

/// Where the import stands.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Pick(Option<Error>),
    Working,
    Preview(ServerImportReport),
    Done(ServerImportReport),
}

/// Loading a list.
#[component]
pub fn FleetImport() -> impl IntoView {
    let t = use_texts();
    let telegram = use_telegram();
    let roster = expect_context::<Roster>();
    let backend = expect_context::<Backend>();
    let step = RwSignal::new(Step::Pick(None));
    let file = StoredValue::new(None::<ImportFile>);
    let run = Callback::new(move |mode: ImportMode| {
        let Some(file) = file.get_value() else { return };
        let servers = backend.servers();
        step.set(Step::Working);
        spawn_local(async move {
            let answer = servers.import(file, mode).await;
            telegram.haptic(if answer.is_ok() { Haptic::Success } else { Haptic::Error });
            let next = match answer {
                Ok(report) if report.dry_run => Step::Preview(report),
                Ok(report) => {
                    if !roster.rows.is_disposed() {
                        roster.ask();
                    }
                    Step::Done(report)
                }
                Err(error) => Step::Pick(Some(error)),
            };
            let _ = step.try_set(next);
        });
    });
    let take = Callback::new(move |picked: ImportFile| {
        file.set_value(Some(picked));
        run.run(ImportMode::Preview);
    });
    let again = move |()| step.set(Step::Pick(None));
    view! {
        <Page title=t.fleet_import()>
            {live(move || match step.get() {
                Step::Pick(failure) => view! { <Pick failure=failure on_pick=take /> }.into_any(),
                Step::Working => view! { <SkeletonRows rows=4 plain=true /> }.into_any(),
                Step::Preview(report) => {
                    let changes = report.created + report.updated;
                    view! {
                        <Report report=report />
                        <p class="import__way">
                            <Button label=t.import_pick_other() kind=ButtonKind::Plain on_press=again />
                        </p>
                        {(changes > 0)
                            .then(|| {
                                view! {
                                    <MainAction
                                        label=t.fleet_import_confirm(changes.into())
                                        on_press=move |()| run.run(ImportMode::Store)
                                    />
                                }
                            })}
                    }
                        .into_any()
                }
                Step::Done(report) => {
                    view! {
                        <Report report=report />
                        <p class="import__way">
                            <LinkButton label=t.fleet_import_open() href="/servers" />
                            <Button label=t.import_again() kind=ButtonKind::Plain on_press=again />
                        </p>
                    }
                        .into_any()
                }
            })}
        </Page>
    }
}

#[component]
fn Pick(failure: Option<Error>, on_pick: Callback<ImportFile>) -> impl IntoView {
    let t = use_texts();
    let input = NodeRef::<html::Input>::new();
    let pasted = RwSignal::new(String::new());
    let changed = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let picked = input.files().and_then(|files| files.item(0));
        // Choosing the same file again, after it was corrected, is a change as well.
        let Some(file) = picked else { return };
        spawn_local(async move {
            if let Ok(buffer) = JsFuture::from(file.array_buffer()).await {
                on_pick.run(ImportFile { name: file.name(), bytes: js_sys::Uint8Array::new(&buffer).to_vec() });
            }
        });
    };
    let read = move |()| {
        let bytes = pasted.get_untracked().into_bytes();
        on_pick.run(ImportFile { name: "servers.txt".to_owned(), bytes });
    };
    let empty = Signal::derive(move || pasted.with(|text| text.trim().is_empty()));
    view! {
        {failure.map(|error| view! { <ErrorNotice error=error /> })}
        <label class="dropzone">
            <span class="dropzone__icon">{Icon::Upload.view()}</span>
            <span class="button button--filled dropzone__button">{t.import_pick()}</span>
            <span class="dropzone__formats">{t.fleet_import_formats()}</span>
            <input class="visually-hidden" type="file" accept=".csv,.xlsx,.txt,text/csv,text/plain" node_ref=input on:change=changed />
        </label>
        <Section header=t.fleet_import_paste()>
            <TextArea label=t.fleet_import_paste_hint() value=pasted name="servers" />
            <div class="section__inset">
                <Button label=t.fleet_import_read() kind=ButtonKind::Tinted disabled=empty on_press=read />
            </div>
        </Section>
        <Columns />
    }
}

/// The columns of a table, documented where they are needed.
#[component]
fn Columns() -> impl IntoView {
    let t = use_texts();
    let columns = [
        ("address", t.fleet_import_column_address()),
        ("name", t.fleet_import_column_name()),
        ("group", t.fleet_import_column_group()),
        ("tags", t.fleet_import_column_tags()),
        ("kind", t.fleet_import_column_kind()),
        ("target", t.fleet_import_column_target()),
        ("interval", t.fleet_import_column_interval()),
        ("parent", t.fleet_import_column_parent()),
        ("responsible", t.fleet_import_column_responsible()),
        ("runbook", t.fleet_import_column_runbook()),
        ("notes", t.fleet_import_column_notes()),
    ];
    let rows = columns.map(|(name, about)| {
        view! {
            <div class="column">
                <dt>
                    <code>{name}</code>
                </dt>
                <dd>{about}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <Section header=t.fleet_import_columns()>
            <dl class="columns">{Vec::from(rows)}</dl>
        </Section>
    }
}
