//! The tickets of OTRS: saved views, search, filters; beside the list whichever was opened.
//!
//! This is the frame and the way between filter and address; what is known is in [`desk`], how actions are sent in [`sending`].

pub mod composer;
pub mod copy;
pub mod desk;
mod detail;
pub mod row;
mod rows;
pub mod sending;
pub mod views;

use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::Location};
use wasm_split_helpers::wasm_split;

use crate::{
    backend::Backend,
    components::{
        Back, Button, ButtonKind, EmptyState, ErrorNotice, Icon, LinkButton, Page, SearchField, SkeletonRows, TwoPanes,
    },
    helpdesk::links::Filter,
    i18n::use_texts,
    live::{live, watch},
    model::Error,
    pages::{
        Fetched,
        composing::{bulk_bar, load_bulk},
        part::{Entered, through},
        place, section,
    },
    start::refuse,
};
use composer::{Composer, ComposerSheet, Shown};
use desk::{Desk, Opening};
use detail::Detail;
pub use detail::{Opened, load_arranging, load_ticket, load_ticketing};
pub use sending::send_waiting;

/// Enters the part of the app that shows tickets.
#[wasm_split(tickets, fallible, preload(#[doc = "Fetches it."] load_tickets))]
pub fn tickets() -> Entered {
    Ok(view! { <Tickets /> }.into_any())
}

/// The list of tickets, with the chosen one beside it on a wide screen.
#[component]
pub fn Tickets() -> impl IntoView {
    let query = use_location().query;
    let asked = untrack(|| query.with(|query| Filter::of(|name| query.get(name))));
    let desk = Desk::new(asked.clone());
    provide_context(desk);
    provide_context(Composer::new());
    keep_address(desk);
    let backend = expect_context::<Backend>();
    let opening = Fetched::new(move || Opening::load(backend.clone(), asked.clone()));
    let opened = section::Section::Tickets.opened(Opened::at);
    place::keep(Memo::new(move |_| opened.get() == Opened::Nobody));
    let list = view! { <List opening=opening opened=opened /> }.into_any();
    view! {
        <TwoPanes detail_open=Signal::derive(move || opened.get() != Opened::Nobody) list=list>
            <Detail opened=opened />
        </TwoPanes>
        <ComposerSheet />
    }
}

#[component]
fn List(opening: Fetched<Opening>, opened: Memo<Opened>) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let composer = expect_context::<Composer>();
    let actions = view! {
        <span class="tickets__select">
            <Button
                label=t.servers_select()
                kind=ButtonKind::Plain
                icon=Icon::Select
                icon_only=true
                on_press=move |()| desk.choose()
            />
        </span>
        <Button
            label=t.tickets_filters()
            kind=ButtonKind::Plain
            icon=Icon::Settings
            icon_only=true
            on_press=move |()| composer.begin(Vec::new(), Shown::Filters)
        />
        <LinkButton
            label=t.statistics_title()
            href="/tickets/statistics"
            kind=ButtonKind::Plain
            icon=Icon::Chart
            icon_only=true
        />
        <LinkButton label=t.tickets_new() href="/tickets/new" kind=ButtonKind::Plain icon=Icon::Add />
    };
    let show = move |answer| match answer {
        Ok(opening) => {
            desk.begin(opening);
            view! { <Known opened=opened /> }.into_any()
        }
        Err(Error::Forbidden { code }) if code == "otrs_not_configured" => {
            view! { <EmptyState icon=Icon::Ticket title=t.tickets_no_otrs_title() text=t.tickets_no_otrs_text() /> }
                .into_any()
        }
        Err(error) => {
            refuse(&error);
            view! { <ErrorNotice error=error retry=move |()| opening.refetch() /> }.into_any()
        }
    };
    view! {
        <Page title=t.tickets_title() actions=actions.into_any()>
            {opening.either(|| view! { <SkeletonRows rows=8 plain=true /> }.into_any(), show)}
        </Page>
    }
}

#[component]
fn Known(opened: Memo<Opened>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let composer = expect_context::<Composer>();
    let choosing = Memo::new(move |_| desk.shelf.with(|shelf| shelf.chosen.is_some()));
    view! {
        <div class="fleet__top">
            <Field />
            <views::Views />
        </div>
        <copy::CopyStatus />
        <copy::Stuck />
        <div class="tickets__bulk">
            {live(move || choosing.get().then(|| through(load_bulk, move || bulk_bar(desk, composer))))}
        </div>
        <rows::Rows opened=opened />
    }
}

/// The search field; the server looks through all that is written.
#[component]
fn Field() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let text = RwSignal::new(desk.filter.with_untracked(|filter| filter.text.clone()));
    watch(move || {
        let typed = text.get();
        if desk.filter.with_untracked(|filter| filter.text != typed) {
            desk.filter.update(|filter| filter.text = typed);
        }
    });
    watch(move || {
        let wanted = desk.filter.with(|filter| filter.text.clone());
        if text.with_untracked(|text| text.trim() != wanted.trim()) {
            text.set(wanted);
        }
    });
    view! {
        <form method="get" action="/tickets" on:submit=move |event| event.prevent_default()>
            <SearchField label=t.tickets_search() value=text controls="tickets" />
        </form>
    }
}

/// Filter and address follow each other.
fn keep_address(desk: Desk) {
    let Location { query, pathname: path, .. } = use_location();
    let back = expect_context::<Back>();
    let address = StoredValue::new(desk.filter.get_untracked());
    watch(move || {
        let asked = query.with(|query| Filter::of(|name| query.get(name)));
        let here = path.with(|path| path.starts_with("/tickets"));
        if here && asked != address.get_value() {
            address.set_value(asked.clone());
            desk.filter.set(asked);
        }
    });
    watch(move || {
        let filter = desk.filter.get();
        let filter = Filter { text: filter.text.trim().to_owned(), ..filter };
        if filter != address.get_value() {
            address.set_value(filter.clone());
            back.replace(&[path.get_untracked(), filter.query()].concat());
        }
    });
}
