//! Uptime of 1, 7, 30 and 90 days: a bar of what was up, what was down, what nobody observed, and the figure beside it.

use leptos::prelude::*;

use super::chart::View;
use crate::{
    components::Section,
    fleet::uptime::{percent, shares},
    i18n::{Texts, use_texts},
    live::live,
    model::history::Uptime,
};

/// The bars of the monitor whose latencies are shown.
#[component]
pub fn Bars(
    /// What is shown.
    view: View,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <Section header=t.uptime_title() footer=t.uptime_footer()>
            {live(move || {
                let uptime = view.history.with(|history| history.as_ref().map(|history| history.uptime.clone()));
                uptime.unwrap_or_default().into_iter().map(|uptime| bar(t, uptime)).collect_view()
            })}
        </Section>
    }
}

fn bar(t: Texts, uptime: Uptime) -> AnyView {
    let (up, down, unseen) = shares(&uptime);
    let name = if uptime.days == 1 { t.uptime_hours().to_owned() } else { t.uptime_days(uptime.days.into()) };
    let figure = percent(t, &uptime).unwrap_or_else(|| t.uptime_not_observed().to_owned());
    let seen = (unseen >= 10 && uptime.observed_s > 0).then(|| {
        let share = [&((1_000 - unseen) / 10).max(1).to_string(), "%"].concat();
        view! { <span class="uptime__seen">{t.uptime_observed(&share)}</span> }.into_any()
    });
    view! {
        <div class="uptime">
            <span class="uptime__name">{name}</span>
            <svg class="uptime__bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="uptime__unseen" width=unseen.to_string() height="8" />
                <rect class="uptime__up" x=unseen.to_string() width=up.to_string() height="8" />
                <rect class="uptime__down" x=(unseen + up).to_string() width=down.to_string() height="8" />
            </svg>
            <span class="uptime__figure">{figure}</span>
            {seen}
        </div>
    }
    .into_any()
}
