//! The servers: trouble first, then the groups; beside the list whichever was opened. With `?view=wall` the same for a
//! big screen.
//!
//! This is the frame and the way between filter and address; what is known is in [`roster`].

mod bulk;
mod detail;
mod filters;
pub mod roster;
mod rows;
mod wall;

use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::Location};
use wasm_split_helpers::wasm_split;

use crate::{
    backend::Backend,
    components::{
        Back, Button, ButtonKind, EmptyState, Icon, LinkButton, LiveStatus, Page, SearchField, SkeletonRows, TwoPanes,
        use_clock,
    },
    fleet::links::Filter,
    i18n::use_texts,
    live::{live, watch},
    model::user::Role,
    pages::{Fetched, part::Entered, place, section},
    session::use_role,
};
use detail::Detail;
pub use detail::{Opened, load_configuring, load_importing, load_server};
use roster::{Opening, Roster};

/// Enters the part of the app that lists servers.
#[wasm_split(servers, fallible, preload(#[doc = "Fetches it."] load_servers))]
pub fn servers() -> Entered {
    Ok(view! { <Servers /> }.into_any())
}

/// The list of servers, with the chosen one beside it on a wide screen.
#[component]
pub fn Servers() -> impl IntoView {
    let query = use_location().query;
    let asked = untrack(|| query.with(|query| Filter::of(|name| query.get(name))));
    let roster = Roster::new(asked.clone(), use_clock().now.get_untracked());
    provide_context(roster);
    keep_address(roster);
    let backend = expect_context::<Backend>();
    let opening = Fetched::new(move || Opening::load(backend.clone(), asked.clone()));
    let opened = section::Section::Servers.opened(Opened::at);
    place::keep(Memo::new(move |_| opened.get() == Opened::Nobody));
    // Only in the browser: it stands beside what waits for the list and is made of the same data.
    let wall = RwSignal::new(false);
    watch(move || wall.set(query.with(|query| query.get("view").is_some_and(|view| view == "wall"))));
    let list = view! { <List opening=opening opened=opened /> }.into_any();
    view! {
        <TwoPanes detail_open=Signal::derive(move || opened.get() != Opened::Nobody) list=list>
            <Detail opened=opened />
        </TwoPanes>
        {live(move || wall.get().then(|| view! { <wall::Wall /> }))}
    }
}

#[component]
fn List(opening: Fetched<Opening>, opened: Memo<Opened>) -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let admin = use_role() >= Role::Admin;
    let actions = view! {
        <LinkButton label=t.servers_wall() href="/servers?view=wall" kind=ButtonKind::Plain icon=Icon::Screen />
        {admin
            .then(|| {
                view! {
                    <Button
                        label=t.servers_select()
                        kind=ButtonKind::Plain
                        icon=Icon::Select
                        icon_only=true
                        on_press=move |()| roster.chosen.update(|chosen| {
                            *chosen = if chosen.is_some() { None } else { Some(Vec::new()) };
                        })
                    />
                    <LinkButton label=t.servers_add() href="/servers/new" kind=ButtonKind::Plain icon=Icon::Add />
                }
            })}
    };
    view! {
        <Page title=t.servers_title() actions=actions.into_any()>
            {opening.view(
                || view! { <SkeletonRows rows=8 /> }.into_any(),
                move |opening| {
                    roster.begin(opening);
                    view! { <Known opened=opened /> }.into_any()
                },
            )}
        </Page>
    }
}

#[component]
fn Known(opened: Memo<Opened>) -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let admin = use_role() >= Role::Admin;
    let empty = Memo::new(move |_| roster.is_empty());
    let as_of = Signal::derive(move || roster.read.with(|(at, _)| *at));
    let watch = Signal::derive(move || roster.read.with(|(_, watch)| watch.clone()));
    live(move || {
        if empty.get() {
            return view! { <Nothing admin=admin /> }.into_any();
        }
        view! {
            <div class="fleet__top">
                <Field />
                <filters::Filters />
            </div>
            <LiveStatus as_of=as_of watch=watch />
            <bulk::Bulk />
            <rows::Rows opened=opened />
            {admin
                .then(|| {
                    view! {
                        <p class="fleet__manage">
                            <LinkButton label=t.servers_manage() href="/servers/manage" kind=ButtonKind::Plain />
                        </p>
                    }
                })}
        }
        .into_any()
    })
}

/// The search field; what is typed is looked for in what is known already.
#[component]
fn Field() -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let text = RwSignal::new(roster.filter.with_untracked(|filter| filter.text.clone()));
    watch(move || {
        let typed = text.get();
        if roster.filter.with_untracked(|filter| filter.text != typed) {
            roster.filter.update(|filter| filter.text = typed);
        }
    });
    watch(move || {
        let wanted = roster.filter.with(|filter| filter.text.clone());
        if text.with_untracked(|text| text.trim() != wanted.trim()) {
            text.set(wanted);
        }
    });
    view! {
        <form method="get" action="/servers" on:submit=move |event| event.prevent_default()>
            <SearchField label=t.servers_search() value=text controls="fleet" />
        </form>
    }
}

#[component]
fn Nothing(admin: bool) -> impl IntoView {
    let t = use_texts();
    let text = if admin { t.servers_empty_text_admin() } else { t.servers_empty_text() };
    view! {
        <EmptyState icon=Icon::Server title=t.servers_empty_title() text=text>
            {admin
                .then(|| {
                    view! {
                        <div class="empty__ways">
                            <LinkButton label=t.servers_add() href="/servers/new" />
                            <LinkButton label=t.fleet_import() href="/servers/import" kind=ButtonKind::Plain />
                        </div>
                    }
                })}
        </EmptyState>
    }
}

/// Filter and address follow each other.
fn keep_address(roster: Roster) {
    let Location { query, pathname: path, .. } = use_location();
    let back = expect_context::<Back>();
    let address = StoredValue::new(roster.filter.get_untracked());
    watch(move || {
        let asked = query.with(|query| Filter::of(|name| query.get(name)));
        let here = path.with(|path| path.starts_with("/servers"));
        if here && asked != address.get_value() {
            address.set_value(asked.clone());
            roster.filter.set(asked);
        }
    });
    watch(move || {
        let filter = roster.filter.get();
        let filter = Filter { text: filter.text.trim().to_owned(), ..filter };
        if filter != address.get_value() {
            address.set_value(filter.clone());
            back.replace(&[path.get_untracked(), filter.query()].concat());
        }
    });
}
