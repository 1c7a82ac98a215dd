//! Favourite people, and the star that makes one.

use leptos::{prelude::*, task::spawn_local};

use super::{person_row::PersonRow, remembered::Remembered};
use crate::{
    backend::{Backend, Employees as _},
    components::{Icon, Section, SkeletonRows},
    directory::links::{Search, card},
    i18n::use_texts,
    live::{live, watch},
    model::{employee::Employee, ids::EmployeeId},
};

/// Favourites as a section of their own; nothing while there are none.
#[component]
pub fn FavouritePeople() -> impl IntoView {
    let t = use_texts();
    let remembered = expect_context::<Remembered>();
    let backend = expect_context::<Backend>();
    let people = RwSignal::new(None::<Vec<Employee>>);
    watch(move || {
        let ids = remembered.favourites.with(|favourites| favourites.ids().to_vec());
        let backend = backend.clone();
        spawn_local(async move {
            let found = if ids.is_empty() { Ok(Vec::new()) } else { backend.employees().by_ids(ids).await };
            // Without an answer the section waits for the next visit: it is a shortcut, not the way.
            let _ = people.try_set(found.ok());
        });
    });
    let count = move || remembered.favourites.with(|favourites| favourites.ids().len());
    live(move || {
        let waiting = people.with(Option::is_none) && count() > 0;
        let found = people.get().filter(|people| !people.is_empty());
        waiting.then(|| view! { <SkeletonRows rows=count() /> }.into_any()).or_else(|| {
            let found = found?;
            Some(
                view! {
                    <Section header=t.directory_favourites()>
                        {found
                            .into_iter()
                            .map(|person| {
                                let href = card(person.id, &Search::default());
                                view! { <PersonRow person=person href=href /> }
                            })
                            .collect_view()}
                    </Section>
                }
                .into_any(),
            )
        })
    })
}

/// A star that is filled for a favourite.
#[component]
pub fn Star(
    /// Whose.
    id: EmployeeId,
) -> impl IntoView {
    let t = use_texts();
    let remembered = expect_context::<Remembered>();
    let on = Memo::new(move |_| remembered.favourites.with(|favourites| favourites.has(id)));
    let label = move || if on.get() { t.directory_favourite_remove() } else { t.directory_favourite_add() };
    view! {
        <button
            type="button"
            class="star"
            class:star--on=on
            aria-pressed=Signal::derive(move || if on.get() { "true" } else { "false" })
            aria-label=label
            title=label
            on:click=move |_| remembered.toggle(id)
        >
            {live(move || if on.get() { Icon::StarFilled.view() } else { Icon::Star.view() })}
        </button>
    }
}
