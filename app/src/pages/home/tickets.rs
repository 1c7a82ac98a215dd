//! Which tickets wait for me, and which for anybody.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    backend::{Backend, Tickets as _},
    components::{ErrorNotice, Section, SkeletonRows, use_clock},
    i18n::{grouped, use_texts},
    live::{channel::use_channel, now_and_then, together},
    model::ticket::{TicketCounts, View},
    pages::{
        Fetched, Last,
        tickets::{copy::behind, views::view_name},
    },
};

/// What changes at once is asked for together.
const TOGETHER: Duration = Duration::from_millis(1_500);
/// Clocks run out without an event.
const REFRESH: Duration = Duration::from_secs(120);
/// What one looks at first.
const VIEWS: [View; 4] = [View::Escalating, View::Waiting, View::New, View::Mine];

/// The figures, each leading to its view, and how current they are when they are not.
#[component]
pub fn Tickets() -> impl IntoView {
    let backend = expect_context::<Backend>();
    let counts = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.tickets().counts().await }
    });
    let soon = together(TOGETHER, move || counts.refetch());
    use_channel().listen(move |heard| {
        if heard.is_anew() || heard.event.starts_with("ticket.") {
            soon.run(());
        }
    });
    now_and_then(REFRESH, move || counts.refetch());
    let last = Last::none();
    counts.either(
        || view! { <SkeletonRows rows=1 plain=true /> }.into_any(),
        move |answer| match last.or(answer) {
            Ok(counts) => view! { <Figures counts=counts /> }.into_any(),
            Err(error) => view! { <ErrorNotice error=error retry=move |()| counts.refetch() /> }.into_any(),
        },
    )
}

#[component]
fn Figures(counts: TicketCounts) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let figures = VIEWS.map(|view| {
        let count = counts.of(view);
        let hot = view == View::Escalating && count > 0;
        let figure = if hot { "summary__figure summary__figure--hot" } else { "summary__figure" };
        view! {
            <li class="summary__count">
                <a class="summary__link" href=["/tickets?view=", view.as_str()].concat()>
                    <span class=figure>{grouped(t.language(), count.into())}</span>
                    <span class="summary__word">{view_name(t, Some(view))}</span>
                </a>
            </li>
        }
        .into_any()
    });
    let footer = behind(t, counts.copy, clock.now.get_untracked(), clock.zone.get_untracked()).unwrap_or_default();
    view! {
        <div class="live">
            <Section header=t.nav_tickets() footer=footer>
                <ul class="summary">{figures.into_iter().collect_view()}</ul>
            </Section>
        </div>
    }
}
