//! Buttons, and links that look like them.

use leptos::prelude::*;

use crate::live::live_text;

use super::Icon;

/// How much a button stands out; one filled button at most on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The main action.
    #[default]
    Filled,
    /// Another action, on a tint of the accent colour.
    Tinted,
    /// An action in the text's own surroundings.
    Plain,
    /// Takes something away, on a tint of red.
    Destructive,
}

/// How high a button is. Its touch target is never below 44 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 50 px, as wide as its place.
    Large,
    /// 42 px.
    #[default]
    Medium,
    /// 36 px.
    Small,
}

fn class(kind: ButtonKind, size: ButtonSize) -> String {
    let kind = match kind {
        ButtonKind::Filled => "button button--filled",
        ButtonKind::Tinted => "button button--tinted",
        ButtonKind::Plain => "button button--plain",
        ButtonKind::Destructive => "button button--destructive",
    };
    let size = match size {
        ButtonSize::Large => " button--large",
        ButtonSize::Medium => "",
        ButtonSize::Small => " button--small",
    };
    [kind, size].concat()
}

/// A button. `<Button label=t.common_retry() on_press=move |()| … />`
#[component]
pub fn Button(
    /// What it does, in a word or two. Also the accessible name when only the icon is shown.
    #[prop(into)]
    label: Signal<String>,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Show the icon alone.
    #[prop(optional)]
    icon_only: bool,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Works on it: cannot be pressed and shows so, without changing its width.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let mut class = class(kind, size);
    if icon_only {
        class += " button--icon";
    }
    view! {
        <button
            type="button"
            class=class
            class:button--busy=busy
            disabled=Signal::derive(move || disabled.get() || busy.get())
            aria-busy=Signal::derive(move || busy.get().then_some("true"))
            aria-label=Signal::derive(move || icon_only.then(|| label.get()))
            title=Signal::derive(move || icon_only.then(|| label.get()))
            on:click=move |_| on_press.run(())
        >
            {icon.map(Icon::view)}
            {(!icon_only).then(|| view! { <span class="button__label">{live_text(move || label.get())}</span> }.into_any())}
        </button>
    }
    .into_any()
}

/// A link that looks like a button; for addresses within the app and outside (`tel:`, `mailto:`, `https:`).
#[component]
pub fn LinkButton(
    /// Where it leads, in a word or two.
    #[prop(into)]
    label: String,
    /// The address.
    #[prop(into)]
    href: String,
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Show the icon alone.
    #[prop(optional)]
    icon_only: bool,
) -> impl IntoView {
    let mut class = class(kind, size);
    if icon_only {
        class += " button--icon";
    }
    let named = icon_only.then(|| label.clone());
    view! {
        <a class=class href=href aria-label=named.clone() title=named>
            {icon.map(Icon::view)}
            {(!icon_only).then(|| view! { <span class="button__label">{label}</span> }.into_any())}
        </a>
    }
    .into_any()
}
