//! The lines of the list: who is in trouble, the groups, the servers.

use std::sync::Arc;

use leptos::prelude::*;

use super::{detail::Opened, roster::Roster};
use crate::{
    components::{Button, ButtonKind, EmptyState, Icon, ListEnd, Sparkline, StateMark, use_clock},
    fleet::{
        links::{Filter, server},
        list::{Line, is_trouble},
    },
    i18n::{Texts, use_texts},
    live::{live, live_text},
    model::{
        ids::ServerId,
        server::{ServerRow, State},
    },
};

/// All that fits.
#[component]
pub fn Rows(
    /// What is opened beside the list.
    opened: Memo<Opened>,
) -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let arranged = Memo::new(move |_| roster.lines());
    let count = Memo::new(move |_| arranged.with(|(_, count)| *count));
    let looking = Memo::new(move |_| roster.filter.with(|filter| !filter.is_empty()));
    let here = Memo::new(move |_| opened.get().server());
    view! {
        <p class="fleet__found" role="status" aria-live="polite">
            {live_text(move || if looking.get() { t.servers_found(wide(count.get())) } else { String::new() })}
        </p>
        <div class="fleet live" id="fleet">
            <For
                each=move || arranged.with(|(lines, _)| lines.clone())
                key=Line::fingerprint
                children=move |line| line_view(t, roster, here, line)
            />
        </div>
        {live(move || (count.get() == 0).then(|| view! { <Nobody /> }))}
        <ListEnd
            left=Memo::new(move |_| count.get() > roster.limit.get())
            shown=roster.limit
            on_more=move |()| roster.more()
        />
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn line_view(t: Texts, roster: Roster, here: Memo<Option<ServerId>>, line: Line) -> AnyView {
    match line {
        Line::Trouble(count) => view! {
            <h2 class="fleet__head fleet__head--trouble">
                <span class="fleet__name">{t.servers_trouble()}</span>
                <span class="fleet__count">{count}</span>
            </h2>
        }
        .into_any(),
        Line::Group(name, count, bad, open) => group(t, roster, name, count, bad, open),
        Line::Server(row) => view! { <Host row=row here=here /> }.into_any(),
    }
}

fn group(t: Texts, roster: Roster, name: String, count: u32, bad: u32, open: bool) -> AnyView {
    let shown = if name.is_empty() { t.servers_no_group().to_owned() } else { name.clone() };
    let trouble = (bad > 0).then(|| {
        view! {
            <span class="fleet__bad">
                <span class="state state--down" aria-hidden="true"></span>
                {t.servers_in_trouble(bad.into())}
            </span>
        }
        .into_any()
    });
    view! {
        <h2 class="fleet__head">
            <button
                type="button"
                class="fleet__fold"
                aria-expanded=if open { "true" } else { "false" }
                on:click=move |_| roster.fold(&name)
            >
                <span class="fleet__name">{shown}</span>
                {trouble}
                <span class="fleet__count">{count}</span>
                {Icon::Next.view()}
            </button>
        </h2>
    }
    .into_any()
}

/// One server.
#[component]
fn Host(row: Arc<ServerRow>, here: Memo<Option<ServerId>>) -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let clock = use_clock();
    let id = row.id;
    let href = roster
        .filter
        .with_untracked(|filter| server(id, &Filter { text: filter.text.trim().to_owned(), ..filter.clone() }));
    let chosen =
        Memo::new(move |_| roster.chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.contains(&id))));
    let press = move |event: leptos::ev::MouseEvent| {
        roster.chosen.update(|chosen| {
            let Some(chosen) = chosen else { return };
            event.prevent_default();
            match chosen.iter().position(|known| *known == id) {
                Some(at) => drop(chosen.remove(at)),
                None => chosen.push(id),
            }
        });
    };
    let since = row.since;
    let tells_since = row.state != State::Up && row.state != State::Paused;
    let age = move || {
        let seconds = u64::try_from((clock.now.get() - since).whole_seconds()).unwrap_or_default();
        t.span(seconds)
    };
    let latency = row.latency_ms.filter(|_| row.state != State::Down).map(|ms| t.latency(ms));
    view! {
        <a
            class="row host"
            class:row--selected=Signal::derive(move || here.get() == Some(id))
            class:host--chosen=chosen
            href=href
            on:click=press
        >
            <StateMark state=row.state />
            <span class="row__main">
                <span class="row__title host__name">{row.name.clone()}</span>
                <span class="row__subtitle host__about">{about(t, &row)}</span>
            </span>
            <Sparkline spark=row.spark.clone() />
            <span class="host__end">
                {latency.map(|latency| view! { <span class="host__latency">{latency}</span> }.into_any())}
                {tells_since.then(|| view! { <span class="host__since">{live_text(age)}</span> }.into_any())}
            </span>
        </a>
    }
    .into_any()
}

/// The address; for who is not up, why not.
fn about(t: Texts, row: &ServerRow) -> String {
    let why = match row.state {
        State::Up => None,
        State::Paused | State::Maintenance => Some(t.state(row.state).to_owned()),
        _ => row.reason.as_ref().map(|reason| t.reason(reason)),
    };
    match why {
        Some(why) if is_trouble(row.state) => [&why, " · ", &row.address].concat(),
        Some(why) => [&row.address, " · ", &why].concat(),
        None => row.address.clone(),
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    view! {
        <EmptyState icon=Icon::Search title=t.servers_nothing_title() text=t.servers_nothing_text()>
            <Button
                label=t.servers_reset()
                kind=ButtonKind::Tinted
                on_press=move |()| roster.filter.set(Filter::default())
            />
        </EmptyState>
    }
}
