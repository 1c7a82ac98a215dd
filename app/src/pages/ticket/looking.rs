//! Who else has this ticket on the screen. It stands in a line that is there anyway, so nothing moves when somebody comes.

use leptos::prelude::*;

use crate::{
    components::{Avatar, Icon},
    i18n::{Texts, use_texts},
    live::{
        channel::{Freshness, use_channel},
        live, watch,
    },
    model::{
        ids::TicketId,
        live::{Person, Presence},
    },
};

/// So many are named, and so many more are counted.
const NAMED: usize = 2;

/// Who else looks; the page of the ticket provides it by context.
#[derive(Clone, Copy)]
pub struct Beside(RwSignal<Vec<Person>>);

impl Beside {
    /// Nobody yet; this ticket is looked at from now on.
    pub fn new(id: TicketId) -> Self {
        let people = RwSignal::new(Vec::new());
        let channel = use_channel();
        channel.listen(move |heard| {
            if &*heard.event == "presence"
                && let Some(presence) = heard.read::<Presence>().filter(|presence| presence.ticket == id)
            {
                people.set(presence.people);
            }
        });
        watch(move || channel.look(id));
        Self(people)
    }
}

/// The line.
#[component]
pub fn Looking() -> impl IntoView {
    let t = use_texts();
    let Beside(people) = expect_context();
    let freshness = use_channel().freshness;
    // Without a connection nobody knows.
    let shown = Memo::new(move |_| match freshness.get() {
        Freshness::Stale(_) => Vec::new(),
        _ => people.get(),
    });
    view! {
        <span class="looking" aria-live="polite">
            {live(move || shown.with(|people| (!people.is_empty()).then(|| faces(t, people))))}
        </span>
    }
}

fn faces(t: Texts, people: &[Person]) -> AnyView {
    let words = if people.len() == 1 { t.tickets_looking_one() } else { t.tickets_looking_many() };
    let names = people.iter().take(NAMED).map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    let names = match people.len().saturating_sub(NAMED) {
        0 => names,
        more => t.tickets_looking_more(&names, u64::try_from(more).unwrap_or(u64::MAX)),
    };
    let all = people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    let discs = people
        .iter()
        .take(3)
        .map(|person| view! { <Avatar name=person.name.clone() seed=person.account.get() /> }.into_any());
    view! {
        {Icon::Eye.view()}
        <span class="looking__words">{words}</span>
        <span class="looking__faces">{discs.collect_view()}</span>
        <span class="looking__names" dir="auto" title=all>
            {names}
        </span>
    }
    .into_any()
}
