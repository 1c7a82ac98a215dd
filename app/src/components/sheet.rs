//! A sheet over the page: from below on a phone, in the middle on a wide screen. It is a modal
//! `<dialog>`, so the browser itself keeps the focus inside, closes it with Esc and gives the focus back.

use leptos::{ev, html, prelude::*};

use super::Icon;
use crate::i18n::use_texts;
use crate::live::{live, live_text, watch};

/// A modal sheet. What it holds is built when it opens and dropped when it closes.
#[component]
pub fn Sheet(
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open; closing by the user sets it to false.
    open: RwSignal<bool>,
    /// There is no way out but the buttons inside.
    #[prop(optional)]
    fixed: bool,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let t = use_texts();
    let dialog = NodeRef::<html::Dialog>::new();
    let children = StoredValue::new(children);
    watch(move || {
        let (Some(dialog), open) = (dialog.get(), open.get()) else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // A press beside the sheet meets the dialog itself: what it holds lies on an element of its own.
    let on_click = move |event: ev::MouseEvent| {
        let beside = dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()));
        if beside && !fixed {
            open.set(false);
        }
    };
    let on_cancel = move |event: ev::Event| {
        if fixed {
            event.prevent_default();
        }
    };
    view! {
        <dialog
            class="sheet"
            aria-label=Signal::derive(move || title.get())
            node_ref=dialog
            on:click=on_click
            on:cancel=on_cancel
            on:close=move |_| open.set(false)
        >
            {live(move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="sheet__body">
                                <header class="sheet__header">
                                    <h2 class="sheet__title">{live_text(move || title.get())}</h2>
                                    {(!fixed)
                                        .then(|| {
                                            view! {
                                                <button
                                                    type="button"
                                                    class="sheet__close"
                                                    aria-label=t.common_close()
                                                    on:click=move |_| open.set(false)
                                                >
                                                    {Icon::Close.view()}
                                                </button>
                                            }.into_any()
                                        })}
                                </header>
                                {children.with_value(|children| children())}
                            </div>
                        }.into_any()
                    })
            })}
        </dialog>
    }
    .into_any()
}
