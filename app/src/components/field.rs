//! Fields in which something is typed: one line or several, with a label, a hint and what is wrong.

use leptos::prelude::*;

use crate::live::live;

/// One line of text with its label. The value is the caller's signal, so that nothing typed is lost
/// when something around the field is built anew.
#[component]
pub fn TextField(
    /// What belongs here.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Names the field on the wire and for the label; unique on the page.
    #[prop(into)]
    name: String,
    /// `text`, `email`, `tel`, `date` …
    #[prop(default = "text")]
    kind: &'static str,
    /// The keyboard of a phone: `text`, `tel`, `email`, `decimal` …
    #[prop(optional)]
    input_mode: Option<&'static str>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Below the field, as long as nothing is wrong.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it, if anything.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be filled.
    #[prop(optional)]
    required: bool,
    /// At most so many characters.
    #[prop(optional)]
    max_length: Option<u32>,
) -> impl IntoView {
    let id = ["field-", &name].concat();
    let note = [&id, "-note"].concat();
    view! {
        <div class="field" class:field--bad=Signal::derive(move || error.with(Option::is_some))>
            <label class="field__label" for=id.clone()>
                {label}
                {required.then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> }.into_any())}
            </label>
            <input
                class="field__input"
                id=id
                name=name
                type=kind
                inputmode=input_mode
                placeholder=placeholder
                maxlength=max_length
                required=required
                autocomplete="off"
                aria-describedby=note.clone()
                aria-invalid=Signal::derive(move || error.with(Option::is_some).then_some("true"))
                prop:value=Signal::derive(move || value.get())
                value=value.get_untracked()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <Note id=note hint=hint error=error />
        </div>
    }
    .into_any()
}

/// Several lines of text with their label.
#[component]
pub fn TextArea(
    /// What belongs here.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Names the field on the wire and for the label; unique on the page.
    #[prop(into)]
    name: String,
    /// Below the field, as long as nothing is wrong.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it, if anything.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = ["field-", &name].concat();
    let note = [&id, "-note"].concat();
    view! {
        <div class="field" class:field--bad=Signal::derive(move || error.with(Option::is_some))>
            <label class="field__label" for=id.clone()>{label}</label>
            <textarea
                class="field__input field__input--area"
                id=id
                name=name
                rows="4"
                aria-describedby=note.clone()
                aria-invalid=Signal::derive(move || error.with(Option::is_some).then_some("true"))
                prop:value=Signal::derive(move || value.get())
                on:input=move |event| value.set(event_target_value(&event))
            >
                {value.get_untracked()}
            </textarea>
            <Note id=note hint=hint error=error />
        </div>
    }
    .into_any()
}

/// The line below a field. It is there even when empty: a reader announces what appears in it.
#[component]
fn Note(id: String, hint: String, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="field__note" id=id aria-live="polite">
            {live(move || error.get().unwrap_or_else(|| hint.clone()))}
        </p>
    }
    .into_any()
}
