//! What of a view is shown: a queue, an owner, a state, a customer; and the order.

use leptos::prelude::*;

use super::{desk::Desk, row::state_name};
use crate::{
    components::{Icon, Pick},
    i18n::{Texts, use_texts},
    live::live,
    model::ticket::{StateType, TicketSort},
};

/// The states that are worth a filter.
const STATES: [StateType; 6] = [
    StateType::New,
    StateType::Open,
    StateType::PendingReminder,
    StateType::PendingAuto,
    StateType::Closed,
    StateType::Merged,
];

/// The choices below the views.
#[component]
pub fn Filters() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    live(move || {
        let filter = desk.filter.get();
        let (queues, agents) = desk.choices.with(|choices| (choices.queues.clone(), choices.agents.clone()));
        let named = |names: Vec<String>| names.into_iter().map(|name| (name.clone(), name)).collect::<Vec<_>>();
        let mut owners = vec![
            ("me".to_owned(), t.tickets_owner_me().to_owned()),
            ("none".to_owned(), t.tickets_owner_none().to_owned()),
        ];
        owners.extend(named(agents));
        let states = STATES.map(|kind| (kind.as_str().to_owned(), state_name(t, kind).to_owned())).to_vec();
        let sorts = TicketSort::ALL.map(|sort| (sort.as_str().to_owned(), sort_name(t, sort).to_owned())).to_vec();
        let sort = filter.sort.map(|sort| sort.as_str().to_owned());
        let queue = Callback::new(move |chosen| desk.filter.update(|filter| filter.queue = chosen));
        let owner = Callback::new(move |chosen| desk.filter.update(|filter| filter.owner = chosen));
        let state = Callback::new(move |chosen: Option<String>| {
            desk.filter.update(|filter| {
                // No view shows what is over.
                if chosen.as_deref().is_some_and(|name| StateType::from_name(name).is_over()) {
                    filter.view = None;
                }
                filter.state = chosen;
            });
        });
        let order = Callback::new(move |chosen: Option<String>| {
            desk.filter.update(|filter| filter.sort = chosen.and_then(|name| TicketSort::from_name(&name)));
        });
        view! {
            <div class="chips chips--line fleet__chips tickets__filters" role="group" aria-label=t.tickets_filters()>
                {filter.customer.clone().map(|login| customer(t, desk, login))}
                <Pick label=t.tickets_queue() none=t.tickets_any_queue() options=named(queues) chosen=filter.queue on_choose=queue />
                <Pick label=t.tickets_owner() none=t.tickets_any_owner() options=owners chosen=filter.owner on_choose=owner />
                <Pick label=t.tickets_state() none=t.tickets_any_state() options=states chosen=filter.state on_choose=state />
                <Pick label=t.tickets_sort() none=t.tickets_sort_usual() options=sorts chosen=sort on_choose=order />
            </div>
        }
    })
}

/// The customer whose tickets are shown, and the way back to all.
fn customer(t: Texts, desk: Desk, login: String) -> AnyView {
    view! {
        <div class="chip chip--on">
            <span class="chip__link">
                <span class="chip__name">{login}</span>
            </span>
            <button
                type="button"
                class="chip__remove"
                aria-label=t.common_clear()
                on:click=move |_| desk.filter.update(|filter| filter.customer = None)
            >
                {Icon::Close.view()}
            </button>
        </div>
    }
    .into_any()
}

fn sort_name(t: Texts, sort: TicketSort) -> &'static str {
    match sort {
        TicketSort::Changed => t.tickets_sort_changed(),
        TicketSort::Newest => t.tickets_sort_newest(),
        TicketSort::Oldest => t.tickets_sort_oldest(),
        TicketSort::Escalation => t.tickets_sort_escalation(),
        TicketSort::Priority => t.tickets_sort_priority(),
    }
}
