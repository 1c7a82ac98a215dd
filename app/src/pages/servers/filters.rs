//! What of the list is shown: states with their numbers, a group, a tag.

use leptos::prelude::*;

use super::roster::Roster;
use crate::{components::StateMark, i18n::use_texts, live::live, model::server::State};

/// The choices above the list; a state that nobody is in is not offered unless it is chosen.
#[component]
pub fn Filters() -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    view! {
        <div class="chips chips--line fleet__chips" role="group" aria-label=t.servers_states()>
            {live(move || {
                let chosen = roster.filter.with(|filter| filter.state);
                let tally = roster.tally.get();
                let all = view! { <Chip state=None count=tally.total() on=chosen.is_none() /> };
                let states = State::ALL
                    .into_iter()
                    .filter(|state| tally.count(*state) > 0 || chosen == Some(*state))
                    .map(|state| {
                        view! { <Chip state=Some(state) count=tally.count(state) on=chosen == Some(state) /> }
                    })
                    .collect_view();
                view! {
                    {all}
                    {states}
                    <Picks />
                }
                    .into_any()
            })}
        </div>
    }
}

#[component]
fn Chip(state: Option<State>, count: u32, on: bool) -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let words = state.map_or(t.servers_all(), |state| t.state(state));
    // Pressed again it shows all.
    let choose = move |_| roster.filter.update(|filter| filter.state = if on { None } else { state });
    view! {
        <div class=if on { "chip chip--on" } else { "chip" }>
            <button
                type="button"
                class="chip__link"
                aria-pressed=if on { "true" } else { "false" }
                on:click=choose
            >
                {state.map(|state| view! { <StateMark state=state /> })}
                <span class="chip__name">{words}</span>
                <span class="chip__count">{count}</span>
            </button>
        </div>
    }
    .into_any()
}

/// Group and tag, where there is something to choose from.
#[component]
fn Picks() -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let filter = roster.filter.get_untracked();
    let (groups, tags) = roster.tally.with_untracked(|tally| {
        let groups: Vec<String> =
            tally.groups.iter().map(|(name, ..)| name.clone()).filter(|name| !name.is_empty()).collect();
        (groups, tally.tags.clone())
    });
    let group = Callback::new(move |chosen| roster.filter.update(|filter| filter.group = chosen));
    let tag = Callback::new(move |chosen| roster.filter.update(|filter| filter.tag = chosen));
    view! {
        <Pick label=t.servers_group() none=t.servers_any_group() options=groups chosen=filter.group on_choose=group />
        <Pick label=t.servers_tag() none=t.servers_any_tag() options=tags chosen=filter.tag on_choose=tag />
    }
}

#[component]
fn Pick(
    label: &'static str,
    none: &'static str,
    options: Vec<String>,
    chosen: Option<String>,
    on_choose: Callback<Option<String>>,
) -> impl IntoView {
    (!options.is_empty() || chosen.is_some()).then(|| {
        let on = chosen.is_some();
        let known = options.iter().any(|option| Some(option) == chosen.as_ref());
        // A link may name one that is gone.
        let gone = chosen.clone().filter(|_| !known);
        let rows = options.into_iter().chain(gone).map(|option| {
            let selected = Some(&option) == chosen.as_ref();
            view! { <option value=option.clone() selected=selected>{option.clone()}</option> }.into_any()
        });
        let change = move |event| {
            let value = event_target_value(&event);
            on_choose.run(Some(value).filter(|value| !value.is_empty()));
        };
        view! {
            <select class=if on { "chip pick pick--on" } else { "chip pick" } aria-label=label on:change=change>
                <option value="" selected=!on>
                    {none}
                </option>
                {rows.collect_view()}
            </select>
        }
        .into_any()
    })
}
