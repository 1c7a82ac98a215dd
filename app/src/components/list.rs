//! Rows in sections: the building blocks of every list and form, as in Telegram's settings.

use leptos::prelude::*;

use crate::live::{live, live_text};

use super::Icon;

/// Rows that belong together on one card, with a header above and a remark below.
#[component]
pub fn Section(
    /// Above the card.
    #[prop(optional, into)]
    header: String,
    /// Below the card.
    #[prop(optional, into)]
    footer: String,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            {(!header.is_empty()).then(|| view! { <h2 class="section__header">{header}</h2> }.into_any())}
            <div class="section__body">{children()}</div>
            {(!footer.is_empty()).then(|| view! { <p class="section__footer">{footer}</p> }.into_any())}
        </section>
    }
    .into_any()
}

/// One row. With `href` all of it is a link, with `on_press` a button; nothing inside may then be one.
///
/// `<Row href="/employees/7" before=view! { <Avatar … /> }.into_any()><RowText title=… subtitle=… /></Row>`
#[component]
pub fn Row(
    /// At the head: an [`super::Avatar`] or [`super::IconTile`].
    #[prop(optional, into)]
    before: Option<AnyView>,
    /// At the end: a value, a badge, a button.
    #[prop(optional, into)]
    after: Option<AnyView>,
    /// An address within the app.
    #[prop(optional, into)]
    href: Option<String>,
    /// What a press does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// It is the one shown in the other pane.
    #[prop(optional, into)]
    selected: Signal<bool>,
    /// It takes something away.
    #[prop(optional)]
    destructive: bool,
    /// Show the small angle that says "leads further".
    #[prop(optional)]
    leads: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let class = if destructive { "row row--destructive" } else { "row" };
    let inside = view! {
        {before.map(|view| view! { <span class="row__before">{view}</span> }.into_any())}
        <span class="row__main">{children()}</span>
        {after.map(|view| view! { <span class="row__after">{view}</span> }.into_any())}
        {leads.then(|| view! { <span class="row__next">{Icon::Next.view()}</span> }.into_any())}
    };
    match (href, on_press) {
        (Some(href), _) => view! {
            <a
                class=class
                class:row--selected=selected
                aria-current=Signal::derive(move || selected.get().then_some("true"))
                href=href
            >
                {inside}
            </a>
        }
        .into_any(),
        (None, Some(on_press)) => view! {
            <button type="button" class=class class:row--selected=selected on:click=move |_| on_press.run(())>
                {inside}
            </button>
        }
        .into_any(),
        (None, None) => view! { <div class=class class:row--selected=selected>{inside}</div> }.into_any(),
    }
}

/// What most rows say: a line, and a quieter one below. For anything richer (marked matches) put
/// elements with the classes `row__title` and `row__subtitle` into the row instead.
#[component]
pub fn RowText(
    /// First line.
    #[prop(into)]
    title: Signal<String>,
    /// Second line; left out while empty.
    #[prop(optional, into)]
    subtitle: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="row__title">{live_text(move || title.get())}</span>
        {live(move || {
            let text = subtitle.get();
            (!text.is_empty()).then(|| view! { <span class="row__subtitle">{text}</span> }.into_any())
        })}
    }
    .into_any()
}
