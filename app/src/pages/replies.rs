//! Ready replies and files in the form of an action, the browser code of which is a part of its own.

mod attach;
mod insert;

pub use insert::greeting;
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
