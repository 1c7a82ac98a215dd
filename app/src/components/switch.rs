//! On or off, at once.

use leptos::prelude::*;

/// A row with a switch; all of it can be pressed.
#[component]
pub fn Switch(
    /// What is switched.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// It was switched.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="row">
            <span class="row__main">
                <span class="row__title">{label}</span>
            </span>
            <input
                class="switch"
                type="checkbox"
                role="switch"
                checked=on.get_untracked()
                prop:checked=Signal::derive(move || on.get())
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
        </label>
    }
    .into_any()
}
