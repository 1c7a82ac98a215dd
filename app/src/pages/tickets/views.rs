//! The saved views with how many tickets there are in each, and all tickets.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    helpdesk::links::Filter,
    i18n::{Texts, use_texts},
    live::live,
    model::ticket::View,
};

/// The views above the list.
#[component]
pub fn Views() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    live(move || {
        let (shown, narrow) = desk.filter.with(|filter| (filter.shown_view(), filter.customer.is_some()));
        let counts = desk.counts.get();
        let views = View::ALL.into_iter().map(|view| {
            let count = counts.map(|counts| counts.of(view));
            chip(t, desk, Some(view), count, shown == Some(view))
        });
        view! {
            <div class="chips chips--line fleet__chips" role="group" aria-label=t.tickets_views()>
                {views.collect_view()} {chip(t, desk, None, None, shown.is_none() && !narrow)}
            </div>
        }
    })
}

fn chip(t: Texts, desk: Desk, view: Option<View>, count: Option<u32>, on: bool) -> AnyView {
    // A search and a customer look in all tickets: another view ends both.
    let choose = move |_| {
        desk.filter.update(|filter| {
            *filter = Filter { view, text: String::new(), customer: None, ..filter.clone() };
        });
    };
    let hot = view == Some(View::Escalating) && count.is_some_and(|count| count > 0);
    view! {
        <div class=if on { "chip chip--on" } else { "chip" } class:chip--hot=hot>
            <button type="button" class="chip__link" aria-pressed=if on { "true" } else { "false" } on:click=choose>
                <span class="chip__name">{view_name(t, view)}</span>
                {count.map(|count| view! { <span class="chip__count">{count}</span> }.into_any())}
            </button>
        </div>
    }
    .into_any()
}

/// What a view is called.
pub fn view_name(t: Texts, view: Option<View>) -> &'static str {
    match view {
        None => t.tickets_view_all(),
        Some(View::Mine) => t.tickets_view_mine(),
        Some(View::New) => t.tickets_view_new(),
        Some(View::Open) => t.tickets_view_open(),
        Some(View::Waiting) => t.tickets_view_waiting(),
        Some(View::Escalating) => t.tickets_view_escalating(),
        Some(View::Pending) => t.tickets_view_pending(),
        Some(View::Watched) => t.tickets_view_watched(),
    }
}
