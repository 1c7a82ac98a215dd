//! The latencies of a monitor over hours to months: the median and the 95th percentile, where checks were bad; read with the
//! finger or the arrow keys, zoomed with two fingers or by selecting a stretch; the same numbers as a table.

mod picture;
mod table;

use leptos::{prelude::*, task::spawn_local};
use time::OffsetDateTime;

use super::{Shown, uptime::Bars};
use crate::{
    backend::{Backend, Servers as _},
    components::{Button, ButtonKind, ButtonSize, ErrorNotice, Segmented, SkeletonRows, use_clock},
    directory::latest::Latest,
    fleet::chart::Stretch,
    i18n::use_texts,
    live::{live, live_text, watch},
    model::{
        Result,
        history::{History, HistoryQuery},
        ids::{MonitorId, ServerId},
    },
    pages::Fetched,
};

/// Points of a picture; a phone has hardly more pixels.
const POINTS: u32 = 180;

/// What is shown of the past.
#[derive(Clone, Copy)]
pub struct View {
    /// Which stretch.
    pub stretch: RwSignal<Stretch>,
    /// What was seen in it.
    pub history: RwSignal<Option<History>>,
    /// Hours that were chosen; nothing while a part is zoomed.
    pub hours: RwSignal<Option<i64>>,
}

/// Latency and uptime of a server.
#[component]
pub fn Past(
    /// Of which.
    id: ServerId,
    /// Which of its monitors.
    shown: Shown,
) -> impl IntoView {
    let t = use_texts();
    let now = use_clock().now.get_untracked().unix_timestamp();
    let backend = expect_context::<Backend>();
    let first = {
        let backend = backend.clone();
        Fetched::new(move || ask(backend.clone(), id, None, Stretch::last(24, now)))
    };
    let view = View {
        stretch: RwSignal::new(Stretch::last(24, now)),
        history: RwSignal::new(None),
        hours: RwSignal::new(Some(24)),
    };
    let failure = RwSignal::new(None::<crate::model::Error>);
    follow(id, shown, view, failure, backend);
    first.either(
        || view! { <SkeletonRows rows=3 plain=true /> }.into_any(),
        move |answer| match answer {
            Ok(history) => {
                view.history.set(Some(history));
                view! {
                    <section class="section past">
                        <Head shown=shown view=view />
                        {live(move || failure.get().map(|error| view! { <ErrorNotice error=error /> }))}
                        <Body view=view />
                    </section>
                    <Bars view=view />
                }
                .into_any()
            }
            Err(error) => view! {
                <section class="section past">
                    <h2 class="section__header">{t.chart_title()}</h2>
                    <div class="section__body">
                        <ErrorNotice error=error retry=move |()| first.refetch() />
                    </div>
                </section>
            }
            .into_any(),
        },
    )
}

/// Another monitor or another stretch is asked for; an older question no longer counts.
fn follow(id: ServerId, shown: Shown, view: View, failure: RwSignal<Option<crate::model::Error>>, backend: Backend) {
    let latest = Latest::default();
    let before = StoredValue::new((shown.get_untracked().map(|(id, _)| id), view.stretch.get_untracked()));
    watch(move || {
        let wanted = (shown.get().map(|(id, _)| id), view.stretch.get());
        if before.get_value() == wanted {
            return;
        }
        before.set_value(wanted);
        let turn = latest.run(ask(backend.clone(), id, wanted.0, wanted.1));
        spawn_local(async move {
            if let Some(answer) = turn.await
                && !view.history.is_disposed()
            {
                failure.set(answer.as_ref().err().cloned());
                if let Ok(history) = answer {
                    view.history.set(Some(history));
                }
            }
        });
    });
}

async fn ask(backend: Backend, id: ServerId, monitor: Option<MonitorId>, stretch: Stretch) -> Result<History> {
    let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let query = HistoryQuery { monitor, from: at(stretch.from), to: at(stretch.to), points: POINTS };
    backend.servers().history(id, query).await
}

#[component]
fn Head(shown: Shown, view: View) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let ranges = [
        (1, t.chart_hour()),
        (24, t.chart_day()),
        (168, t.chart_week()),
        (720, t.chart_month()),
        (2_160, t.chart_quarter()),
    ];
    let choose = move |hours: i64| {
        view.hours.set(Some(hours));
        view.stretch.set(Stretch::last(hours, clock.now.get_untracked().unix_timestamp()));
    };
    let chosen = Signal::derive(move || view.hours.get().unwrap_or_default());
    let reset = move |()| choose(24);
    view! {
        <div class="past__head">
            <h2 class="section__header">
                {live_text(move || match shown.get() {
                    Some((_, kind)) => t.chart_of(t.kind(kind)),
                    None => t.chart_title().to_owned(),
                })}
            </h2>
            {live(move || {
                view.hours
                    .get()
                    .is_none()
                    .then(|| {
                        view! {
                            <Button
                                label=t.chart_reset()
                                kind=ButtonKind::Plain
                                size=ButtonSize::Small
                                on_press=reset
                            />
                        }
                    })
            })}
        </div>
        <Segmented
            label=t.chart_range()
            name="range"
            options=ranges.map(|(hours, words)| (hours, words.to_owned())).to_vec()
            chosen=chosen
            on_choose=choose
        />
    }
}

#[component]
fn Body(view: View) -> impl IntoView {
    let t = use_texts();
    let as_table = RwSignal::new(false);
    let switch = move || if as_table.get() { t.chart_picture() } else { t.chart_table() };
    view! {
        <div class="section__body past__body">
            {live(move || {
                let history = view.history.get()?;
                let stretch = view.stretch.get_untracked();
                Some(
                    if history.points.is_empty() {
                        view! { <p class="past__empty">{t.chart_empty()}</p> }.into_any()
                    } else if as_table.get() {
                        view! { <table::Table history=history /> }.into_any()
                    } else {
                        view! { <picture::Picture history=history stretch=stretch view=view /> }.into_any()
                    },
                )
            })}
            <Button
                label=Signal::derive(move || switch().to_owned())
                kind=ButtonKind::Plain
                size=ButtonSize::Small
                on_press=move |()| as_table.update(|on| *on = !*on)
            />
        </div>
    }
}
