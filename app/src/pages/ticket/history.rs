//! What happened to a ticket, folded: the latest first.

use leptos::prelude::*;

use crate::{
    components::{Section, Time},
    i18n::{Texts, use_texts},
    live::live,
    model::ticket::HistoryEntry,
};

/// The history.
#[component]
pub fn History(
    /// Oldest first.
    entries: Vec<HistoryEntry>,
) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    let count = u64::try_from(entries.len()).unwrap_or_default();
    let entries = StoredValue::new(entries);
    (count > 0).then(|| {
        view! {
            <details class="server__more" on:toggle=move |_| open.set(true)>
                <summary>{t.tickets_history(count)}</summary>
                // Rarely read, and often long: built when it is unfolded.
                {live(move || open.get().then(|| view! {
                    <Section>
                        <ol class="timeline">
                            {entries.with_value(|entries| entries.iter().rev().map(|entry| entry_view(t, entry)).collect_view())}
                        </ol>
                    </Section>
                }))}
            </details>
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
    (what.to_owned(), entry.values.iter().filter(|value| !value.is_empty()).cloned().collect::<Vec<_>>().join(" → "))
}
