//! A person's card: how to reach him, where he sits, who sits next to him, and what may be done with
//! the record.
//!
//! What the list already knows is shown at once; the full record replaces it in place.

mod actions;
mod contact;
mod neighbours;
mod share;

use leptos::prelude::*;

pub use share::use_download;

use crate::{
    backend::{Backend, Employees as _},
    components::{Avatar, Badge, EmptyState, ErrorNotice, Icon, LinkButton, Page, SkeletonRows, Time},
    directory::links::{Search, list},
    i18n::use_texts,
    live::watch,
    model::{
        Error,
        employee::{Employee, EmployeeState},
        ids::EmployeeId,
    },
    pages::{
        Fetched,
        employees::{Remembered, Star, finder::Finder},
    },
    start::refuse,
};

/// A person's card.
#[component]
pub fn EmployeeCard(
    /// Whose.
    id: EmployeeId,
) -> impl IntoView {
    let finder = expect_context::<Finder>();
    let remembered = expect_context::<Remembered>();
    let record = record(id);
    // Whoever opens a card has found somebody: the search was worth remembering.
    watch(move || remembered.searched(&finder.text.get_untracked()));
    let waiting = move || match finder.known(id) {
        Some(known) => view! { <Card person=known record=record /> }.into_any(),
        None => view! { <SkeletonRows rows=5 /> }.into_any(),
    };
    let shown = move |known| match known {
        Ok(person) => view! { <Card person=person record=record /> }.into_any(),
        Err(Error::NotFound) => {
            refuse(&Error::NotFound);
            view! { <Gone /> }.into_any()
        }
        Err(error) => view! { <ErrorNotice error=error retry=move |()| record.refetch() /> }.into_any(),
    };
    view! {
        {record.either(waiting, shown)}
        <neighbours::Neighbours id=id />
    }
}

/// The record of a person.
pub fn record(id: EmployeeId) -> Fetched<Employee> {
    let backend = expect_context::<Backend>();
    Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.employees().employee(id).await }
    })
}

#[component]
fn Card(person: Employee, record: Fetched<Employee>) -> impl IntoView {
    let t = use_texts();
    let id = person.id;
    let name = person.full_name.clone();
    let shared_name = name.clone();
    let sharing = RwSignal::new(false);
    let left = person.state == EmployeeState::Left;
    let updated_at = person.updated_at;
    let head = person.clone();
    let (before, after) = split(t.card_updated("\u{0}"));
    view! {
        <Page title=name hide_title=true>
            <article class="card" class:card--left=left>
                <Head person=head />
                <contact::Reach person=person.clone() sharing=sharing />
                {left.then(|| view! { <p class="card__left">{t.card_left_text()}</p> }.into_any())}
                <contact::Details person=person.clone() />
                <actions::Actions person=person record=record />
                <p class="card__updated">{before} <Time at=updated_at /> {after}</p>
            </article>
            <share::ShareSheet id=id name=shared_name open=sharing />
        </Page>
    }
}

#[component]
fn Head(person: Employee) -> impl IntoView {
    let t = use_texts();
    let left = person.state == EmployeeState::Left;
    let work = [person.position, person.department].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <header class="card__head">
            <Avatar name=person.full_name.clone() seed=person.id.get() large=true />
            <p class="card__name">{person.full_name}</p>
            {(!work.is_empty()).then(|| view! { <p class="card__work">{work}</p> }.into_any())}
            {left.then(|| view! { <Badge text=t.card_left() /> })}
            <span class="card__star">
                <Star id=person.id />
            </span>
        </header>
    }
}

#[component]
fn Gone() -> impl IntoView {
    let t = use_texts();
    let search = use_context::<Finder>().map(Finder::search_now).unwrap_or_default();
    view! {
        <Page title=t.card_gone_title() hide_title=true>
            <EmptyState icon=Icon::Person title=t.card_gone_title() text=t.card_gone_text()>
                <LinkButton label=t.card_back_to_list() href=list(&Search { ..search }) />
            </EmptyState>
        </Page>
    }
}

fn split(text: String) -> (String, String) {
    text.split_once('\u{0}').map(|(before, after)| (before.to_owned(), after.to_owned())).unwrap_or_default()
}
