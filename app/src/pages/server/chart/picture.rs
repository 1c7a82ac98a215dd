//! The picture: an SVG of three paths, the figures at its edges, a line below the finger, and what it stands on in words.

use leptos::{ev, html, prelude::*};
use time::{OffsetDateTime, Time, UtcOffset};

use super::View;
use crate::{
    components::{chart_keys, use_clock},
    fleet::chart::{Drawing, Stretch, WIDTH, draw, nearest, position, tenths},
    format,
    i18n::{Texts, use_texts},
    live::{live, live_text},
    model::history::{History, Point},
};

/// A day and a bit: beyond that a point is named with its day.
const DAY_S: i64 = 100_000;

/// What fingers or the mouse are doing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Hand {
    /// Fingers on the picture: their numbers, where they went down, where they are.
    fingers: [Option<(i32, f64, f64)>; 2],
    /// The mouse selects.
    selects: bool,
}

/// The picture of a stretch.
#[component]
pub fn Picture(
    /// What was seen.
    history: History,
    /// In which stretch.
    stretch: Stretch,
    /// What is shown, to zoom.
    view: View,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let drawing = draw(&history, stretch);
    let history = StoredValue::new(history);
    let cursor = RwSignal::new(None::<usize>);
    let selected = RwSignal::new(None::<(f64, f64)>);
    let read = move || {
        let zone = clock.zone.get();
        match cursor.get() {
            Some(at) => history.with_value(|history| history.points.get(at).map(|point| said(t, point, stretch, zone))),
            None => None,
        }
        .unwrap_or_else(|| t.chart_hint().to_owned())
    };
    let label = t.chart_label(
        &moment(t, stretch.from, stretch, clock.zone.get_untracked()),
        &moment(t, stretch.to, stretch, clock.zone.get_untracked()),
    );
    view! {
        <p class="chart__read" aria-live="polite">
            {live_text(read)}
        </p>
        <div class="chart">
            <div class="chart__figures" aria-hidden="true">
                {drawing.figures.iter().map(|ms| view! { <span>{t.latency(*ms)}</span> }.into_any()).collect_view()}
            </div>
            <Lines drawing=drawing label=label history=history stretch=stretch view=view cursor=cursor selected=selected />
        </div>
        <Times stretch=stretch />
        <p class="chart__legend" aria-hidden="true">
            <span class="chart__key chart__key--median">{t.chart_median()}</span>
            <span class="chart__key chart__key--band">{t.chart_p95()}</span>
            <span class="chart__key chart__key--bad">{t.chart_bad()}</span>
        </p>
    }
}

#[component]
fn Lines(
    drawing: Drawing,
    label: String,
    history: StoredValue<History>,
    stretch: Stretch,
    view: View,
    cursor: RwSignal<Option<usize>>,
    selected: RwSignal<Option<(f64, f64)>>,
) -> impl IntoView {
    let clock = use_clock();
    let hand = StoredValue::new(Hand::default());
    let keys = chart_keys(cursor, history.with_value(|history| history.points.len()));
    let area = NodeRef::<html::Div>::new();
    let share = move |event: &ev::PointerEvent| {
        let Some(area) = area.get_untracked() else { return 0.0 };
        let place = area.get_bounding_client_rect();
        ((f64::from(event.client_x()) - place.left()) / place.width().max(1.0)).clamp(0.0, 1.0)
    };
    let point_at = move |share| cursor.set(history.with_value(|history| nearest(history, stretch, share)));
    let down = move |event: ev::PointerEvent| {
        let at = share(&event);
        let mouse = event.pointer_type() == "mouse";
        hand.update_value(|hand| {
            let free = usize::from(hand.fingers[0].is_some());
            hand.fingers[free] = Some((event.pointer_id(), at, at));
            hand.selects = mouse;
        });
        if let Some(area) = area.get_untracked() {
            let _ = area.set_pointer_capture(event.pointer_id());
        }
        point_at(at);
    };
    let moved = move |event: ev::PointerEvent| {
        let at = share(&event);
        let now = hand.try_update_value(|hand| {
            for finger in hand.fingers.iter_mut().flatten().filter(|finger| finger.0 == event.pointer_id()) {
                finger.2 = at;
            }
            *hand
        });
        match now {
            Some(Hand { fingers: [Some((_, from, to)), None], selects: true }) => selected.set(Some((from, to))),
            Some(Hand { fingers: [Some(_), Some(_)], .. }) => cursor.set(None),
            _ => point_at(at),
        }
    };
    let up = move |_: ev::PointerEvent| {
        let Some(done) = hand.try_update_value(std::mem::take) else { return };
        selected.set(None);
        let wanted = match done {
            Hand { fingers: [Some((_, from, to)), None], selects: true } => stretch.part(from, to),
            Hand { fingers: [Some(one), Some(other)], .. } => {
                let now = clock.now.get_untracked().unix_timestamp();
                Some(stretch.pinched((one.1, other.1), (one.2, other.2), now)).filter(|wanted| *wanted != stretch)
            }
            _ => None,
        };
        if let Some(wanted) = wanted {
            view.hours.set(None);
            view.stretch.set(wanted);
        }
    };
    let leave = move |event: ev::PointerEvent| {
        if event.pointer_type() == "mouse" && hand.with_value(|hand| hand.fingers[0].is_none()) {
            cursor.set(None);
        }
    };
    view! {
        <div
            class="chart__area"
            node_ref=area
            tabindex="0"
            role="img"
            aria-label=label
            on:keydown=move |event| keys.run(event)
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=move |_| {
                hand.set_value(Hand::default());
                selected.set(None);
            }
            on:pointerleave=leave
        >
            <svg class="chart__lines" viewBox="0 0 1000 240" preserveAspectRatio="none" aria-hidden="true">
                <path class="chart__grid" d="M0 60H1000M0 120H1000M0 180H1000" />
                {live(move || {
                    let marks = stretch.marks(clock.zone.get().whole_seconds().into()).into_iter();
                    let lines: String =
                        marks.map(|at| ["M", &tenths(stretch.share(at) * WIDTH), " 0V240"].concat()).collect();
                    view! { <path class="chart__grid" d=lines /> }.into_any()
                })}
                <path class="chart__bad" d=drawing.bad />
                <path class="chart__band" d=drawing.band />
                <path class="chart__median" d=drawing.median />
                {live(move || {
                    selected
                        .get()
                        .map(|(from, to)| {
                            let path = bar(from.min(to) * 1_000.0, from.max(to) * 1_000.0);
                            view! { <path class="chart__selected" d=path /> }.into_any()
                        })
                })}
                {live(move || {
                    cursor
                        .get()
                        .map(|at| {
                            let x = history.with_value(|history| position(history, stretch, at));
                            view! { <path class="chart__cursor" d=bar(x, x) /> }.into_any()
                        })
                })}
            </svg>
        </div>
    }
}

fn bar(left: f64, right: f64) -> String {
    ["M", &tenths(left), " 0V240H", &tenths(right), "V0Z"].concat()
}

/// The times below the picture; at midnight it is the day.
#[component]
fn Times(stretch: Stretch) -> impl IntoView {
    let clock = use_clock();
    live(move || {
        let zone = clock.zone.get();
        let times = stretch.marks(zone.whole_seconds().into()).into_iter().map(|at| {
            let place = [&tenths(stretch.share(at) * 100.0), "%"].concat();
            let local = time_of(at).to_offset(zone);
            let text = if local.time() == Time::MIDNIGHT {
                format::day_month(local.date())
            } else {
                format::clock(local, zone)
            };
            view! {
                <text x=place y="12" text-anchor="middle">
                    {text}
                </text>
            }
            .into_any()
        });
        view! {
            <svg class="chart__times" aria-hidden="true">
                {times.collect_view()}
            </svg>
        }
        .into_any()
    })
}

/// A point in words: when, median, 95th percentile, failures.
fn said(t: Texts, point: &Point, stretch: Stretch, zone: UtcOffset) -> String {
    let mut text = moment(t, point.at.unix_timestamp(), stretch, zone);
    for (name, ms) in [(t.chart_median(), point.p50_ms), (t.chart_p95(), point.p95_ms)] {
        if let Some(ms) = ms {
            text.push_str(&[" · ", name, " ", &t.latency(ms)].concat());
        }
    }
    if point.bad > 0 {
        text.push_str(&[" · ", &t.chart_bad_count(point.bad.into())].concat());
    }
    text
}

/// A time, with its day where the stretch is longer than one.
fn moment(t: Texts, at: i64, stretch: Stretch, zone: UtcOffset) -> String {
    let at = time_of(at);
    if stretch.length() <= DAY_S {
        format::clock(at, zone)
    } else {
        format::date_clock(t, at, time_of(stretch.to), zone)
    }
}

fn time_of(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
