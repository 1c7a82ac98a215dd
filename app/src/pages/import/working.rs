//! How far the import is.

use leptos::prelude::*;

use super::ImportModeShown;
use crate::{
    components::Progress,
    directory::report::percent,
    i18n::use_texts,
    live::live_text,
    model::import::{ImportPhase, ImportProgress},
};

/// The step, a bar, and how many are done.
#[component]
pub fn Working(
    /// Which run it is.
    mode: ImportModeShown,
    /// What the server last said.
    progress: RwSignal<Option<ImportProgress>>,
) -> impl IntoView {
    let t = use_texts();
    let step = Memo::new(move |_| {
        progress.with(|progress| match progress.as_ref().map(|progress| progress.phase) {
            None => t.import_step_sending(),
            Some(ImportPhase::Reading) => t.import_step_reading(),
            Some(ImportPhase::Storing) if mode == ImportModeShown::Preview => t.import_step_comparing(),
            Some(ImportPhase::Storing) => t.import_step_storing(),
        })
    });
    let share = Memo::new(move |_| {
        progress.with(|progress| progress.as_ref().and_then(|progress| percent(progress.done, progress.total)))
    });
    let count = move || {
        progress.with(|progress| match progress {
            Some(ImportProgress { done, total: Some(total), .. }) => {
                t.import_progress(u64::from(*done), u64::from(*total))
            }
            Some(ImportProgress { done, .. }) if *done > 0 => t.import_progress_open(u64::from(*done)),
            _ => String::new(),
        })
    };
    view! {
        <div class="working">
            <p class="working__step" role="status">
                {live_text(move || step.get())}
            </p>
            <Progress
                label=t.import_title()
                done=Signal::derive(move || share.get().unwrap_or_default())
                total=Signal::derive(move || share.get().map(|_| 100))
            />
            <p class="working__count">{count}</p>
        </div>
    }
}
