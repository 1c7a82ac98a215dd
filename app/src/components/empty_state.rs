//! What stands where there is nothing yet: what will be here, why it is empty, the one button that
//! fills it.

use leptos::prelude::*;

use super::Icon;

/// An empty place that teaches.
#[component]
pub fn EmptyState(
    /// A picture of what is missing.
    icon: Icon,
    /// What is (not) here, in a few words.
    #[prop(into)]
    title: String,
    /// Why, and what to do.
    #[prop(optional, into)]
    text: String,
    /// The one action, if any.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon">{icon.view()}</span>
            <p class="empty__title">{title}</p>
            {(!text.is_empty()).then(|| view! { <p class="empty__text">{text}</p> }.into_any())}
            {children.map(|children| view! { <div class="empty__action">{children()}</div> }.into_any())}
        </div>
    }
    .into_any()
}
