//! A choice of a few that are all in sight.

use leptos::prelude::*;

/// Two to four options beside each other, one chosen; arrows move as in any group of radio buttons.
#[component]
pub fn Segmented<T>(
    /// What is chosen, for readers.
    #[prop(into)]
    label: String,
    /// Names the group; unique on the page.
    name: &'static str,
    /// The options with their words.
    options: Vec<(T, String)>,
    /// The chosen one.
    #[prop(into)]
    chosen: Signal<T>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">{label}</legend>
            {options
                .into_iter()
                .enumerate()
                .map(|(at, (option, words))| {
                    view! {
                        <label class="segmented__option">
                            <input
                                class="visually-hidden"
                                type="radio"
                                name=name
                                value=at.to_string()
                                checked=chosen.get_untracked() == option
                                prop:checked=Signal::derive(move || chosen.get() == option)
                                on:change=move |_| on_choose.run(option)
                            />
                            <span class="segmented__words">{words}</span>
                        </label>
                    }.into_any()
                })
                .collect_view()}
        </fieldset>
    }
    .into_any()
}
