//! The bar with what is done most, in reach of the thumb: a ticket is closed with a comment in three presses.

use leptos::prelude::*;

use crate::{
    components::Icon,
    i18n::use_texts,
    live::live,
    model::{action::ActionKind, ticket::Ticket},
    pages::tickets::{
        composer::{Composer, Shown, doing},
        desk::Desk,
    },
};

/// The bar.
#[component]
pub fn Bar(
    /// For which ticket.
    ticket: StoredValue<Ticket>,
) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let composer = expect_context::<Composer>();
    let button = move |icon: Icon, words: &'static str, kind: Option<ActionKind>| {
        let press = move |_| {
            let ticket = ticket.get_value();
            match kind {
                Some(kind @ (ActionKind::Take | ActionKind::Release | ActionKind::Reopen)) => {
                    composer.at_once(&ticket, kind);
                }
                kind => composer.begin(vec![ticket], kind.map_or(Shown::Menu, Shown::Form)),
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
                let ticket = desk.expected(ticket.get_value());
                let me = |owner: &String| owner.is_empty() || desk.shelf.with(|shelf| shelf.me() == owner);
                let mine = ticket.owner.as_ref().is_some_and(me);
                let of = |icon, kind| button(icon, doing(t, kind), Some(kind));
                let more = button(Icon::More, t.tickets_do_more(), None);
                if ticket.state_type.is_over() {
                    vec![
                        of(Icon::Refresh, ActionKind::Reopen),
                        of(Icon::Reply, ActionKind::Reply),
                        of(Icon::Comment, ActionKind::Comment),
                        more,
                    ]
                } else {
                    let own = if mine { (Icon::SignOut, ActionKind::Release) } else { (Icon::Lock, ActionKind::Take) };
                    vec![
                        of(own.0, own.1),
                        of(Icon::Reply, ActionKind::Reply),
                        of(Icon::Comment, ActionKind::Comment),
                        of(Icon::Check, ActionKind::Close),
                        more,
                    ]
                }
            })}
        </div>
    }
    .into_any()
}
