//! The list for a big screen: how many are in trouble, who, since when; a clock; whether all of this is true now. Read from
//! across the room, touched by nobody.

use std::sync::Arc;

use leptos::prelude::*;

use super::roster::Roster;
use crate::{
    components::{Back, Icon, LiveStatus, StateMark, use_clock},
    fleet::{
        links::{Filter, list, server},
        list::{Line, arrange, is_trouble},
    },
    format,
    i18n::{Texts, use_texts},
    live::{live, live_text},
    model::server::{ServerRow, State},
};

/// More tiles than that nobody reads from afar; the numbers say the rest.
const TILES: usize = 24;

/// The wall.
#[component]
pub fn Wall() -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let clock = use_clock();
    let back = expect_context::<Back>();
    let as_of = Signal::derive(move || roster.read.with(|(at, _)| *at));
    let watch = Signal::derive(move || roster.read.with(|(_, watch)| watch.clone()));
    let trouble = Memo::new(move |_| {
        let (lines, _) = roster
            .tally
            .with(|tally| roster.rows.with(|rows| arrange(rows, tally, &Filter::default(), &[], rows.len())));
        let rows: Vec<Arc<ServerRow>> = lines
            .into_iter()
            .filter_map(|line| match line {
                Line::Server(row) if is_trouble(row.state) => Some(row),
                _ => None,
            })
            .collect();
        rows
    });
    let class = move || match trouble.with(|rows| rows.first().map(|row| row.state)) {
        Some(State::Down) => "wall live wall--down",
        Some(_) => "wall live wall--degraded",
        None => "wall live",
    };
    view! {
        <div class=class role="region" aria-label=t.wall_title()>
            <header class="wall__top">
                <p class="wall__clock">{live_text(move || format::clock(clock.now.get(), clock.zone.get()))}</p>
                <LiveStatus as_of=as_of watch=watch />
                <button type="button" class="wall__close" aria-label=t.wall_close() on:click=move |_| back.leave_for(&list(&Filter::default()))>
                    {Icon::Close.view()}
                </button>
            </header>
            {live(move || counts(t, roster))}
            {live(move || tiles(t, trouble.get()))}
            {live(move || groups(t, roster))}
        </div>
    }
}

fn counts(t: Texts, roster: Roster) -> AnyView {
    let tally = roster.tally.get();
    let figures = State::ALL.into_iter().filter(|state| tally.count(*state) > 0).map(|state| {
        view! {
            <li class=["wall__count wall__count--", state.as_str()].concat()>
                <span class="wall__figure">{tally.count(state)}</span>
                <span class="wall__word">
                    <StateMark state=state />
                    {t.state(state)}
                </span>
            </li>
        }
        .into_any()
    });
    view! { <ul class="wall__counts">{figures.collect_view()}</ul> }.into_any()
}

fn tiles(t: Texts, rows: Vec<Arc<ServerRow>>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="wall__calm">{t.wall_calm()}</p> }.into_any();
    }
    let more = rows.len().saturating_sub(TILES);
    let tiles = rows.into_iter().take(TILES).map(|row| view! { <Tile row=row /> });
    view! {
        <ul class="wall__tiles">
            {tiles.collect_view()}
            {(more > 0)
                .then(|| {
                    let more = u64::try_from(more).unwrap_or(u64::MAX);
                    view! { <li class="wall__more">{t.mute_and_more(more)}</li> }.into_any()
                })}
        </ul>
    }
    .into_any()
}

#[component]
fn Tile(row: Arc<ServerRow>) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let since = row.since;
    let age = move || t.span(u64::try_from((clock.now.get() - since).whole_seconds()).unwrap_or_default());
    view! {
        <li>
            <a class=["wall__tile wall__tile--", row.state.as_str()].concat() href=server(row.id, &Filter::default())>
                <StateMark state=row.state />
                <span class="wall__name">{row.name.clone()}</span>
                <span class="wall__since">{live_text(age)}</span>
                {row.reason.as_ref().map(|reason| view! { <span class="wall__why">{t.reason(reason)}</span> }.into_any())}
            </a>
        </li>
    }
    .into_any()
}

fn groups(t: Texts, roster: Roster) -> AnyView {
    let groups = roster.tally.with(|tally| tally.groups.clone());
    let groups = groups.into_iter().map(|(name, count, bad)| {
        // Nothing is said to be up here that may be unknown.
        let mark = (bad > 0).then(|| view! { <StateMark state=State::Down /> });
        let name = if name.is_empty() { t.servers_no_group().to_owned() } else { name };
        view! {
            <li class="wall__group">
                {mark}
                <span>{name}</span>
                <span class="wall__share">{[&(count - bad).to_string(), " / ", &count.to_string()].concat()}</span>
            </li>
        }
        .into_any()
    });
    view! { <ul class="wall__groups">{groups.collect_view()}</ul> }.into_any()
}
