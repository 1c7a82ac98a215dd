//! Enters the part of the app that watches: servers and incidents.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{alerts::Alerts, part::Entered, servers::Servers};

/// A page of this part.
#[derive(Clone, Copy, Debug)]
pub enum Watching {
    /// Servers, and what is opened beside them.
    Servers,
    /// Incidents, and the one that is opened.
    Alerts,
}

/// Enters the part that holds these pages.
#[wasm_split(watching, fallible, preload(#[doc = "Fetches it."] load_watching))]
pub fn watching(page: Watching) -> Entered {
    Ok(match page {
        Watching::Servers => view! { <Servers /> }.into_any(),
        Watching::Alerts => view! { <Alerts /> }.into_any(),
    })
}
