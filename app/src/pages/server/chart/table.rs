//! The same numbers as a table, the latest first.

use leptos::prelude::*;

use crate::{components::use_clock, format, i18n::use_texts, live::live_text, model::history::History};

/// What was seen, row by row.
#[component]
pub fn Table(
    /// What was seen.
    history: History,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let ms = move |value: Option<u32>| value.map_or_else(|| "—".to_owned(), |ms| t.latency(ms));
    let rows = history.points.into_iter().rev().map(|point| {
        let at = point.at;
        view! {
            <tr>
                <th scope="row">{live_text(move || format::date_clock(t, at, clock.now.get(), clock.zone.get()))}</th>
                <td>{ms(point.p50_ms)}</td>
                <td>{ms(point.p95_ms)}</td>
                <td>{ms(point.max_ms)}</td>
                <td>{point.good + point.bad}</td>
                <td>{point.bad}</td>
            </tr>
        }
        .into_any()
    });
    view! {
        <div class="table" tabindex="0" role="region" aria-label=t.chart_title()>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t.chart_time()}</th>
                        <th scope="col">{t.chart_median()}</th>
                        <th scope="col">{t.chart_p95()}</th>
                        <th scope="col">{t.chart_max()}</th>
                        <th scope="col">{t.chart_checks()}</th>
                        <th scope="col">{t.chart_bad()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
