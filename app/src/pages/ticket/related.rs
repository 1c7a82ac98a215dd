//! Watched servers that a ticket speaks of, each with its state as it is now.

use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    components::{Row, RowText, Section, StateMark},
    fleet::links::{Filter, server},
    i18n::Texts,
    live::{channel::use_channel, live},
    model::{ids::ServerId, server::State, ticket::RelatedServer},
};

/// What the channel says of a server.
#[derive(Deserialize)]
struct Now {
    id: ServerId,
    state: State,
}

/// The servers; nothing when it speaks of none.
pub fn related(t: Texts, servers: Vec<RelatedServer>) -> AnyView {
    if servers.is_empty() {
        return ().into_any();
    }
    let states: Vec<(ServerId, RwSignal<State>)> =
        servers.iter().map(|server| (server.id, RwSignal::new(server.state))).collect();
    let rows = servers.into_iter().zip(&states).map(|(known, (_, state))| {
        let state = *state;
        let mark = live(move || view! { <StateMark state=state.get() /> });
        let under = if known.address == known.name { String::new() } else { known.address };
        view! {
            <Row href=server(known.id, &Filter::default()) before=mark leads=true>
                <RowText title=known.name subtitle=under />
            </Row>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    use_channel().listen(move |heard| {
        if &*heard.event == "server.state"
            && let Some(now) = heard.read::<Now>()
            && let Some((_, state)) = states.iter().find(|(id, _)| *id == now.id)
        {
            state.set(now.state);
        }
    });
    view! {
        <div class="talk__asked">
            <Section header=t.tickets_servers()>{rows}</Section>
        </div>
    }
    .into_any()
}
