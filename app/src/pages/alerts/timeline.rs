//! What happened to an incident, the latest last.

use leptos::prelude::*;

use crate::{
    components::{Section, Time, use_clock},
    format,
    i18n::{Texts, use_texts},
    live::live_text,
    model::incident::{IncidentEvent, IncidentEventKind},
};

/// The events in order.
#[component]
pub fn Timeline(
    /// Oldest first.
    events: Vec<IncidentEvent>,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let lines = events.into_iter().map(move |event| {
        let tone = tone(event.kind);
        let at = event.at;
        let reason = event.reason.as_ref().map(|reason| t.reason(reason));
        let text = event.text.clone().filter(|text| !text.is_empty());
        let said = move || {
            said(t, &event, &event.until.map(|until| format::clock(until, clock.zone.get())).unwrap_or_default())
        };
        view! {
            <li class=["event event--", tone].concat()>
                <span class="event__what">{live_text(said)}</span>
                {reason.map(|reason| view! { <span class="event__why">{reason}</span> }.into_any())}
                {text.map(|text| view! { <span class="event__text">{text}</span> }.into_any())}
                <span class="event__when">
                    <Time at=at />
                </span>
            </li>
        }
        .into_any()
    });
    view! {
        <Section header=t.alerts_timeline()>
            <ol class="timeline">{lines.collect_view()}</ol>
        </Section>
    }
}

const fn tone(kind: IncidentEventKind) -> &'static str {
    match kind {
        IncidentEventKind::Opened
        | IncidentEventKind::Joined
        | IncidentEventKind::Reopened
        | IncidentEventKind::MaintenanceEnded => "bad",
        IncidentEventKind::MemberRecovered | IncidentEventKind::Recovered | IncidentEventKind::Resolved => "good",
        _ => "said",
    }
}

fn said(t: Texts, event: &IncidentEvent, until: &str) -> String {
    let by = event.by.as_deref().unwrap_or(t.alerts_somebody());
    match (event.kind, event.server_name.as_deref()) {
        (IncidentEventKind::Opened, _) => t.alerts_event_opened().to_owned(),
        (IncidentEventKind::Joined, Some(name)) => t.alerts_event_joined_name(name),
        (IncidentEventKind::Joined, None) => t.alerts_event_joined().to_owned(),
        (IncidentEventKind::MemberRecovered, Some(name)) => t.alerts_event_member_recovered_name(name),
        (IncidentEventKind::MemberRecovered, None) => t.alerts_event_member_recovered().to_owned(),
        (IncidentEventKind::Acknowledged, _) => t.alerts_event_acknowledged(by),
        (IncidentEventKind::Silenced, _) => t.alerts_event_silenced(by, until),
        (IncidentEventKind::Unsilenced, _) => t.alerts_event_unsilenced(by),
        (IncidentEventKind::Commented, _) => t.alerts_event_commented(by),
        (IncidentEventKind::Recovered, _) => t.alerts_event_recovered().to_owned(),
        (IncidentEventKind::Resolved, _) => t.alerts_event_resolved(by),
        (IncidentEventKind::Reopened, _) => t.alerts_event_reopened(by),
        (IncidentEventKind::MaintenanceEnded, _) => t.alerts_event_maintenance_ended().to_owned(),
    }
}
