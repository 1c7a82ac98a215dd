//! How the servers are.

use leptos::prelude::*;

use crate::{
    backend::{Backend, Overview as _},
    components::{Badge, Icon, IconTile, Row, RowText, Section, SkeletonRows, StateMark, Tone},
    i18n::{grouped, use_texts},
    live::live,
    model::server::{ServerSummary, State},
    pages::{Fetched, Summary},
};

/// How many servers are in which state, and whether an incident waits for somebody.
#[component]
pub fn Fleet() -> impl IntoView {
    let backend = expect_context::<Backend>();
    let summary = expect_context::<Summary>();
    summary.watch_states();
    let first = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.overview().summary().await }
    });
    first.view(
        || view! { <SkeletonRows rows=2 plain=true /> }.into_any(),
        move |first| {
            live(move || {
                let known = summary.known.get().unwrap_or_else(|| first.clone());
                view! { <Figures known=known /> }
            })
        },
    )
}

#[component]
fn Figures(known: ServerSummary) -> impl IntoView {
    let t = use_texts();
    let counts = [
        (State::Down, known.down),
        (State::Degraded, known.degraded),
        (State::Unknown, known.unknown),
        (State::Maintenance, known.maintenance),
        (State::Up, known.up),
        (State::Paused, known.paused),
    ];
    let none = counts.iter().all(|(_, count)| *count == 0);
    let chips = counts.into_iter().filter(|(_, count)| *count > 0).map(move |(state, count)| {
        view! {
            <li class="summary__count">
                <a class="summary__link" href=["/servers?state=", state.as_str()].concat()>
                    <StateMark state=state />
                    <span class="summary__figure">{grouped(t.language(), count.into())}</span>
                    <span class="summary__word">{t.state(state)}</span>
                </a>
            </li>
        }
        .into_any()
    });
    let incidents = known.unacknowledged;
    let title = if incidents > 0 { t.home_incidents(incidents.into()) } else { t.home_incidents_none().to_owned() };
    let badge = (incidents > 0).then(|| view! { <Badge text=incidents.to_string() tone=Tone::Bad /> }.into_any());
    view! {
        <div class="live">
            <Section header=t.home_servers()>
                {if none {
                    view! {
                        <Row href="/servers" leads=true>
                            <RowText title=t.home_servers_none() />
                        </Row>
                    }
                        .into_any()
                } else {
                    view! { <ul class="summary">{chips.collect_view()}</ul> }.into_any()
                }}
                <Row
                    href="/alerts"
                    before=view! { <IconTile icon=Icon::Bell colour=0 /> }.into_any()
                    after=badge.into_any()
                    leads=true
                >
                    <RowText title=title />
                </Row>
            </Section>
        </div>
    }
}
