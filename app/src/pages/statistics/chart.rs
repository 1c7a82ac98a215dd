//! Arrived and closed side by side, step by step; read with a finger or the arrow keys; the same numbers as a table.

use leptos::{ev, html, prelude::*};

use crate::{
    components::{Button, ButtonKind, ButtonSize, chart_keys, use_clock},
    format,
    helpdesk::figures::{column, draw, named, step_at},
    i18n::{Texts, use_texts},
    live::{live, live_text},
    model::statistics::{Step, StepFigures},
};

/// What is drawn, and what it is called.
#[derive(Clone, Copy)]
struct Shown {
    steps: StoredValue<Vec<StepFigures>>,
    step: Step,
    arrived: &'static str,
    closed: &'static str,
}

/// The chart, or the table.
#[component]
pub fn Chart(
    /// The steps in order.
    steps: Vec<StepFigures>,
    /// How long they are.
    step: Step,
    /// Whether they are everybody's.
    everybody: bool,
) -> impl IntoView {
    let t = use_texts();
    let arrived = if everybody { t.statistics_arrived() } else { t.statistics_received() };
    let shown = Shown { steps: StoredValue::new(steps), step, arrived, closed: t.statistics_closed_all() };
    let as_table = RwSignal::new(false);
    let switch = move || if as_table.get() { t.chart_picture() } else { t.chart_table() };
    view! {
        <section class="section past">
            <h2 class="section__header">{name(t, step)}</h2>
            <div class="section__body past__body">
                {live(move || {
                    if as_table.get() {
                        view! { <Table shown=shown /> }.into_any()
                    } else {
                        view! { <Picture shown=shown /> }.into_any()
                    }
                })}
                <Button
                    label=Signal::derive(move || switch().to_owned())
                    kind=ButtonKind::Plain
                    size=ButtonSize::Small
                    on_press=move |()| as_table.update(|on| *on = !*on)
                />
            </div>
        </section>
    }
}

fn name(t: Texts, step: Step) -> &'static str {
    match step {
        Step::Day => t.statistics_chart(),
        Step::Week => t.statistics_chart_weeks(),
        Step::Month => t.statistics_chart_months(),
    }
}

#[component]
fn Picture(shown: Shown) -> impl IntoView {
    let t = use_texts();
    let drawing = shown.steps.with_value(|steps| draw(steps));
    let cursor = RwSignal::new(None::<usize>);
    let read = move || match cursor.get() {
        Some(at) => said(t, shown, at),
        None => t.statistics_chart_hint().to_owned(),
    };
    view! {
        <p class="chart__read" aria-live="polite">
            {live_text(read)}
        </p>
        <div class="chart chart--bars">
            <div class="chart__figures" aria-hidden="true">
                {drawing
                    .figures
                    .iter()
                    .map(|figure| view! { <span>{figure.to_string()}</span> }.into_any())
                    .collect_view()}
            </div>
            <Bars shown=shown arrived=drawing.arrived closed=drawing.closed cursor=cursor />
        </div>
        <Names shown=shown />
        <p class="chart__legend" aria-hidden="true">
            <span class="chart__key chart__key--arrived">{shown.arrived}</span>
            <span class="chart__key chart__key--closed">{shown.closed}</span>
        </p>
    }
}

#[component]
fn Bars(shown: Shown, arrived: String, closed: String, cursor: RwSignal<Option<usize>>) -> impl IntoView {
    let t = use_texts();
    let count = shown.steps.with_value(Vec::len);
    let keys = chart_keys(cursor, count);
    let area = NodeRef::<html::Div>::new();
    let point = move |event: ev::PointerEvent| {
        let Some(area) = area.get_untracked() else { return };
        let place = area.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
        cursor.set(step_at(share, count));
    };
    let leave = move |event: ev::PointerEvent| {
        if event.pointer_type() == "mouse" {
            cursor.set(None);
        }
    };
    let ends = shown.steps.with_value(|steps| Some((day(t, steps.first()?), day(t, steps.last()?))));
    let label = ends.map(|(from, to)| t.statistics_chart_label(&from, &to));
    view! {
        <div
            class="chart__area"
            node_ref=area
            tabindex="0"
            role="img"
            aria-label=label
            on:keydown=move |event| keys.run(event)
            on:pointerdown=point
            on:pointermove=point
            on:pointerleave=leave
        >
            <svg class="chart__lines" viewBox="0 0 1000 240" preserveAspectRatio="none" aria-hidden="true">
                {live(move || {
                    cursor.get().map(|at| view! { <path class="chart__column" d=column(at, count) /> }.into_any())
                })}
                <path class="chart__grid" d="M0 60H1000M0 120H1000M0 180H1000" />
                <path class="chart__arrived" d=arrived />
                <path class="chart__closed" d=closed />
            </svg>
        </div>
    }
}

/// The names of a few steps: each below its bars, or evenly apart where not all of them have room.
#[component]
fn Names(shown: Shown) -> impl IntoView {
    let (names, all) = shown.steps.with_value(|steps| {
        let named = named(steps.len());
        let all = named.len() == steps.len();
        let name = |at: usize| Some(format::day_month(steps.get(at)?.from));
        (named.into_iter().filter_map(name).collect::<Vec<_>>(), all)
    });
    let names = names.into_iter().map(|name| view! { <span>{name}</span> }.into_any());
    view! {
        <div class=if all { "chart__names chart__names--all" } else { "chart__names" } aria-hidden="true">
            {names.collect_view()}
        </div>
    }
}

#[component]
fn Table(shown: Shown) -> impl IntoView {
    let t = use_texts();
    let rows = shown.steps.with_value(|steps| {
        let row = |step: &StepFigures| {
            view! {
                <tr>
                    <th scope="row">{day(t, step)}</th>
                    <td>{step.arrived}</td>
                    <td>{step.closed}</td>
                </tr>
            }
            .into_any()
        };
        steps.iter().rev().map(row).collect::<Vec<_>>()
    });
    view! {
        <div class="table" tabindex="0" role="region" aria-label=name(t, shown.step)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t.statistics_from()}</th>
                        <th scope="col">{shown.arrived}</th>
                        <th scope="col">{shown.closed}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn day(t: Texts, step: &StepFigures) -> String {
    let clock = use_clock();
    format::date(t, step.from, clock.now.get_untracked().date())
}

/// A step in words.
fn said(t: Texts, shown: Shown, at: usize) -> String {
    let step = shown.steps.with_value(|steps| steps.get(at).copied());
    step.map_or_else(String::new, |step| {
        let day = day(t, &step);
        let when = if shown.step == Step::Week { t.statistics_week_from(&day) } else { day };
        [
            when.as_str(),
            " · ",
            shown.arrived,
            " ",
            &step.arrived.to_string(),
            " · ",
            shown.closed,
            " ",
            &step.closed.to_string(),
        ]
        .concat()
    })
}
