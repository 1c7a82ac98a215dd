//! The bar with what is done most, in reach of the thumb: a ticket is closed with a comment in three presses.

use leptos::prelude::*;

use crate::{
    components::Icon,
    i18n::use_texts,
    live::live,
    model::{action::ActionKind, ticket::Ticket},
    pages::tickets::{
        composer::{Composer, doing},
        desk::Desk,
    },
};

/// The bar.
#[component]
pub fn Bar(
    /// For which ticket.
    ticket: Ticket,
) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let composer = expect_context::<Composer>();
    let seen = StoredValue::new(ticket);
    let button = move |icon: Icon, words: &'static str, kind: Option<ActionKind>| {
        let press = move |_| {
            let ticket = seen.get_value();
            match kind {
                Some(kind @ (ActionKind::Take | ActionKind::Release | ActionKind::Reopen)) => {
                    composer.at_once(&ticket, kind)
                }
                kind => composer.begin(vec![ticket], kind),
            }
        };
        view! {
            <button type="button" class="bar__button" on:click=press>
                {icon.view()}
                <span class="bar__words">{words}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="bar" role="toolbar" aria-label=t.fleet_actions()>
            {live(move || {
                let ticket = desk.expected(seen.get_value());
                let me = desk.me();
                let mine = ticket.owner.as_ref().is_some_and(|owner| *owner == me || owner.is_empty());
                let of = |icon, kind| button(icon, doing(t, kind), Some(kind));
                if ticket.state_type.is_over() {
                    [
                        of(Icon::Refresh, ActionKind::Reopen),
                        of(Icon::Reply, ActionKind::Reply),
                        of(Icon::Comment, ActionKind::Comment),
                        button(Icon::More, t.tickets_do_more(), None),
                    ]
                        .into_iter()
                        .collect_view()
                } else {
                    [
                        if mine { of(Icon::SignOut, ActionKind::Release) } else { of(Icon::Lock, ActionKind::Take) },
                        of(Icon::Reply, ActionKind::Reply),
                        of(Icon::Comment, ActionKind::Comment),
                        of(Icon::Check, ActionKind::Close),
                        button(Icon::More, t.tickets_do_more(), None),
                    ]
                        .into_iter()
                        .collect_view()
                }
            })}
        </div>
    }
    .into_any()
}
