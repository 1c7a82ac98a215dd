//! A choice of a few, one below the other, each with a remark: rows of a radio group.

use leptos::prelude::*;

use super::Icon;

/// One option of [`ChoiceRows`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// What is chosen with it.
    pub value: T,
    /// Its name.
    pub title: String,
    /// What it means.
    pub subtitle: String,
}

/// Rows of which one is chosen.
#[component]
pub fn ChoiceRows<T>(
    /// What is chosen, for readers.
    #[prop(into)]
    label: String,
    /// Names the group; unique on the page.
    name: &'static str,
    /// The options.
    options: Vec<Choice<T>>,
    /// The chosen one.
    #[prop(into)]
    chosen: Signal<T>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<T>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <fieldset class="choices" disabled=disabled>
            <legend class="visually-hidden">{label}</legend>
            {options
                .into_iter()
                .enumerate()
                .map(|(at, option)| {
                    let value = option.value;
                    view! {
                        <label class="row">
                            <input
                                class="visually-hidden choices__input"
                                type="radio"
                                name=name
                                value=at.to_string()
                                checked=chosen.get_untracked() == value
                                prop:checked=Signal::derive(move || chosen.get() == value)
                                on:change=move |_| on_choose.run(value)
                            />
                            <span class="row__main">
                                <span class="row__title">{option.title}</span>
                                {(!option.subtitle.is_empty())
                                    .then(|| view! { <span class="row__subtitle">{option.subtitle}</span> }.into_any())}
                            </span>
                            <span class="choices__mark">{Icon::Check.view()}</span>
                        </label>
                    }.into_any()
                })
                .collect_view()}
        </fieldset>
    }
    .into_any()
}
