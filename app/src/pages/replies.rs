//! Ready replies and files in the form of an action; for administrators the list of ready replies, and who mails replies. Its
//! browser code is a part of its own.

mod attach;
mod editor;
mod insert;
mod list;
mod mailing;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{part::Entered, tickets::composer::Composer};
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

/// What administrators set of replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    /// The ready ones.
    Replies,
    /// Who mails them.
    Mailing,
}

/// Enters the part for administrators.
#[wasm_split(replies, fallible, preload(#[doc = "Fetches it."] load_answering))]
pub fn answering(page: Answering) -> Entered {
    Ok(match page {
        Answering::Replies => view! { <list::RepliesPage /> }.into_any(),
        Answering::Mailing => view! { <mailing::MailingPage /> }.into_any(),
    })
}
