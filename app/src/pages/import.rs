//! Loading a workbook of employees: pick it, see exactly what would change, store it, read the report.
//!
//! This is the order of the steps; each step is drawn in a file of its own.

mod pick;
mod report;
mod rows;
pub mod words;
mod working;

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use crate::{
    backend::{Backend, Imports as _},
    components::{Back, Button, ButtonKind, MainAction, Page, SkeletonRows},
    device,
    i18n::use_texts,
    live::{live, watch},
    model::{
        Error, Result,
        ids::ImportId,
        import::{ImportFile, ImportMode, ImportProgress, ImportReport, ImportStatus},
    },
    pages::Fetched,
    telegram::{Haptic, Telegram, use_telegram},
};
use pick::Pick;
use report::Report;
use working::Working;

/// How often progress is asked for, in milliseconds.
const POLL_MS: i32 = 400;

/// Where the import stands.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// A file is wanted; with what was wrong with the last one.
    Pick(Option<Error>),
    /// The server works on it.
    Working(ImportModeShown),
    /// What would change.
    Preview(ImportReport),
    /// What has changed.
    Done(ImportReport),
}

/// Which of the two runs is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportModeShown {
    /// Nothing will be stored.
    Preview,
    /// It is being stored.
    Store,
}

/// The import as signals.
#[derive(Clone, Copy)]
struct Run {
    step: RwSignal<Step>,
    progress: RwSignal<Option<ImportProgress>>,
    /// The last report before the import that runs: when it ends, there is another one.
    last: StoredValue<Option<ImportId>>,
    file: StoredValue<Option<ImportFile>>,
    backend: StoredValue<Backend>,
    back: Back,
    telegram: Telegram,
}

/// Loading employees from a file.
#[component]
pub fn Import() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let query = use_query_map();
    let asked = untrack(|| query.with(|query| query.get("report").and_then(|id| id.parse::<ImportId>().ok())));
    let import = Run {
        step: RwSignal::new(Step::Pick(None)),
        progress: RwSignal::new(None),
        last: StoredValue::new(None),
        file: StoredValue::new(None),
        backend: StoredValue::new(backend.clone()),
        back: expect_context(),
        telegram: use_telegram(),
    };
    let earlier = Fetched::new(move || {
        let backend = backend.clone();
        async move {
            match asked {
                Some(id) => backend.imports().import_report(id).await.map(Some),
                None => Ok(None),
            }
        }
    });
    let begun = untrack(|| query.with(|query| query.get("after")));
    watch(move || import.join(begun.clone()));
    view! {
        <Page title=t.import_title()>
            {earlier.view(
                || view! { <SkeletonRows rows=4 plain=true /> }.into_any(),
                move |report| {
                    if let Some(report) = report
                        && matches!(import.step.get_untracked(), Step::Pick(None))
                    {
                        import.step.set(Step::Done(report));
                    }
                    view! { <Steps import=import /> }.into_any()
                },
            )}
        </Page>
    }
}

#[component]
fn Steps(import: Run) -> impl IntoView {
    let t = use_texts();
    live(move || match import.step.get() {
        Step::Pick(failure) => view! {
            <Pick failure=failure on_pick=Callback::new(move |file| import.preview(file)) />
        }
        .into_any(),
        Step::Working(mode) => view! { <Working mode=mode progress=import.progress /> }.into_any(),
        Step::Preview(report) => {
            let changes = report.changes_total;
            let store = (changes > 0).then(|| {
                view! {
                    <MainAction label=t.import_confirm(u64::from(changes)) on_press=move |()| import.store() />
                }
            });
            let cancel = if changes > 0 { t.import_cancel() } else { t.import_pick_other() };
            view! {
                <Report report=report />
                <p class="import__way">
                    <Button label=cancel kind=ButtonKind::Plain on_press=move |()| import.restart() />
                </p>
                {store}
            }
            .into_any()
        }
        Step::Done(report) => view! {
            <Report report=report />
            <p class="import__way">
                <Button label=t.import_again() kind=ButtonKind::Tinted on_press=move |()| import.restart() />
            </p>
        }
        .into_any(),
    })
}

impl Run {
    /// Asks what a file would change.
    fn preview(self, file: ImportFile) {
        self.file.set_value(Some(file.clone()));
        self.run(file, ImportModeShown::Preview);
    }

    /// Stores what was previewed.
    fn store(self) {
        if let Some(file) = self.file.get_value() {
            // A reload finds the report that comes after this one.
            let last = self.last.get_value().map(|id| id.to_string()).unwrap_or_default();
            self.back.replace(&["/admin/import?after=", &last].concat());
            self.run(file, ImportModeShown::Store);
        }
    }

    fn restart(self) {
        self.file.set_value(None);
        self.step.set(Step::Pick(None));
        self.back.replace("/admin/import");
    }

    fn run(self, file: ImportFile, mode: ImportModeShown) {
        self.step.set(Step::Working(mode));
        self.progress.set(None);
        self.watch();
        let backend = self.backend.get_value();
        spawn_local(async move {
            let wanted = if mode == ImportModeShown::Preview { ImportMode::Preview } else { ImportMode::Store };
            let answer = backend.imports().import(file, wanted).await;
            if !self.step.is_disposed() {
                self.settle(mode, answer);
            }
        });
    }

    fn settle(self, mode: ImportModeShown, answer: Result<ImportReport>) {
        match answer {
            Ok(report) if mode == ImportModeShown::Preview => {
                self.telegram.haptic(Haptic::Success);
                self.last.set_value(report.id);
                self.step.set(Step::Preview(report));
            }
            Ok(report) => {
                self.telegram.haptic(Haptic::Success);
                self.file.set_value(None);
                if let Some(id) = report.id {
                    // A reload shows the report again.
                    self.back.replace(&["/admin/import?report=", &id.to_string()].concat());
                }
                self.step.set(Step::Done(report));
            }
            Err(error) => {
                self.telegram.haptic(Haptic::Error);
                self.back.replace("/admin/import");
                self.step.set(Step::Pick(Some(error)));
            }
        }
    }

    fn done(self, report: ImportReport) {
        self.file.set_value(None);
        if let Some(id) = report.id {
            // A reload shows the report again.
            self.back.replace(&["/admin/import?report=", &id.to_string()].concat());
        }
        self.step.set(Step::Done(report));
    }

    /// Shows how far it is, as long as it runs.
    fn watch(self) {
        let backend = self.backend.get_value();
        spawn_local(async move {
            while !self.step.is_disposed() && matches!(self.step.get_untracked(), Step::Working(_)) {
                device::sleep(POLL_MS).await;
                // A poll without an answer says nothing about the import itself.
                if let Ok(ImportStatus { running: Some(progress), .. }) = backend.imports().import_status().await {
                    let _ = self.progress.try_set(Some(progress));
                }
            }
        });
    }

    /// An import may be running that was begun before a reload or by another administrator: it is shown
    /// until it ends, and then its report. `begun` names the last report before one that was begun here.
    fn join(self, begun: Option<String>) {
        let backend = self.backend.get_value();
        spawn_local(async move {
            let mut joined = begun.is_some();
            let mut before = begun;
            while let Ok(ImportStatus { running, last }) = backend.imports().import_status().await {
                let waits =
                    |step: &Step| matches!(step, Step::Pick(None)) || joined && matches!(step, Step::Working(_));
                if self.step.is_disposed() || !self.step.with_untracked(waits) {
                    return;
                }
                let name = last.map(|id| id.to_string()).unwrap_or_default();
                let Some(progress) = running else {
                    self.last.set_value(last);
                    let Some(id) = last.filter(|_| before.is_some_and(|before| before != name)) else { break };
                    match backend.imports().import_report(id).await {
                        Ok(report) if !self.step.is_disposed() => return self.done(report),
                        _ => break,
                    }
                };
                joined = true;
                before.get_or_insert(name);
                self.progress.set(Some(progress));
                self.step.set(Step::Working(ImportModeShown::Store));
                device::sleep(POLL_MS).await;
            }
            if joined && !self.step.is_disposed() {
                self.step.set(Step::Pick(None));
            }
        });
    }
}
