//! Ready replies and files in the form of an action; and what administrators set of tickets: ready replies, who mails, the rest.
//! The browser code of each is a part of its own.

mod attach;
mod editor;
mod insert;
mod list;
mod mailing;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{part::Entered, ticketing::TicketSettingsPage, tickets::composer::Composer};
use crate::model::action::ActionKind;

/// Enters the part for what goes with a text.
#[wasm_split(replies, fallible, preload(#[doc = "Fetches it."] load_extras))]
pub fn extras(composer: Composer, kind: ActionKind) -> Entered {
    Ok(view! {
        <insert::Insert composer=composer kind=kind />
        <attach::Attach composer=composer />
    }
    .into_any())
}

/// What administrators set of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arranging {
    /// Ready replies.
    Replies,
    /// Who mails replies.
    Mailing,
    /// How tickets are dealt with here.
    Settings,
}

/// Enters the part for administrators.
#[wasm_split(arranging, fallible, preload(#[doc = "Fetches it."] load_arranging))]
pub fn arranging(page: Arranging) -> Entered {
    Ok(match page {
        Arranging::Replies => view! { <list::RepliesPage /> }.into_any(),
        Arranging::Mailing => view! { <mailing::MailingPage /> }.into_any(),
        Arranging::Settings => view! { <TicketSettingsPage /> }.into_any(),
    })
}
