//! What opens over the tickets: forms of actions, filters, several at once, what was not done, a picture, details. Its browser
//! code is a part of its own, so that reading does not wait for it.

mod actions;
pub mod asked;
mod bulk;
mod details;
mod filters;
mod form;
mod history;
mod preview;
mod stopped;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{
    part::Entered,
    ticket::Looked,
    tickets::{
        composer::{Composer, Shown},
        desk::Desk,
    },
};
use crate::model::{ids::TicketId, ticket::Ticket};
pub use asked::shown as shown_field;
pub use form::{mailing_name, placeholder_name, select};

/// Enters the part for the sheet.
#[wasm_split(composing, fallible, preload(#[doc = "Fetches it."] load_composing))]
pub fn sheet(composer: Composer, shown: Shown) -> Entered {
    Ok(match shown {
        Shown::Menu => form::menu(composer),
        Shown::Form(kind) => form::form(composer, kind),
        Shown::Filters => view! { <filters::Filters desk=composer.desk /> }.into_any(),
    })
}

/// Enters the part for what became of my actions.
#[wasm_split(composing, fallible, preload(#[doc = "Fetches it."] load_actions))]
pub fn actions() -> Entered {
    Ok(view! { <actions::MyActions /> }.into_any())
}

/// Enters the part for the bar while several are chosen.
#[wasm_split(composing, fallible, preload(#[doc = "Fetches it."] load_bulk))]
pub fn bulk_bar(desk: Desk, composer: Composer) -> Entered {
    Ok(view! { <bulk::Bulk desk=desk composer=composer /> }.into_any())
}

/// Enters the part for what was not done to this ticket.
#[wasm_split(composing, fallible, preload(#[doc = "Fetches it."] load_stopped))]
pub fn stopped_here(desk: Desk, ticket: StoredValue<Ticket>) -> Entered {
    Ok(view! { <stopped::StoppedHere desk=desk ticket=ticket /> }.into_any())
}

/// Enters the part for what is unfolded below the talk.
#[wasm_split(composing, fallible, preload(#[doc = "Fetches it."] load_more))]
pub fn more(ticket: StoredValue<Ticket>) -> Entered {
    Ok(view! {
        <details::Details ticket=ticket />
        <history::History ticket=ticket />
    }
    .into_any())
}

/// Enters the part for the picture that is looked at.
#[wasm_split(composing, fallible, preload(#[doc = "Fetches it."] load_preview))]
pub fn picture(id: TicketId, looked: Looked) -> Entered {
    Ok(view! { <preview::Picture id=id looked=looked /> }.into_any())
}
