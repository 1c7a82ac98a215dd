//! An incident in a list: the cause in one line, how long, who knows.

use leptos::prelude::*;

use crate::{
    components::{Row, StateMark, use_clock},
    fleet::links,
    format,
    i18n::{Texts, use_texts},
    live::live_text,
    model::{
        incident::{Incident, IncidentState},
        server::State,
    },
};

/// A row that leads to the incident.
#[component]
pub fn IncidentRow(
    /// Which.
    incident: Incident,
    /// It is open beside the list.
    #[prop(into)]
    selected: Signal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let open = incident.state == IncidentState::Open;
    let mark = if open { State::Down } else { State::Up };
    let reason = t.reason(&incident.reason);
    let (opened_at, closed_at) = (incident.opened_at, incident.closed_at);
    let clock = use_clock();
    let lasting = move || match closed_at {
        Some(closed_at) => {
            let when = format::date_clock(t, opened_at, clock.now.get(), clock.zone.get());
            [&when, " · ", &t.alerts_lasted(&span(t, closed_at - opened_at))].concat()
        }
        None => t.alerts_for(&span(t, clock.now.get() - opened_at)),
    };
    let title = cause(t, &incident);
    let href = links::incident(incident.id);
    let before = view! { <StateMark state=mark /> }.into_any();
    view! {
        <Row href=href before=before selected=selected>
            <span class="row__title alert__cause">{title}</span>
            <span class="row__subtitle">{reason}</span>
            <span class="row__subtitle alert__foot">
                <span class="tabular">{live_text(lasting)}</span>
                <Standing incident=incident />
            </span>
        </Row>
    }
    .into_any()
}

/// Who knows about it, whether it is silent.
#[component]
pub fn Standing(
    /// Of which.
    incident: Incident,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let open = incident.state == IncidentState::Open;
    let known = match &incident.acknowledged {
        Some(acknowledged) => Some((t.alerts_acknowledged_by(&acknowledged.by), "note")),
        None if open && !incident.quiet => Some((t.alerts_new().to_owned(), "note note--new")),
        None => None,
    };
    let silenced = incident.silenced.filter(|_| open).map(|silenced| {
        let text = move || t.alerts_silenced_until(&format::clock(silenced.until, clock.zone.get()));
        view! { <span class="note">{live_text(text)}</span> }.into_any()
    });
    view! {
        {known.map(|(text, class)| view! { <span class=class>{text}</span> }.into_any())}
        {silenced}
        {incident.quiet.then(|| view! { <span class="note">{t.alerts_quiet()}</span> }.into_any())}
    }
}

/// `switch-3 is down; 41 servers behind it`.
pub fn cause(t: Texts, incident: &Incident) -> String {
    let down = match incident.state {
        IncidentState::Open => t.alerts_down(&incident.server_name),
        IncidentState::Closed => t.alerts_was_down(&incident.server_name),
    };
    match incident.servers_behind {
        0 => down,
        behind => t.alerts_cause(&down, &t.alerts_behind(behind.into())),
    }
}

/// A length of time in words.
pub fn span(t: Texts, length: time::Duration) -> String {
    t.span(u64::try_from(length.whole_seconds()).unwrap_or_default())
}
