//! Short messages at the bottom: what was done, with "undo" for ten seconds, or what failed.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use super::Icon;
use crate::{
    i18n::{CurrentLanguage, texts, use_texts},
    model::Error,
};

/// How long a message stays.
const PLAIN: Duration = Duration::from_secs(4);
/// How long one may change one's mind.
const UNDO: Duration = Duration::from_secs(10);
/// More at a time would cover the page.
const AT_MOST: usize = 3;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    bad: bool,
    undo: Option<Undo>,
}

/// No `Callback`: that would end with what made it, often a sheet that is closed by the very press.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// The messages on the screen; [`crate::app`] provides them by context. Call it from reactions to the
/// user, never while something is being built.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
    language: CurrentLanguage,
}

impl Toasts {
    /// No message yet; failures will be told in this language.
    #[must_use]
    pub fn new(language: CurrentLanguage) -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0), language }
    }

    /// Says that something is done.
    pub fn show(self, text: impl Into<String>) {
        self.push(text.into(), false, None, PLAIN);
    }

    /// Says that something is done and offers to undo it for ten seconds.
    pub fn undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.undo_for(UNDO, text.into(), undo);
    }

    /// The same for as long as it can be undone.
    pub fn undo_for(self, long: Duration, text: String, undo: impl Fn() + Send + Sync + 'static) {
        self.push(text, false, Some(Arc::new(undo)), long);
    }

    /// Says why something failed and what to do.
    pub fn error(self, error: &Error) {
        self.problem(texts(self.language.now()).error(error));
    }

    /// Says that something failed, in words of the page.
    pub fn problem(self, text: impl Into<String>) {
        self.push(text.into(), true, None, PLAIN);
    }

    fn push(self, text: String, bad: bool, undo: Option<Undo>, long: Duration) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.shown.update(|shown| {
            if shown.len() == AT_MOST {
                shown.remove(0);
            }
            shown.push(Toast { id, text, bad, undo });
        });
        set_timeout(move || self.drop(id), long);
    }

    fn drop(self, id: u32) {
        // The page may be gone by the time the message is.
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// The messages on the screen.
///
/// # Panics
/// Outside of [`crate::app::App`].
#[must_use]
pub fn use_toasts() -> Toasts {
    expect_context()
}

/// Where messages appear; once, in the frame of the app.
#[component]
pub fn ToastHost() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts.shown.get()
                key=|toast| toast.id
                children=move |toast| {
                    let id = toast.id;
                    let icon = if toast.bad { Icon::Warning } else { Icon::Check };
                    view! {
                        <div class="toast" class:toast--bad=toast.bad>
                            <span class="toast__icon">{icon.view()}</span>
                            <span class="toast__text">{toast.text}</span>
                            {toast
                                .undo
                                .map(|undo| {
                                    view! {
                                        <button
                                            type="button"
                                            class="toast__undo"
                                            on:click=move |_| {
                                                undo();
                                                toasts.drop(id);
                                            }
                                        >
                                            {use_texts().common_undo()}
                                        </button>
                                    }.into_any()
                                })}
                        </div>
                    }.into_any()
                }
            />
        </div>
    }
    .into_any()
}
