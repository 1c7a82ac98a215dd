//! Choosing one person of the directory by a search of its own, as part of another page.

use leptos::{prelude::*, task::spawn_local};

use super::employees::person_row::PersonRow;
use crate::{
    backend::{Backend, Employees as _},
    components::{EmptyState, ErrorNotice, Icon, SearchField},
    device,
    directory::latest::Latest,
    i18n::use_texts,
    live::{live, watch},
    model::{
        Result,
        employee::{Employee, EmployeeQuery},
        ids::EmployeeId,
        page::PageRequest,
    },
};

/// How long typing must pause before it is asked for, in milliseconds.
const PAUSE_MS: i32 = 120;
/// Who is not among the first is found by another word sooner than by scrolling.
const SHOWN: u32 = 20;

/// A search field and the people who fit; nobody while nothing is typed.
#[component]
pub fn PersonPicker(
    /// Everybody but this one.
    #[prop(optional)]
    not: Option<EmployeeId>,
    /// Somebody was chosen.
    #[prop(into)]
    on_pick: Callback<Employee>,
) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(String::new());
    let found = found(text, not);
    view! {
        <SearchField label=t.picker_search() value=text name="other" />
        {live(move || match found.get() {
            None => ().into_any(),
            Some(Err(error)) => view! { <ErrorNotice error=error /> }.into_any(),
            Some(Ok(people)) if people.is_empty() => {
                view! { <EmptyState icon=Icon::Search title=t.picker_nobody() /> }.into_any()
            }
            Some(Ok(people)) => {
                let rows = people.into_iter().map(|person| {
                    let picked = Employee { matches: Vec::new(), ..person.clone() };
                    view! { <PersonRow person=person on_press=Callback::new(move |()| on_pick.run(picked.clone())) /> }
                });
                view! {
                    <div class="section picker">
                        <div class="section__body">{rows.collect_view()}</div>
                    </div>
                }
                    .into_any()
            }
        })}
    }
}

/// The people who fit what is typed, except this one.
fn found(text: RwSignal<String>, not: Option<EmployeeId>) -> RwSignal<Option<Result<Vec<Employee>>>> {
    let found = RwSignal::new(None);
    let backend = expect_context::<Backend>();
    let latest = Latest::default();
    on_cleanup({
        let latest = latest.clone();
        move || latest.stop()
    });
    watch(move || {
        let typed = text.get().trim().to_owned();
        if typed.is_empty() {
            latest.stop();
            found.set(None);
            return;
        }
        let backend = backend.clone();
        let turn = latest.run(async move {
            device::sleep(PAUSE_MS).await;
            let query = EmployeeQuery { text: typed, department: None };
            backend.employees().search(query, PageRequest { limit: SHOWN, cursor: None }).await
        });
        spawn_local(async move {
            if let Some(answer) = turn.await {
                let others = |people: Vec<Employee>| {
                    people.into_iter().filter(|person| Some(person.id) != not).collect::<Vec<_>>()
                };
                let _ = found.try_set(Some(answer.map(|page| others(page.items))));
            }
        });
    });
    found
}
