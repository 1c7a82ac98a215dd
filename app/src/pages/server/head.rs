//! The head of a server's page: its name, its state and since when, and the cause in one line.

use leptos::prelude::*;

use crate::{
    components::{Badge, StateMark, Tone, use_clock},
    fleet::links::incident,
    i18n::use_texts,
    live::live_text,
    model::server::{Server, State},
};

/// Name, state, cause.
#[component]
pub fn Head(
    /// Of which.
    server: Server,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let (state, since) = (server.state, server.since);
    let lasting = move || {
        let seconds = u64::try_from((clock.now.get() - since).whole_seconds()).unwrap_or_default();
        t.server_since(t.state(state), &t.span(seconds))
    };
    let cause = server
        .monitors
        .iter()
        .filter(|monitor| monitor.state == state && state != State::Up && !monitor.paused)
        .find_map(|monitor| Some([t.kind(monitor.kind), ": ", &t.reason(monitor.reason.as_ref()?)].concat()));
    let flapping = server.monitors.iter().any(|monitor| monitor.flapping);
    let open = server.incident.map(|id| {
        view! {
            <a class="server__incident" href=incident(id)>
                {t.server_open_incident()}
            </a>
        }
        .into_any()
    });
    view! {
        <header class=["server__head server__head--", state.as_str()].concat()>
            <p class="server__name">{server.name}</p>
            <p class="server__address">{server.address}</p>
            <p class="server__state">
                <StateMark state=state />
                <span>{live_text(lasting)}</span>
                {flapping.then(|| view! { <Badge text=t.state_flapping() tone=Tone::Warning /> })}
            </p>
            {cause.map(|cause| view! { <p class="server__cause">{cause}</p> }.into_any())}
            {open}
        </header>
    }
}
