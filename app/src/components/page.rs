//! The frame of a page: its title, which takes the focus after a navigation, and two panes on wide
//! screens.

use leptos::{html, prelude::*};

use crate::live::{live_text, watch};
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// One page. Its heading takes the focus when the page was reached by a navigation, so that a reader
/// says where one is; not on the first load.
#[component]
pub fn Page(
    /// The heading, and the title of the document.
    #[prop(into)]
    title: Signal<String>,
    /// Right of the heading: a button or two.
    #[prop(optional, into)]
    actions: Option<AnyView>,
    /// The heading is only for readers; the page shows what it is by itself.
    #[prop(optional)]
    hide_title: bool,
    /// What is on it.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let visited = use_context::<FirstPage>();
    let path = use_location().pathname.get_untracked();
    watch(move || {
        let Some(heading) = heading.get() else { return };
        let moved = visited.is_some_and(|first| first.left(&path));
        // What was focused may be gone with the old page; a field that took the focus itself keeps it.
        let free = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if moved && free {
            let _ = heading.focus();
        }
    });
    // The server puts the document's title together outside of what the page was built in, where no signal
    // of the page can be read: it gets the text itself.
    let shown = ArcRwSignal::new(title.get_untracked());
    watch({
        let shown = shown.clone();
        move || shown.set(title.get())
    });
    let class = if hide_title { "page__header visually-hidden" } else { "page__header" };
    view! {
        <Title text=move || shown.get() />
        <div class="page">
            <header class=class>
                <h1 class="page__title" tabindex="-1" node_ref=heading>{live_text(move || title.get())}</h1>
                {actions.map(|view| view! { <div class="page__actions">{view}</div> }.into_any())}
            </header>
            {children()}
        </div>
    }
    .into_any()
}

/// The address the document was opened with; [`crate::app`] provides it by context.
#[derive(Clone, Copy)]
pub struct FirstPage(StoredValue<Option<String>>);

impl FirstPage {
    /// Not known before the first page.
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Whether this is another page than the first one, or that one again.
    fn left(self, path: &str) -> bool {
        let first = self.0.get_value();
        match first {
            None => {
                self.0.set_value(Some(path.to_owned()));
                false
            }
            Some(_) => true,
        }
    }
}

impl Default for FirstPage {
    fn default() -> Self {
        Self::new()
    }
}

/// A list and an object beside each other from 900 px; below, the object alone when there is one, else
/// the list. Both stay in the document, so the list keeps its place.
#[component]
pub fn TwoPanes(
    /// Whether an object is chosen.
    #[prop(into)]
    detail_open: Signal<bool>,
    /// The list, 360 to 420 px wide.
    list: AnyView,
    /// The object, or what stands there while none is chosen.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="panes" class:panes--detail=detail_open>
            <div class="panes__list">{list}</div>
            <div class="panes__detail">{children()}</div>
        </div>
    }
    .into_any()
}
