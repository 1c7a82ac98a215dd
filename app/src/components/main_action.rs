//! The one main action of a screen: in Telegram its own button below the app, elsewhere ours in a bar
//! at the bottom.

use leptos::prelude::*;

use crate::live::watch;

use super::{Button, ButtonSize};

/// What the main action looks like now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MainActionState {
    /// What it does.
    pub label: String,
    /// Can be pressed.
    pub active: bool,
    /// Works on it.
    pub busy: bool,
}

/// The client's own button, as [`crate::app`] provides it by context.
#[derive(Clone, Copy)]
pub struct NativeMainAction {
    /// The client has one. False in the first HTML.
    pub present: RwSignal<bool>,
    /// What it should look like; nothing hides it.
    pub state: RwSignal<Option<MainActionState>>,
    /// What a press does.
    pub on_press: StoredValue<Option<Callback<()>>>,
}

impl NativeMainAction {
    /// A client without such a button, until it is known to have one.
    #[must_use]
    pub fn new() -> Self {
        Self { present: RwSignal::new(false), state: RwSignal::new(None), on_press: StoredValue::new(None) }
    }
}

impl Default for NativeMainAction {
    fn default() -> Self {
        Self::new()
    }
}

/// The main action of this screen; at most one at a time.
#[component]
pub fn MainAction(
    /// What it does, in a word or two.
    #[prop(into)]
    label: Signal<String>,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Works on it.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let native = expect_context::<NativeMainAction>();
    watch(move || {
        native.on_press.set_value(Some(on_press));
        native.state.set(Some(MainActionState { label: label.get(), active: !disabled.get(), busy: busy.get() }));
    });
    on_cleanup(move || {
        native.on_press.set_value(None);
        native.state.set(None);
    });
    view! {
        <div class="bottom-bar" hidden=Signal::derive(move || native.present.get())>
            <Button label=label on_press=on_press size=ButtonSize::Large disabled=disabled busy=busy />
        </div>
    }
    .into_any()
}
