//! A choice of many in a chip: the device's own list of options.

use leptos::prelude::*;

/// A select that looks like a chip; left out where there is nothing to choose from.
#[component]
pub fn Pick(
    /// What is chosen, for readers.
    label: &'static str,
    /// What it says while nothing is.
    none: &'static str,
    /// Values and what they are called.
    options: Vec<(String, String)>,
    /// The chosen one.
    chosen: Option<String>,
    /// Another one was chosen.
    on_choose: Callback<Option<String>>,
) -> impl IntoView {
    (!options.is_empty() || chosen.is_some()).then(|| {
        let on = chosen.is_some();
        let known = options.iter().any(|(value, _)| Some(value) == chosen.as_ref());
        // A link may name one that is gone.
        let gone = chosen.clone().filter(|_| !known).map(|value| (value.clone(), value));
        let rows = options.into_iter().chain(gone).map(|(value, words)| {
            let selected = Some(&value) == chosen.as_ref();
            view! { <option value=value selected=selected>{words}</option> }.into_any()
        });
        let change = move |event| {
            let value = event_target_value(&event);
            on_choose.run(Some(value).filter(|value| !value.is_empty()));
        };
        view! {
            <select class=if on { "chip pick pick--on" } else { "chip pick" } aria-label=label on:change=change>
                <option value="" selected=!on>
                    {none}
                </option>
                {rows.collect_view()}
            </select>
        }
        .into_any()
    })
}
