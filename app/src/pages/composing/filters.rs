//! What of a view is shown: a queue, an owner, a state; and the order.

use leptos::prelude::*;

use crate::{
    components::{Button, ButtonKind, ButtonSize},
    helpdesk::links::Filter,
    i18n::{Texts, use_texts},
    live::live,
    model::ticket::{StateType, TicketSort},
    pages::tickets::{composer::Composer, desk::Desk, row::state_name},
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

/// The choices.
#[component]
pub fn Filters(
    /// Around the list.
    desk: Desk,
) -> impl IntoView {
    let t = use_texts();
    let composer = expect_context::<Composer>();
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
    let reset = move |()| {
        desk.filter.update(|filter| *filter = Filter { view: filter.view, ..Filter::default() });
        composer.open.set(false);
    };
    live(move || {
        let filter = desk.filter.get();
        let (queues, agents) = desk.shelf.with(|shelf| (shelf.choices.queues.clone(), shelf.choices.agents.clone()));
        let named = |names: Vec<String>| names.into_iter().map(|name| (name.clone(), name)).collect::<Vec<_>>();
        let pair = |value: &str, words: &str| (value.to_owned(), words.to_owned());
        let mut owners = vec![pair("me", t.tickets_owner_me()), pair("none", t.tickets_owner_none())];
        owners.extend(named(agents));
        let states = STATES.map(|kind| pair(kind.as_str(), state_name(t, kind))).to_vec();
        let sorts = TicketSort::ALL.map(|sort| pair(sort.as_str(), sort_name(t, sort))).to_vec();
        let sort = filter.sort.map(|sort| sort.as_str().to_owned());
        view! {
            <div class="mute">
                {pick(t.tickets_queue(), "queue", t.tickets_any_queue(), named(queues), filter.queue, queue)}
                {pick(t.tickets_owner(), "owner", t.tickets_any_owner(), owners, filter.owner, owner)}
                {pick(t.tickets_state(), "state", t.tickets_any_state(), states, filter.state, state)}
                {pick(t.tickets_sort(), "sort", t.tickets_sort_usual(), sorts, sort, order)}
                <Button
                    label=t.tickets_show()
                    size=ButtonSize::Large
                    on_press=move |()| composer.open.set(false)
                />
                <Button label=t.servers_reset() kind=ButtonKind::Plain on_press=reset />
            </div>
        }
        .into_any()
    })
}

/// A choice of many by the device's own list.
fn pick(
    label: &'static str,
    name: &'static str,
    none: &'static str,
    options: Vec<(String, String)>,
    chosen: Option<String>,
    on_choose: Callback<Option<String>>,
) -> AnyView {
    let id = ["field-", name].concat();
    let rows = options.into_iter().map(|(value, words)| {
        let selected = Some(&value) == chosen.as_ref();
        view! { <option value=value selected=selected>{words}</option> }.into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let change = move |event| {
        let value = event_target_value(&event);
        on_choose.run(Some(value).filter(|value| !value.is_empty()));
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <select class="field__input field__input--select" id=id on:change=change>
                <option value="" selected=chosen.is_none()>
                    {none}
                </option>
                {rows}
            </select>
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
