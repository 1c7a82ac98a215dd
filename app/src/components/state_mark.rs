//! A state by shape and colour: ● up, ▲ degraded, ■ down, ○ unknown, ◐ maintenance, ‖ paused. The shapes are drawn by the
//! stylesheet.

use leptos::prelude::*;

use crate::{i18n::use_texts, model::server::State};

/// The mark of a state, said by readers.
#[component]
pub fn StateMark(
    /// Which.
    state: State,
) -> impl IntoView {
    let t = use_texts();
    view! { <span class=["state state--", state.as_str()].concat() role="img" aria-label=t.state(state)></span> }
        .into_any()
}
