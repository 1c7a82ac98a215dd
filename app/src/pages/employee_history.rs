//! Who changed what about a person, and when.

use leptos::prelude::*;

use crate::{
    backend::{Backend, Records as _},
    components::{EmptyState, Icon, Page, SkeletonRows, Time},
    i18n::{Texts, use_texts},
    model::{
        employee::{Change, ChangeKind, Field, FieldChange},
        ids::EmployeeId,
    },
    pages::{Fetched, employees::person_row::field_name},
};

/// The history of a record, newest first.
#[component]
pub fn EmployeeHistory(
    /// Whose record.
    id: EmployeeId,
) -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let history = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.records().history(id).await }
    });
    view! {
        <Page title=t.history_title()>
            {history.view(
                || view! { <SkeletonRows rows=4 plain=true /> }.into_any(),
                move |changes| {
                    if changes.is_empty() {
                        return view! {
                            <EmptyState icon=Icon::Clock title=t.history_empty_title() text=t.history_empty_text() />
                        }
                            .into_any();
                    }
                    let changes = changes.into_iter().map(|change| view! { <OneChange change=change /> });
                    view! { <ol class="history">{changes.collect_view()}</ol> }.into_any()
                },
            )}
        </Page>
    }
}

#[component]
fn OneChange(change: Change) -> impl IntoView {
    let t = use_texts();
    let what = kind(t, &change);
    let who = match (change.import_file, change.by_name) {
        (Some(file), Some(name)) => [name.as_str(), " · ", &t.history_by_import(&file)].concat(),
        (Some(file), None) => t.history_by_import(&file),
        (None, Some(name)) => name,
        (None, None) => t.history_by_command().to_owned(),
    };
    view! {
        <li class="section">
            <div class="section__body change">
                <p class="change__head">
                    <span class="change__what">{what}</span>
                    <Time at=change.at />
                </p>
                <p class="change__who">{who}</p>
                <Differences fields=change.fields />
            </div>
        </li>
    }
}

/// Fields before and after; also for the preview of an import and for conflicts.
#[component]
pub fn Differences(
    /// The fields that differ.
    fields: Vec<FieldChange>,
) -> impl IntoView {
    let t = use_texts();
    (!fields.is_empty()).then(|| {
        let rows = fields.into_iter().map(|change| {
            let text = |value: String| if change.field == Field::State { state(t, &value) } else { value };
            let before = change.before.map(text);
            let after = change.after.map(text);
            let empty = after.is_none().then(|| t.edit_empty_value());
            view! {
                <div class="difference">
                    <dt class="difference__field">{field_name(t, change.field)}</dt>
                    <dd class="difference__values">
                        {before
                            .map(|before| {
                                view! {
                                    <del class="difference__before">
                                        <span class="visually-hidden">{t.history_before()} ": "</span>
                                        {before}
                                    </del>
                                }.into_any()
                            })}
                        <ins class="difference__after">
                            <span class="visually-hidden">{t.history_after()} ": "</span>
                            {after}
                            {empty}
                        </ins>
                    </dd>
                </div>
            }
            .into_any()
        });
        view! { <dl class="differences">{rows.collect_view()}</dl> }.into_any()
    })
}

fn kind(t: Texts, change: &Change) -> String {
    match (change.kind, &change.other_name) {
        (ChangeKind::Created, _) => t.history_created().to_owned(),
        (ChangeKind::Updated, _) => t.history_updated().to_owned(),
        (ChangeKind::Deleted, _) => t.history_deleted().to_owned(),
        (ChangeKind::Restored, _) => t.history_restored().to_owned(),
        (ChangeKind::Merged, Some(name)) => t.history_merged_with(name),
        (ChangeKind::Merged, None) => t.history_merged().to_owned(),
    }
}

fn state(t: Texts, value: &str) -> String {
    match value {
        "active" => t.history_working().to_owned(),
        "left" => t.history_left().to_owned(),
        other => other.to_owned(),
    }
}
