//! Figures of the work with tickets: one's own, and for administrators everybody's, by operator and by queue.
//!
//! What is wanted stands in the address, so that it can be kept and sent.

mod cards;
mod chart;
mod choosing;
mod tables;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_split_helpers::wasm_split;

use crate::{
    backend::{Backend, Statistics as _},
    components::{Back, Button, ButtonKind, EmptyState, Icon, LinkButton, Page, SkeletonRows, use_clock},
    directory::links::escape,
    format,
    i18n::{Texts, grouped, use_texts},
    live::{live, watch},
    model::{
        Error,
        otrs_link::{CopyState, TicketCopy},
        statistics::{Statistics, StatisticsQuery},
    },
    pages::{Fetched, employee::use_download, part::Entered},
    start::refuse,
};

/// Enters the part of the app that shows figures of tickets.
#[wasm_split(statistics, fallible, preload(#[doc = "Fetches it."] load_statistics))]
pub fn statistics() -> Entered {
    Ok(view! { <StatisticsPage /> }.into_any())
}

/// Where the page is.
const ADDRESS: &str = "/tickets/statistics";

/// The page.
#[component]
fn StatisticsPage() -> impl IntoView {
    let t = use_texts();
    let query = use_location().query;
    let wanted = RwSignal::new(untrack(|| query.with(|query| StatisticsQuery::of(|name| query.get(name)))));
    let round = RwSignal::new(0_u32);
    let backend = expect_context::<Backend>();
    let known = {
        let backend = backend.clone();
        Fetched::again(
            move || round.get(),
            move || {
                let (backend, query) = (backend.clone(), wanted.get_untracked());
                async move { backend.statistics().statistics(query).await }
            },
        )
    };
    keep_address(wanted, round);
    let save = use_download();
    let export = move |()| {
        let (backend, query) = (backend.clone(), wanted.get_untracked());
        save.run(Box::pin(async move { backend.statistics().statistics_download(query).await }));
    };
    let actions = view! {
        <Button label=t.statistics_export() kind=ButtonKind::Plain icon=Icon::Download icon_only=true on_press=export />
    };
    let show = move |answer| match answer {
        Ok(statistics) => view! { <Figures statistics=statistics wanted=wanted /> }.into_any(),
        Err(Error::Forbidden { code }) if code == "otrs_not_configured" => {
            view! { <EmptyState icon=Icon::Ticket title=t.tickets_no_otrs_title() text=t.tickets_no_otrs_text() /> }
                .into_any()
        }
        Err(error) => {
            refuse(&error);
            let retry = move |()| known.refetch();
            view! { <crate::components::ErrorNotice error=error retry=retry /> }.into_any()
        }
    };
    view! {
        <Page title=t.statistics_title() actions=actions.into_any()>
            <choosing::Choosing wanted=wanted />
            {known.either(|| view! { <SkeletonRows rows=6 plain=true /> }.into_any(), show)}
        </Page>
    }
}

/// What is wanted and the address follow each other; another wish is asked for.
fn keep_address(wanted: RwSignal<StatisticsQuery>, round: RwSignal<u32>) {
    let location = use_location();
    let (query, path) = (location.query, location.pathname);
    let back = expect_context::<Back>();
    let before = StoredValue::new(wanted.get_untracked());
    watch(move || {
        let asked = query.with(|query| StatisticsQuery::of(|name| query.get(name)));
        let here = path.with(|path| path.trim_end_matches('/') == ADDRESS);
        if here && asked != before.get_value() {
            wanted.set(asked);
        }
    });
    watch(move || {
        let now = wanted.get();
        if now != before.get_value() {
            before.set_value(now.clone());
            back.replace(&address(&now));
            round.update(|round| *round += 1);
        }
    });
}

/// The page with these figures.
fn address(query: &StatisticsQuery) -> String {
    let mut address = ADDRESS.to_owned();
    for (name, value) in query.pairs() {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&[name, "=", &escape(&value)].concat());
    }
    address
}

#[component]
fn Figures(statistics: Statistics, wanted: RwSignal<StatisticsQuery>) -> impl IntoView {
    let t = use_texts();
    let Statistics { from, to, everybody, total, step, steps, operators, queues, copy } = statistics;
    let days = if from == to {
        format::full_date(t, from)
    } else {
        t.statistics_of_days(&format::date(t, from, to), &format::full_date(t, to))
    };
    let status = view! {
        <Copied copy=copy />
        <p class="statistics__days" role="status">
            {days}
        </p>
    };
    if total.is_empty() {
        return view! {
            {status}
            <Nothing everybody=everybody />
        }
        .into_any();
    }
    view! {
        {status}
        <cards::Cards figures=total everybody=everybody />
        <chart::Chart steps=steps step=step everybody=everybody />
        {(!operators.is_empty()).then(|| tables::operators(t, operators, wanted))}
        {tables::queues(t, queues, everybody, wanted)}
        <p class="section__footer statistics__how">{t.statistics_footer()}</p>
    }
    .into_any()
}

#[component]
fn Nothing(everybody: bool) -> impl IntoView {
    let t = use_texts();
    let text = if everybody { t.statistics_empty_text() } else { t.statistics_empty_mine() };
    view! {
        <EmptyState icon=Icon::Chart title=t.statistics_empty_title() text=text>
            {(!everybody)
                .then(|| {
                    view! { <LinkButton label=t.statistics_link() href="/tickets/link" kind=ButtonKind::Tinted /> }
                        .into_any()
                })}
        </EmptyState>
    }
}

/// As of when the figures are right, where that is not now.
#[component]
fn Copied(copy: TicketCopy) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    live(move || {
        let text = said(t, copy, |at| format::date_clock(t, at, clock.now.get(), clock.zone.get()))?;
        Some(
            view! {
                <div class="status" role="status">
                    <p class="age age--stale">{text}</p>
                </div>
            }
            .into_any(),
        )
    })
}

fn said(t: Texts, copy: TicketCopy, time: impl Fn(time::OffsetDateTime) -> String) -> Option<String> {
    let count = |count: u32| grouped(t.language(), count.into());
    Some(match (copy.state, copy.as_of, copy.of) {
        (CopyState::Current, ..) => return None,
        (CopyState::Away, Some(at), _) => t.tickets_away(&time(at)),
        (CopyState::Away, None, _) => t.tickets_never().to_owned(),
        (CopyState::Filling, _, Some(of)) => t.tickets_copied_of(&count(copy.done), &count(of)),
        (CopyState::Filling, _, None) => t.tickets_copied(&count(copy.done)),
    })
}
