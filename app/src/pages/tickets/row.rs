//! A ticket in a list: what it is about, who asked, where it is, how old it is, when a promise is broken.

use leptos::prelude::*;
use time::OffsetDateTime;

use crate::{
    components::{Icon, use_clock},
    format,
    helpdesk::{
        due::{Due, due},
        priority_place, short_priority, short_queue,
    },
    i18n::Texts,
    live::live,
    model::ticket::{StateType, Ticket},
};

/// What a row shows. `me` is my login, if I have one.
pub fn row(t: Texts, ticket: &Ticket, me: &str) -> AnyView {
    let clock = use_clock();
    let created = ticket.created_at;
    let asked = customer_name(ticket);
    let asked = if asked.is_empty() { t.tickets_no_customer().to_owned() } else { asked };
    let kind = ticket.state_type;
    let state = (kind != StateType::Open)
        .then(|| view! { <span class=["note note--", tone(kind)].concat()>{state_name(t, kind)}</span> }.into_any());
    let dot = ticket
        .unread
        .then(|| view! { <span class="ticket__dot" role="img" aria-label=t.tickets_unread()></span> }.into_any());
    view! {
        <span class="row__main">
            <span class="ticket__line">
                <span class="row__title ticket__title" dir="auto">{ticket.title.clone()}</span>
                <span class="ticket__age">
                    {live(move || format::relative(t, created, clock.now.get(), clock.zone.get()))}
                </span>
            </span>
            <span class="ticket__line">
                <span class="row__subtitle ticket__asked" dir="auto">
                    {[&asked, " · ", short_queue(&ticket.queue)].concat()}
                </span>
                {dot}
            </span>
            <span class="ticket__line ticket__notes">
                <span class="ticket__number">{ticket.number.clone()}</span>
                {state} {owner_name(t, ticket, me).map(owner)} {marks(t, ticket)}
            </span>
        </span>
    }
    .into_any()
}

fn owner(name: String) -> AnyView {
    view! {
        <span class="note ticket__owner">
            {Icon::Person.view()}
            {name}
        </span>
    }
    .into_any()
}

/// Who works on it; nothing while nobody does. `me` is my login, if I have one.
pub fn owner_name(t: Texts, ticket: &Ticket, me: &str) -> Option<String> {
    let owner = ticket.owner.as_deref()?;
    Some(if owner == me || owner.is_empty() { t.tickets_me() } else { owner }.to_owned())
}

/// What makes it urgent: its priority, the end of waiting, the next promise.
pub fn marks(t: Texts, ticket: &Ticket) -> Vec<AnyView> {
    let place = priority_place(&ticket.priority);
    let priority = (place != 3).then(|| {
        let class = if place > 3 { "note note--new" } else { "note" };
        view! { <span class=class>{short_priority(&ticket.priority).to_owned()}</span> }.into_any()
    });
    let open = !ticket.state_type.is_over();
    let pending = ticket.pending_until.filter(|_| open).map(|until| clock_view(t, until, false));
    let escalation = ticket.escalates_at.filter(|_| open).map(|at| clock_view(t, at, true));
    [priority, pending, escalation].into_iter().flatten().collect()
}

/// Who asked, by name as far as it is known.
pub fn customer_name(ticket: &Ticket) -> String {
    let Some(customer) = &ticket.customer else { return String::new() };
    customer.name.clone().or_else(|| customer.email.clone()).unwrap_or_else(|| customer.login.clone())
}

/// How much time is left, of a promise or of waiting: in short, and in whole words for readers and for whoever points at it.
fn clock_view(t: Texts, at: OffsetDateTime, promise: bool) -> AnyView {
    let clock = use_clock();
    live(move || {
        let now = clock.now.get();
        let (class, short, words) = match (due(at, now), promise) {
            (Due::Over(seconds), true) => {
                let span = t.span(whole(seconds));
                ("note note--due note--over", ["−", &span].concat(), t.tickets_overdue(&span))
            }
            (Due::Soon(seconds), true) => {
                let span = t.span(whole(seconds));
                ("note note--due note--soon", span.clone(), t.tickets_left(&span))
            }
            (Due::Later(seconds), true) => {
                let span = t.span(whole(seconds));
                ("note note--due", span.clone(), t.tickets_left(&span))
            }
            (Due::Over(_), false) => ("note note--due note--soon", t.tickets_wait_over().to_owned(), String::new()),
            (_, false) => {
                let until = t.tickets_until(&format::date_clock(t, at, now, clock.zone.get()));
                ("note note--due", until, String::new())
            }
        };
        let words = Some(words).filter(|words| !words.is_empty());
        view! {
            <span class=class role="note" aria-label=words.clone() title=words>
                {Icon::Clock.view()}
                {short}
            </span>
        }
        .into_any()
    })
}

/// Hours are told without minutes.
const fn whole(seconds: u64) -> u64 {
    if seconds < 3_600 { seconds } else { seconds - seconds % 3_600 }
}

/// What a state means, in our words.
pub fn state_name(t: Texts, kind: StateType) -> &'static str {
    match kind {
        StateType::New => t.tickets_state_new(),
        StateType::Open => t.tickets_state_open(),
        StateType::Closed => t.tickets_state_closed(),
        StateType::PendingReminder => t.tickets_state_pending(),
        StateType::PendingAuto => t.tickets_state_pending_auto(),
        StateType::Removed => t.tickets_state_removed(),
        StateType::Merged => t.tickets_state_merged(),
        StateType::Other => t.tickets_state_other(),
    }
}

/// The colour of a state; its words say it too.
pub const fn tone(kind: StateType) -> &'static str {
    match kind {
        StateType::New => "accent",
        StateType::PendingReminder | StateType::PendingAuto => "wait",
        _ => "plain",
    }
}
