//! The figures themselves: six counts and two times.

use leptos::prelude::*;

use crate::{
    helpdesk::figures::span,
    i18n::{Texts, grouped, use_texts},
    model::statistics::Figures,
};

/// All of them.
#[component]
pub fn Cards(
    /// The figures.
    figures: Figures,
    /// Whether they are everybody's.
    everybody: bool,
) -> impl IntoView {
    let t = use_texts();
    let arrived = if everybody { t.statistics_arrived() } else { t.statistics_received() };
    let counts = [
        (arrived, figures.arrived),
        (t.statistics_taken(), figures.taken),
        (t.statistics_closed(), figures.closed),
        (t.statistics_answered(), figures.answered),
        (t.statistics_rejected(), figures.rejected),
        (t.statistics_reopened(), figures.reopened),
    ];
    let counts = counts.map(|(name, count)| {
        let count = grouped(t.language(), count.into());
        view! {
            <div class="figure">
                <dt class="figure__words">{name}</dt>
                <dd class="figure__count">{count}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <dl class="figures">{counts.into_iter().collect_view()}</dl>
        <dl class="figures figures--wide">
            {time(t, t.statistics_first_answer(), figures.first_answer_p50_s, figures.first_answer_p90_s)}
            {time(t, t.statistics_to_close(), figures.close_p50_s, figures.close_p90_s)}
        </dl>
    }
}

fn time(t: Texts, name: &'static str, median: Option<u64>, most: Option<u64>) -> AnyView {
    let shown = median.map_or_else(|| "—".to_owned(), |seconds| span(t, seconds));
    let most = most.map(|seconds| t.statistics_p90(&span(t, seconds)));
    view! {
        <div class="figure">
            <dt class="figure__words">{name}</dt>
            <dd class="figure__count">{shown}</dd>
            {most.map(|text| view! { <dd class="figure__more">{text}</dd> }.into_any())}
        </div>
    }
    .into_any()
}
