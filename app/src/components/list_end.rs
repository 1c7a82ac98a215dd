//! The end of what is shown of a long list: more comes before it is seen.

use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use crate::{
    i18n::use_texts,
    live::{live, watch},
};

/// A button that presses itself when it comes near.
#[component]
pub fn ListEnd(
    /// There is more.
    #[prop(into)]
    left: Signal<bool>,
    /// How much is shown: when that has grown, it is looked again whether the end is in sight.
    #[prop(into)]
    shown: Signal<usize>,
    /// Shows more.
    #[prop(into)]
    on_more: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    let end = NodeRef::<html::Button>::new();
    watch(move || {
        let Some(end) = end.get() else { return };
        let seen = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            if entries.iter().any(|entry| IntersectionObserverEntry::unchecked_from_js(entry).is_intersecting()) {
                on_more.run(());
            }
        });
        let far = IntersectionObserverInit::new();
        far.set_root_margin("1200px");
        let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &far) else { return };
        observer.observe(&end);
        // A long list may still be in sight after more has come: the observer tells only of changes.
        shown.track();
        let kept = SendWrapper::new((observer, seen));
        on_cleanup(move || kept.0.disconnect());
    });
    live(move || {
        left.get().then(|| {
            view! {
                <button type="button" class="button button--plain fleet__more" node_ref=end on:click=move |_| on_more.run(())>
                    {t.common_more()}
                </button>
            }
            .into_any()
        })
    })
}
