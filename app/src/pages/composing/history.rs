//! What happened to a ticket: the latest first.

use leptos::prelude::*;

use crate::{
    components::{Section, Time},
    i18n::{Texts, use_texts},
    model::ticket::{HistoryEntry, Ticket},
};

/// The history.
#[component]
pub fn History(
    /// Of which ticket.
    ticket: StoredValue<Ticket>,
) -> impl IntoView {
    let t = use_texts();
    let rows =
        ticket.with_value(|ticket| ticket.history.iter().rev().map(|entry| entry_view(t, entry)).collect::<Vec<_>>());
    let count = u64::try_from(rows.len()).unwrap_or_default();
    (count > 0).then(|| {
        view! {
            <Section header=t.tickets_history(count)>
                <ul class="timeline">{rows}</ul>
            </Section>
        }
        .into_any()
    })
}

fn entry_view(t: Texts, entry: &HistoryEntry) -> AnyView {
    let (what, values) = words(t, entry);
    let values = (!values.is_empty()).then(|| view! { <span class="event__why">{values}</span> }.into_any());
    let by = entry.by.clone().unwrap_or_else(|| t.tickets_system().to_owned());
    view! {
        <li class="event">
            <span class="event__what">{what}</span>
            {values}
            <span class="event__when">{by} " · " <Time at=entry.at /></span>
        </li>
    }
    .into_any()
}

/// What happened, and what became what.
pub fn words(t: Texts, entry: &HistoryEntry) -> (String, String) {
    let what = match entry.kind.as_str() {
        "NewTicket" => t.tickets_event_new(),
        "StateUpdate" => t.tickets_event_state(),
        "OwnerUpdate" => t.tickets_event_owner(),
        "ResponsibleUpdate" => t.tickets_event_responsible(),
        "Move" => t.tickets_event_move(),
        "Lock" => t.tickets_event_lock(),
        "Unlock" => t.tickets_event_unlock(),
        "PriorityUpdate" => t.tickets_event_priority(),
        "TitleUpdate" => t.tickets_event_title(),
        "SetPendingTime" => t.tickets_event_pending(),
        "AddNote" => t.tickets_event_note(),
        "EmailCustomer" | "FollowUp" | "WebRequestCustomer" => t.tickets_event_customer(),
        "SendAnswer" | "EmailAgent" | "Forward" | "SendAutoReply" => t.tickets_event_answer(),
        "CustomerUpdate" => t.tickets_event_customer_update(),
        "Merged" => t.tickets_event_merged(),
        other => other,
    };
    // How it began stands in the ticket itself.
    if matches!(entry.kind.as_str(), "NewTicket" | "CustomerUpdate") {
        return (what.to_owned(), String::new());
    }
    (what.to_owned(), entry.values.iter().filter(|value| !value.is_empty()).cloned().collect::<Vec<_>>().join(" → "))
}
