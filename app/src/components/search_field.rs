//! The search field, as above Telegram's chat list.

use leptos::{html, prelude::*};

use super::Icon;
use crate::i18n::use_texts;

/// A search field. `/` anywhere on the page focuses it (the attribute `data-search` marks it).
#[component]
pub fn SearchField(
    /// What is looked for, shown while empty and said by readers.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// The form's name of it, for a search without scripts.
    #[prop(default = "q")]
    name: &'static str,
    /// The id of the list that shows the results, for readers.
    #[prop(optional)]
    controls: Option<&'static str>,
    /// The input itself, for focus and keys.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
    /// A key was pressed in it: arrows, Enter.
    #[prop(optional, into)]
    on_key: Option<Callback<leptos::ev::KeyboardEvent>>,
) -> impl IntoView {
    let t = use_texts();
    let clear = move |_| {
        value.set(String::new());
        if let Some(input) = node_ref.get_untracked() {
            let _ = input.focus();
        }
    };
    view! {
        <div class="search" role="search">
            <span class="search__icon">{Icon::Search.view()}</span>
            <input
                class="search__input"
                type="search"
                name=name
                aria-label=label.clone()
                placeholder=label
                aria-controls=controls
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                data-search=""
                node_ref=node_ref
                value=value.get_untracked()
                prop:value=Signal::derive(move || value.get())
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=move |event| {
                    if let Some(on_key) = on_key {
                        on_key.run(event);
                    }
                }
            />
            <button
                type="button"
                class="search__clear"
                aria-label=t.common_clear()
                hidden=Signal::derive(move || value.with(String::is_empty))
                on:click=clear
            >
                {Icon::Close.view()}
            </button>
        </div>
    }
    .into_any()
}
