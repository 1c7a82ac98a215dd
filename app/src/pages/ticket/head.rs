//! The head of a ticket: what it is about, how far it is, whose it is, who asked.

use leptos::{prelude::*, task::spawn_local};

use super::{looking::Looking, related::related};
use crate::{
    backend::{Backend, Tickets as _},
    components::{Avatar, Icon, Row, RowText, Section, use_toasts},
    directory::links::{Search, card},
    helpdesk::links::{Filter, list},
    i18n::{Texts, use_texts},
    live::live,
    model::{
        ids::EmployeeId,
        ticket::{Customer, Desktop, Ticket},
    },
    pages::{
        Fetched,
        tickets::{
            desk::Desk,
            row::{customer_name, marks, owner_name, state_name, tone},
        },
    },
};

/// The head.
#[component]
pub fn Head(
    /// Of which.
    ticket: StoredValue<Ticket>,
    /// Where it comes from.
    known: Fetched<Ticket>,
) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let seen = ticket.get_value();
    let who = seen.customer.clone().map(|customer| {
        let company = seen.detail.as_ref().and_then(|detail| detail.company.clone());
        let desktop = seen.detail.as_ref().map(|detail| detail.desktop.clone()).unwrap_or_default();
        asked(t, customer, customer_name(&seen), company, &desktop)
    });
    let servers = seen.detail.as_ref().map(|detail| detail.servers.clone()).unwrap_or_default();
    view! {
        <header class="talk__head">
            <p class="talk__title" dir="auto">{seen.title.clone()}</p>
            {star(t, &seen, known)}
            <p class="talk__number">
                <span class="talk__digits">{seen.number}</span>
                <Looking />
            </p>
            {live(move || facts(t, &desk.expected(ticket.get_value()), &desk.shelf.with(|shelf| shelf.me().to_owned())))}
        </header>
        {who}
        {related(t, servers)}
    }
    .into_any()
}

/// What an action changes: state, owner, queue, priority, clocks.
fn facts(t: Texts, ticket: &Ticket, me: &str) -> AnyView {
    let kind = ticket.state_type;
    let owner = owner_name(t, ticket, me).unwrap_or_else(|| t.tickets_nobody().to_owned());
    view! {
        <p class="talk__facts">
            <span class=["note note--", tone(kind)].concat() title=ticket.state.clone()>
                {state_name(t, kind)}
            </span>
            <span class="note">{ticket.queue.clone()}</span>
            <span class="note">{Icon::Person.view()}{owner}</span>
            {marks(t, ticket)}
        </p>
    }
    .into_any()
}

/// Who asked, with the card behind, and what else he asked.
fn asked(t: Texts, customer: Customer, name: String, company: Option<String>, desktop: &Desktop) -> AnyView {
    let seed = customer.employee_id.map_or(0, EmployeeId::get);
    let avatar = view! { <Avatar name=name.clone() seed=seed /> }.into_any();
    let under = [customer.email.clone().filter(|email| *email != name), company];
    let under = under.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let others = list(&Filter { customer: Some(customer.login), view: None, ..Filter::default() });
    let href = customer.employee_id.map(|id| card(id, &Search::default()));
    let text = view! { <RowText title=name subtitle=under /> };
    let seat = seat(t, desktop);
    let person = match href {
        Some(href) => view! { <Row href=href before=avatar leads=true>{text}</Row> }.into_any(),
        None => view! { <Row before=avatar>{text}</Row> }.into_any(),
    };
    view! {
        <div class="talk__asked">
            <Section>
                {person}
                {seat}
                <Row href=others leads=true>
                    <RowText title=t.tickets_others() />
                </Row>
            </Section>
        </div>
    }
    .into_any()
}

/// Where he sits.
fn seat(t: Texts, desktop: &Desktop) -> Option<AnyView> {
    let known: Vec<&str> = desktop.workstation.iter().chain(&desktop.ips).map(String::as_str).collect();
    (!known.is_empty()).then(|| {
        view! {
            <div class="value">
                <span class="value__main">
                    <span class="value__label">{t.tickets_workstation()}</span>
                    <span class="value__text">{known.join(" · ")}</span>
                </span>
            </div>
        }
        .into_any()
    })
}

/// Whether I watch it.
fn star(t: Texts, ticket: &Ticket, known: Fetched<Ticket>) -> AnyView {
    let id = ticket.id;
    let watched = RwSignal::new(ticket.watched);
    let toasts = use_toasts();
    let backend = expect_context::<Backend>();
    let press = move |_| {
        let now = !watched.get_untracked();
        let backend = backend.clone();
        watched.set(now);
        spawn_local(async move {
            let answer = if now { backend.tickets().watch(id).await } else { backend.tickets().unwatch(id).await };
            match answer {
                Ok(()) => {
                    if let Some(ticket) = known.known() {
                        known.set(Ticket { watched: now, ..ticket });
                    }
                }
                Err(error) => {
                    let _ = watched.try_set(!now);
                    toasts.error(&error);
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="star talk__star"
            class:star--on=watched
            aria-pressed=Signal::derive(move || if watched.get() { "true" } else { "false" })
            aria-label=t.tickets_watch()
            title=t.tickets_watch()
            on:click=press
        >
            {live(move || if watched.get() { Icon::StarFilled.view() } else { Icon::Star.view() })}
        </button>
    }
    .into_any()
}
