//! The saved views with how many tickets there are in each, all tickets, and what else the list is narrowed by.

use leptos::prelude::*;

use super::{desk::Desk, row::state_name};
use crate::{
    components::Icon,
    helpdesk::links::Filter,
    i18n::{Texts, use_texts},
    live::live,
    model::ticket::{StateType, View},
};

/// The views above the list, and below them what narrows it.
#[component]
pub fn Views() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let counts = Memo::new(move |_| desk.shelf.with(|shelf| shelf.counts));
    live(move || {
        let filter = desk.filter.get();
        let shown = filter.shown_view();
        let counts = counts.get();
        let views = View::ALL.into_iter().map(|view| {
            let count = counts.map(|counts| counts.of(view));
            chip(t, desk, Some(view), count, shown == Some(view))
        });
        view! {
            <div class="chips chips--line fleet__chips" role="group" aria-label=t.tickets_views()>
                {views.collect_view()} {chip(t, desk, None, None, shown.is_none() && filter.customer.is_none())}
            </div>
            {narrowings(t, desk, &filter)}
        }
        .into_any()
    })
}

fn chip(t: Texts, desk: Desk, view: Option<View>, count: Option<u32>, on: bool) -> AnyView {
    // A search and a customer look in all tickets: another view ends both.
    let choose = move |_| {
        desk.filter.update(|filter| {
            filter.view = view;
            filter.text.clear();
            filter.customer = None;
        });
    };
    let hot = view == Some(View::Escalating) && count.is_some_and(|count| count > 0);
    let class = ["chip", if on { " chip--on" } else { "" }, if hot { " chip--hot" } else { "" }].concat();
    view! {
        <div class=class>
            <button type="button" class="chip__link" aria-pressed=if on { "true" } else { "false" } on:click=choose>
                <span class="chip__name">{view_name(t, view)}</span>
                {count.map(|count| view! { <span class="chip__count">{count.to_string()}</span> }.into_any())}
            </button>
        </div>
    }
    .into_any()
}

/// A way to take one condition away.
type Clear = fn(&mut Filter);

fn narrowings(t: Texts, desk: Desk, filter: &Filter) -> Option<AnyView> {
    let owner = filter.owner.as_deref().map(|owner| match owner {
        "me" => t.tickets_owner_me().to_owned(),
        "none" => t.tickets_owner_none().to_owned(),
        login => login.to_owned(),
    });
    let state = filter.state.as_deref().map(|name| match StateType::from_name(name) {
        StateType::Other => name.to_owned(),
        kind => state_name(t, kind).to_owned(),
    });
    let narrowings: [(Option<String>, Clear); 4] = [
        (filter.customer.clone(), |filter| filter.customer = None),
        (filter.queue.clone(), |filter| filter.queue = None),
        (owner, |filter| filter.owner = None),
        (state, |filter| filter.state = None),
    ];
    let chips = narrowings.into_iter().filter_map(|(words, clear)| {
        let words = words?;
        Some(
            view! {
                <div class="chip chip--on">
                    <span class="chip__link">
                        <span class="chip__name">{words}</span>
                    </span>
                    <button
                        type="button"
                        class="chip__remove"
                        aria-label=t.common_clear()
                        on:click=move |_| desk.filter.update(clear)
                    >
                        {Icon::Close.view()}
                    </button>
                </div>
            }
            .into_any(),
        )
    });
    let chips: Vec<AnyView> = chips.collect();
    (!chips.is_empty())
        .then(|| view! { <div class="chips chips--line fleet__chips tickets__narrow">{chips}</div> }.into_any())
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
