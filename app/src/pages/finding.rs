//! Enters the part of the app in which people are found: the first page and the directory.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{employees::Employees, home::Home, part::Entered};

/// A page of this part.
#[derive(Clone, Copy, Debug)]
pub enum Finding {
    /// The first page.
    Home,
    /// The directory, and who is opened beside it.
    Employees,
}

/// Enters the part that holds these pages.
#[wasm_split(finding, fallible, preload(#[doc = "Fetches it."] load_finding))]
pub fn finding(page: Finding) -> Entered {
    Ok(match page {
        Finding::Home => view! { <Home /> }.into_any(),
        Finding::Employees => view! { <Employees /> }.into_any(),
    })
}
