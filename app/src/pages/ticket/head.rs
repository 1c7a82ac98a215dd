//! The head of a ticket: what it is about, how far it is, whose it is, who asked.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Tickets as _},
    components::{Avatar, Icon, Row, RowText, Section, use_toasts},
    directory::links::{Search, card},
    helpdesk::{
        links::{Filter, list},
        priority_place, short_priority,
    },
    i18n::{Texts, use_texts},
    live::live,
    model::ticket::{Customer, Ticket},
    pages::{
        Fetched,
        tickets::{
            desk::Desk,
            row::{clock_view, customer_name, state_name, tone},
        },
    },
};

/// The head.
#[component]
pub fn Head(
    /// Of which.
    ticket: Ticket,
    /// Where it comes from.
    known: Fetched<Ticket>,
) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let title = ticket.title.clone();
    let number = ticket.number.clone();
    let company = ticket.detail.as_ref().and_then(|detail| detail.company.clone());
    let who = ticket.customer.clone().map(|customer| {
        let name = customer_name(&ticket);
        view! { <Asked customer=customer name=name company=company /> }.into_any()
    });
    let id = ticket.id;
    let watched = RwSignal::new(ticket.watched);
    let shown = StoredValue::new(ticket);
    view! {
        <header class="talk__head">
            <p class="talk__title" dir="auto">{title}</p>
            <Star id=id watched=watched known=known />
            <p class="talk__number">{number}</p>
            {live(move || facts(t, desk, &desk.expected(shown.get_value())))}
        </header>
        {who}
    }
    .into_any()
}

/// What an action changes: state, owner, queue, priority, clocks.
fn facts(t: Texts, desk: Desk, ticket: &Ticket) -> AnyView {
    let kind = ticket.state_type;
    let me = desk.me();
    let owner = match ticket.owner.as_deref() {
        None => t.tickets_nobody().to_owned(),
        Some(owner) if owner == me || owner.is_empty() => t.tickets_me().to_owned(),
        Some(owner) => owner.to_owned(),
    };
    let priority = (priority_place(&ticket.priority) != 3).then(|| {
        let class = if priority_place(&ticket.priority) > 3 { "note note--new" } else { "note" };
        view! { <span class=class>{short_priority(&ticket.priority).to_owned()}</span> }.into_any()
    });
    let pending = ticket.pending_until.filter(|_| !kind.is_over()).map(|until| clock_view(t, until, false));
    let escalation = ticket.escalates_at.filter(|_| !kind.is_over()).map(|at| clock_view(t, at, true));
    view! {
        <p class="talk__facts">
            <span class=["note note--", tone(kind)].concat() title=ticket.state.clone()>
                {state_name(t, kind)}
            </span>
            <span class="note">{ticket.queue.clone()}</span>
            <span class="note">{Icon::Person.view()}{owner}</span>
            {priority} {pending} {escalation}
        </p>
    }
    .into_any()
}

/// Who asked, with the card behind, and what else he asked.
#[component]
fn Asked(customer: Customer, name: String, company: Option<String>) -> impl IntoView {
    let t = use_texts();
    let seed = customer.employee_id.map_or(0, |id| id.get());
    let avatar = view! { <Avatar name=name.clone() seed=seed /> }.into_any();
    let under = [customer.email.clone().filter(|email| *email != name), company];
    let under = under.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let others = list(&Filter { customer: Some(customer.login), view: None, ..Filter::default() });
    let href = customer.employee_id.map(|id| card(id, &Search::default()));
    view! {
        <div class="talk__asked">
            <Section>
                {match href {
                    Some(href) => view! {
                        <Row href=href before=avatar leads=true>
                            <RowText title=name subtitle=under />
                        </Row>
                    }
                        .into_any(),
                    None => view! {
                        <Row before=avatar>
                            <RowText title=name subtitle=under />
                        </Row>
                    }
                        .into_any(),
                }}
                <Row href=others leads=true>
                    <RowText title=t.tickets_others() />
                </Row>
            </Section>
        </div>
    }
    .into_any()
}

/// Whether I watch it.
#[component]
fn Star(id: crate::model::ids::TicketId, watched: RwSignal<bool>, known: Fetched<Ticket>) -> impl IntoView {
    let t = use_texts();
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
