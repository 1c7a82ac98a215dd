//! How far a long task is.

use leptos::prelude::*;

/// A bar; while the end is not known it only shows that something goes on.
#[component]
pub fn Progress(
    /// What goes on, for readers.
    #[prop(into)]
    label: String,
    /// How much is done.
    #[prop(into)]
    done: Signal<u32>,
    /// Of how much; absent while not known.
    #[prop(into)]
    total: Signal<Option<u32>>,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            aria-label=label
            max=Signal::derive(move || total.get().map(|total| total.max(1)))
            value=Signal::derive(move || total.get().map(|_| done.get()))
        ></progress>
    }
    .into_any()
}
