//! The directory: one search field, the people that fit, and beside it the card of whoever was opened.
//!
//! This is the frame and the way between field, address and keyboard; the search itself is
//! [`finder::Finder`], what is below the field [`results`].

mod department;
mod detail;
mod favourites;
pub mod finder;
mod keys;
mod marked;
mod more;
pub mod person_row;
mod recent;
mod remembered;
mod results;
mod start;

use leptos::{ev, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    location::Location,
    params::ParamsMap,
};
use wasm_split_helpers::wasm_split;

use detail::Detail;
pub use detail::{Opened, load_editing, load_employee};

pub use favourites::{FavouritePeople, Star};
use finder::Finder;
pub use recent::RecentSearches;
pub use remembered::Remembered;
use start::{Overview, Start};

use crate::{
    backend::Backend,
    components::{Back, Icon, Page, SearchField, SkeletonRows, TwoPanes},
    device,
    directory::links::{Search, card},
    i18n::use_texts,
    live::{live, live_text, watch},
    model::{employee::Employee, page::Page as Piece, user::Role},
    pages::{Fetched, part::Entered, place, section},
    session::use_role,
};

/// Enters the part of the app that is the directory.
#[wasm_split(employees, fallible, preload(#[doc = "Fetches it."] load_employees))]
pub fn employees() -> Entered {
    Ok(view! { <Employees /> }.into_any())
}

/// The list of people, with the chosen one beside it on a wide screen.
#[component]
pub fn Employees() -> impl IntoView {
    let backend = expect_context::<Backend>();
    let query = use_location().query;
    let asked = untrack(|| query.with(search_of));
    let cursor = untrack(|| query.with(|query| query.get("cursor")));
    let finder = Finder::new(asked.clone(), backend.clone());
    provide_context(finder);
    provide_context(Remembered::of_me());
    provide_context(overview(finder, backend.clone()));
    keep_address(finder);
    keys::listen(finder);
    let first = Fetched::new({
        let asked = asked.clone();
        move || Finder::first(backend.clone(), asked.clone(), cursor.clone())
    });
    let opened = section::Section::Employees.opened(Opened::at);
    place::keep(Memo::new(move |_| opened.get() == Opened::Nobody));
    let list = view! { <List first=first asked=asked /> }.into_any();
    view! {
        <TwoPanes detail_open=Signal::derive(move || opened.get() != Opened::Nobody) list=list>
            <Detail opened=opened />
        </TwoPanes>
    }
}

#[component]
fn List(first: Fetched<Piece<Employee>>, asked: Search) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    let add = (role >= Role::Operator).then(|| {
        view! {
            <a
                class="button button--plain button--icon"
                href="/employees/new"
                aria-label=t.directory_add()
                title=t.directory_add()
            >
                {Icon::PersonAdd.view()}
            </a>
        }
        .into_any()
    });
    let asked = StoredValue::new(asked);
    let finder = expect_context::<Finder>();
    let starting = Memo::new(move |_| finder.search().is_empty());
    let waiting = move || (!starting.get_untracked()).then(|| view! { <SkeletonRows rows=8 /> }).into_any();
    view! {
        <Page title=t.directory_title() actions=add.into_any()>
            <Field />
            // The field names it as what it controls, so it is there from the first moment.
            <div id="people">
            // It waits for data of its own, so it stands beside what waits for the answer, not within.
            {live(move || starting.get().then(|| view! { <Start /> }))}
            {first.either(
                waiting,
                move |answer| {
                    finder.begin(asked.get_value(), answer);
                    view! {
                        <Found />
                        <results::Results />
                    }
                        .into_any()
                },
            )}
            </div>
        </Page>
    }
}

/// The search field; without scripts a form that asks for the same page.
#[component]
fn Field() -> impl IntoView {
    let t = use_texts();
    let finder = expect_context::<Finder>();
    let remembered = expect_context::<Remembered>();
    let input = NodeRef::<html::Input>::new();
    let navigate = use_navigate();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        remembered.searched(&finder.text.get_untracked());
        let first =
            finder.shown.with_untracked(|shown| shown.as_ref().and_then(|shown| Some(shown.people.first()?.id)));
        match first.filter(|_| untrack(|| finder.is_current()) && device::two_panes()) {
            // The list stays where it is.
            Some(id) => {
                let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
                navigate(&card(id, &finder.search_now()), options);
            }
            None => finder.again(),
        }
        if let Some(input) = input.get_untracked().filter(|_| !device::two_panes()) {
            // The keyboard of the phone would cover the answer.
            drop(input.blur());
        }
    };
    view! {
        <form class="people__search" method="get" action="/employees" on:submit=submit>
            <SearchField label=t.directory_search_placeholder() value=finder.text controls="people" node_ref=input />
            {live(move || {
                finder.department.get().map(|name| view! { <input type="hidden" name="department" value=name /> }.into_any())
            })}
            <button class="visually-hidden" tabindex="-1">
                {t.directory_search_submit()}
            </button>
        </form>
        <department::ChosenDepartment />
    }
}

/// How many people fit, said by readers as it changes.
#[component]
fn Found() -> impl IntoView {
    let t = use_texts();
    let finder = expect_context::<Finder>();
    let text = Memo::new(move |_| {
        finder.shown.with(|shown| match shown.as_ref().filter(|shown| !shown.search.is_empty()) {
            Some(shown) if shown.people.is_empty() => t.directory_nothing_title().to_owned(),
            Some(shown) if shown.next.is_some() => t.directory_found_first(count(shown)),
            Some(shown) => t.directory_found(count(shown)),
            None => String::new(),
        })
    });
    view! {
        <p class="people__found" role="status" aria-live="polite">
            {live_text(move || text.get())}
        </p>
    }
}

fn count(shown: &finder::Shown) -> u64 {
    u64::try_from(shown.people.len()).unwrap_or(u64::MAX)
}

/// Departments and the like: asked for when there is room for them, and again after a change.
fn overview(finder: Finder, backend: Backend) -> Fetched<Overview> {
    let needed = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || finder.department.with(Option::is_some) || finder.search().is_empty()
    });
    Fetched::again(
        move || if needed.get() { 1 + finder.changes.get() } else { 0 },
        move || {
            let (backend, needed) = (backend.clone(), needed.get_untracked());
            async move { if needed { Overview::load(backend).await } else { Ok(Overview::default()) } }
        },
    )
}

/// Field and address follow each other: a link or "back" changes the field, an answer the address.
fn keep_address(finder: Finder) {
    // Not `use_query_map`: from a card to the list, within one route, it keeps the old query.
    let Location { query, pathname: path, .. } = use_location();
    let back = expect_context::<Back>();
    // The address as it is or is about to be: what was written to it comes back later than the next letter
    // is typed, and must not undo that letter.
    let address = StoredValue::new(finder.search_now());
    watch(move || finder.changed());
    watch(move || {
        let asked = query.with(search_of);
        let here = path.with(|path| path.starts_with("/employees"));
        if here && asked != address.get_value() {
            address.set_value(asked.clone());
            finder.go(asked);
        }
    });
    watch(move || {
        let Some(shown) = finder.shown.with(|shown| shown.as_ref().map(|shown| shown.search.clone())) else { return };
        let search = Search { text: shown.text.trim().to_owned(), ..shown };
        if search != address.get_value() && untrack(|| finder.is_current()) {
            address.set_value(search.clone());
            back.replace(&[path.get_untracked(), search.query()].concat());
        }
    });
}

fn search_of(query: &ParamsMap) -> Search {
    let department = query.get("department").filter(|name| !name.trim().is_empty());
    Search { text: query.get("q").unwrap_or_default().trim().to_owned(), department }
}
