//! The form of a person, for somebody new and for a record that is there.
//!
//! What is typed stays on the device until it is saved: over a reload, a session that ended, a look at
//! another page. Two people editing one record is [`conflict`].

mod conflict;
mod draft;
mod fields;
mod inputs;
mod save;

use leptos::prelude::*;

use crate::{
    components::{Button, ButtonKind, MainAction, Page, SkeletonRows},
    directory::form::Form,
    i18n::use_texts,
    live::live,
    model::{employee::Employee, ids::EmployeeId},
    pages::employee::record,
    telegram::guard_unsaved,
};
use draft::Kept;
pub use draft::forget_drafts;
use fields::Fields;
use save::Saver;

/// Entering somebody new.
#[component]
pub fn EmployeeNew() -> impl IntoView {
    let t = use_texts();
    view! {
        <Page title=t.edit_title_new()>
            <Editor record=None />
        </Page>
    }
}

/// Editing a record.
#[component]
pub fn EmployeeEdit(
    /// Whose record.
    id: EmployeeId,
) -> impl IntoView {
    let t = use_texts();
    let record = record(id);
    view! {
        <Page title=t.edit_title()>
            {record.view(
                || view! { <SkeletonRows rows=6 plain=true /> }.into_any(),
                |person| view! { <Editor record=Some(person) /> }.into_any(),
            )}
        </Page>
    }
}

/// What a form was opened with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    /// The record; nothing for somebody new.
    pub id: Option<EmployeeId>,
    /// Its version.
    pub version: i64,
    /// Its fields.
    pub form: Form,
}

impl Seen {
    fn of(record: Option<&Employee>) -> Self {
        match record {
            Some(record) => Self { id: Some(record.id), version: record.version, form: Form::of(record) },
            None => Self { id: None, version: 0, form: Form::default() },
        }
    }
}

#[component]
fn Editor(record: Option<Employee>) -> impl IntoView {
    let t = use_texts();
    let seen = RwSignal::new(Seen::of(record.as_ref()));
    let fields = Fields::of(&seen.get_untracked().form);
    let saver = Saver::new(seen, fields);
    let changed = Memo::new(move |_| seen.with(|seen| !fields.form().differences(&seen.form).is_empty()));
    guard_unsaved(changed.into());
    let restored = draft::keep(Kept { seen, fields, sent: saver.sent, conflict: saver.conflict }, changed);
    let save = saver.clone();
    let conflict = saver.conflict;
    let failure = saver.failure;
    let busy = saver.busy;
    let discard = move |()| {
        fields.fill(&seen.get_untracked().form);
        conflict.set(None);
        failure.set(None);
        restored.set(false);
    };
    view! {
        {live(move || {
            (restored.get() && changed.get())
                .then(|| {
                    view! {
                        <p class="editor__draft" role="status">
                            {t.edit_draft_restored()}
                            <Button label=t.edit_draft_discard() kind=ButtonKind::Plain on_press=discard />
                        </p>
                    }.into_any()
                })
        })}
        <conflict::Panel conflict=conflict fields=fields />
        <form
            class="editor"
            on:submit=move |event| {
                event.prevent_default();
                saver.save();
            }
        >
            <inputs::Inputs fields=fields problems=saver.problems taken=saver.taken />
            // Enter in a field saves; the visible button stands in the bar below.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t.edit_save()}
            </button>
        </form>
        {live(move || {
            failure
                .get()
                .map(|text| {
                    view! {
                        <p class="editor__failure" role="alert">
                            {text}
                            " "
                            {t.edit_kept()}
                        </p>
                    }.into_any()
                })
        })}
        <MainAction label=t.edit_save() on_press=move |()| save.save() busy=busy />
    }
}
