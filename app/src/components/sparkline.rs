//! The latest checks as a small line. Decoration: the latest latency stands beside it.

use leptos::prelude::*;

use crate::{fleet::spark::paths, model::spark::decode};

/// A line of the latest 24 checks.
#[component]
pub fn Sparkline(
    /// The bytes as they came.
    spark: String,
) -> impl IntoView {
    let (line, bad) = paths(&decode(&spark));
    view! {
        <svg class="spark" viewBox="0 0 72 20" aria-hidden="true" focusable="false">
            <path class="spark__line" d=line />
            <path class="spark__bad" d=bad />
        </svg>
    }
    .into_any()
}
