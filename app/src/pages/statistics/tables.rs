//! Figures by operator and by queue. A name leads to the figures of that one alone.

use leptos::prelude::*;

use super::address;
use crate::{
    helpdesk::figures::span,
    i18n::Texts,
    model::statistics::{Figures, OperatorFigures, QueueFigures, StatisticsQuery, Whose},
};

/// By operator.
pub fn operators(t: Texts, operators: Vec<OperatorFigures>, wanted: RwSignal<StatisticsQuery>) -> AnyView {
    let query = wanted.get_untracked();
    let lines = operators.into_iter().map(|operator| {
        let href =
            operator.login.map(|login| address(&StatisticsQuery { whose: Whose::Agent(login), ..query.clone() }));
        (operator.name, href, operator.figures)
    });
    table(t, t.statistics_by_operator(), t.statistics_operator(), t.statistics_received_all(), lines.collect())
}

/// By queue.
pub fn queues(t: Texts, queues: Vec<QueueFigures>, everybody: bool, wanted: RwSignal<StatisticsQuery>) -> AnyView {
    let query = wanted.get_untracked();
    let lines = queues.into_iter().map(|queue| {
        let href = address(&StatisticsQuery { queue: Some(queue.queue.clone()), ..query.clone() });
        (queue.queue, Some(href), queue.figures)
    });
    let arrived = if everybody { t.statistics_arrived() } else { t.statistics_received() };
    table(t, t.statistics_by_queue(), t.statistics_queue(), arrived, lines.collect())
}

fn table(
    t: Texts,
    title: &'static str,
    of: &'static str,
    arrived: &'static str,
    lines: Vec<(String, Option<String>, Figures)>,
) -> AnyView {
    let time = move |seconds: Option<u64>| seconds.map_or_else(|| "—".to_owned(), |seconds| span(t, seconds));
    let heads = [
        t.statistics_closed(),
        t.statistics_taken(),
        t.statistics_answered(),
        arrived,
        t.statistics_rejected(),
        t.statistics_reopened(),
        t.statistics_first_answer_p50(),
        t.statistics_first_answer_p90(),
        t.statistics_close_p50(),
        t.statistics_close_p90(),
    ];
    let rows = lines.into_iter().map(|(name, href, figures)| {
        let name = broken(&name);
        let name = match href {
            Some(href) => view! { <a class="statistics__name" href=href>{name}</a> }.into_any(),
            None => view! { <span class="statistics__name">{name}</span> }.into_any(),
        };
        let counts =
            [figures.closed, figures.taken, figures.answered, figures.arrived, figures.rejected, figures.reopened]
                .map(|count| count.to_string());
        let times = [figures.first_answer_p50_s, figures.first_answer_p90_s, figures.close_p50_s, figures.close_p90_s]
            .map(time);
        let cells = counts.into_iter().chain(times).map(|text| view! { <td>{text}</td> }.into_any());
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells.collect_view()}
            </tr>
        }
        .into_any()
    });
    let heads = heads.map(|name| view! { <th scope="col">{name}</th> }.into_any());
    view! {
        <section class="section">
            <h2 class="section__header">{title}</h2>
            <div class="section__body">
                <div class="table statistics__table" tabindex="0" role="region" aria-label=title>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{of}</th>
                                {heads.into_iter().collect_view()}
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// A queue's name, which may go on in a new line at each step of its way.
fn broken(name: &str) -> AnyView {
    name.split_inclusive("::").map(|step| view! { {step.to_owned()}<wbr /> }.into_any()).collect_view().into_any()
}
