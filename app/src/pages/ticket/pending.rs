//! What I have done that OTRS does not know yet: shown where it will stand, with the way back as long as there is one.

use leptos::prelude::*;

use super::article::text_view;
use crate::{
    components::{Button, ButtonKind, ButtonSize},
    i18n::{Texts, use_texts},
    live::live,
    model::{
        action::{ActionKind, ActionState},
        ticket::Ticket,
    },
    pages::{
        Acts, Sender,
        tickets::{composer::doing, desk::Desk},
    },
};

/// The actions on their way.
#[component]
pub fn Pending(
    /// On which ticket.
    ticket: StoredValue<Ticket>,
) -> impl IntoView {
    let t = use_texts();
    let acts = expect_context::<Acts>();
    let sender = StoredValue::new(Sender::new());
    let desk = expect_context::<Desk>();
    live(move || {
        let id = ticket.with_value(|ticket| ticket.id);
        let known = desk.shelf.with(|shelf| shelf.actions.clone());
        let mine = acts
            .list
            .with(|acts| acts.iter().filter(|act| act.ticket == id && act.counts()).cloned().collect::<Vec<_>>());
        // What was sent before this page was loaded.
        let before = known.iter().filter(|action| {
            action.ticket_id == Some(id)
                && matches!(action.state, ActionState::Waiting | ActionState::Sent)
                && !mine.iter().any(|act| act.stored == Some(action.id))
        });
        let before = before.map(|action| {
            bubble(t, action.action, action.comment.as_deref().unwrap_or_default(), t.tickets_soon(), None)
        });
        let before: Vec<AnyView> = before.collect();
        let mine = mine.iter().map(|act| {
            let standing = match (act.stored, act.over) {
                (_, true) => t.tickets_just_done(),
                (Some(_), _) => t.tickets_soon(),
                (None, _) => t.tickets_on_device(),
            };
            let key = act.key.clone();
            let undo = (!act.over).then(|| Callback::new(move |()| sender.with_value(|sender| sender.undo(&key))));
            bubble(t, act.request.action, act.text(), standing, undo)
        });
        let mine: Vec<AnyView> = mine.collect();
        before.into_iter().chain(mine).collect::<Vec<_>>()
    })
}

fn bubble(t: Texts, kind: ActionKind, text: &str, standing: &'static str, undo: Option<Callback<()>>) -> AnyView {
    let text = (!text.is_empty())
        .then(|| view! { <div class="bubble__body" dir="auto">{text_view(t, text)}</div> }.into_any());
    let undo = undo.map(|undo| {
        view! {
            <Button label=t.common_undo() kind=ButtonKind::Plain size=ButtonSize::Small on_press=move |()| undo.run(()) />
        }
        .into_any()
    });
    view! {
        <div class="bubble bubble--agent bubble--coming">
            <p class="bubble__head">
                <span class="bubble__name">{doing(t, kind)}</span>
                <span class="bubble__at">{standing}</span>
            </p>
            {text} {undo}
        </div>
    }
    .into_any()
}
