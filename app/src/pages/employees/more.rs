//! The end of the list: fetches what follows when it comes into sight, offers a link without scripts.

use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

use super::{finder::Finder, results::in_place};
use crate::{
    components::SkeletonRows,
    directory::links::{escape, list},
    i18n::use_texts,
    live::{live, watch},
};

/// "Show more", pressed by itself as soon as it is nearly seen.
#[component]
pub fn More() -> impl IntoView {
    let t = use_texts();
    let finder = expect_context::<Finder>();
    let end = NodeRef::<html::A>::new();
    when_seen(end, move || finder.more());
    let rest = Memo::new(move |_| {
        finder.shown.with(|shown| {
            let shown = shown.as_ref()?;
            let cursor = shown.next.as_ref()?;
            let list = list(&shown.search);
            let joint = if list.contains('?') { "&" } else { "?" };
            Some([&list, joint, "cursor=", &escape(cursor)].concat())
        })
    });
    live(move || {
        rest.get().map(|href| {
            view! {
                <a
                    class="button button--plain people__more"
                    href=href
                    node_ref=end
                    on:click=in_place(move || finder.more())
                >
                    {t.common_more()}
                </a>
                {live(move || {
                    (finder.loading.get() && finder.is_current()).then(|| view! { <SkeletonRows rows=3 /> })
                })}
            }
            .into_any()
        })
    })
}

/// Runs `work` whenever the element comes near the visible part of the page.
fn when_seen(element: NodeRef<html::A>, work: impl Fn() + Copy + 'static) {
    watch(move || {
        let Some(element) = element.get() else { return };
        let seen = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let visible = |entry| IntersectionObserverEntry::unchecked_from_js(entry).is_intersecting();
            if entries.iter().any(visible) {
                work();
            }
        });
        let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = SendWrapper::new((observer, seen));
        on_cleanup(move || kept.0.disconnect());
    });
}
