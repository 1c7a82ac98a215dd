//! The first page: the search one came for, and for administrators what waits for them.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use super::{
    Fetched, Summary,
    employees::{FavouritePeople, RecentSearches, Remembered},
    part::Entered,
};
use crate::{
    backend::{Accounts as _, Backend, Overview as _},
    components::{Badge, Icon, IconTile, Page, Row, RowText, Section, SkeletonRows, StateMark, Tone, use_clock},
    i18n::{Texts, grouped, use_texts},
    live::live,
    model::{
        server::{ServerSummary, State},
        user::Role,
    },
    session::{use_role, use_session},
};

/// Enters the part of the app that is its first page.
#[wasm_split(home, fallible, preload(#[doc = "Fetches it."] load_home))]
pub fn home() -> Entered {
    Ok(view! { <Home /> }.into_any())
}

/// Home.
#[component]
pub fn Home() -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let user = use_session().user_untracked();
    let name = user.as_ref().and_then(|user| user.name.split_whitespace().next()).unwrap_or_default().to_owned();
    let greeting = Memo::new(move |_| greeting(t, clock.now.get().to_offset(clock.zone.get()).hour()));
    let title = Signal::derive(move || match name.as_str() {
        "" => greeting.get().to_owned(),
        name => t.home_greeting(greeting.get(), name),
    });
    provide_context(Remembered::of_me());
    let employee = user.and_then(|user| user.employee_id);
    view! {
        <Page title=title>
            <a class="search search--entry" href="/employees" data-search-entry="">
                <span class="search__icon">{Icon::Search.view()}</span>
                <span class="search__label">{t.home_search()}</span>
            </a>
            <Fleet />
            <RecentSearches />
            <FavouritePeople />
            <Section>
                <Row
                    href="/employees"
                    before=view! { <IconTile icon=Icon::People colour=5 /> }.into_any()
                    leads=true
                >
                    <RowText title=t.home_directory() />
                </Row>
                {employee
                    .map(|id| {
                        view! {
                            <Row
                                href=["/employees/", &id.to_string()].concat()
                                before=view! { <IconTile icon=Icon::Person colour=3 /> }.into_any()
                                leads=true
                            >
                                <RowText title=t.home_my_card() />
                            </Row>
                        }
                    })}
            </Section>
            {(use_role() >= Role::Admin).then(|| view! { <ForAdmins /> })}
        </Page>
    }
}

/// How many servers are in which state, and whether an incident waits for somebody.
#[component]
fn Fleet() -> impl IntoView {
    let backend = expect_context::<Backend>();
    let summary = expect_context::<Summary>();
    summary.watch_states();
    let first = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.overview().summary().await }
    });
    first.view(
        || view! { <SkeletonRows rows=2 plain=true /> }.into_any(),
        move |first| {
            live(move || {
                let known = summary.known.get().unwrap_or_else(|| first.clone());
                view! { <Figures known=known /> }
            })
        },
    )
}

#[component]
fn Figures(known: ServerSummary) -> impl IntoView {
    let t = use_texts();
    let counts = [
        (State::Down, known.down),
        (State::Degraded, known.degraded),
        (State::Unknown, known.unknown),
        (State::Maintenance, known.maintenance),
        (State::Up, known.up),
        (State::Paused, known.paused),
    ];
    let none = counts.iter().all(|(_, count)| *count == 0);
    let chips = counts.into_iter().filter(|(_, count)| *count > 0).map(move |(state, count)| {
        view! {
            <li class="summary__count">
                <a class="summary__link" href=["/servers?state=", state.as_str()].concat()>
                    <StateMark state=state />
                    <span class="summary__figure">{grouped(t.language(), count.into())}</span>
                    <span class="summary__word">{t.state(state)}</span>
                </a>
            </li>
        }
        .into_any()
    });
    let incidents = known.unacknowledged;
    let title = if incidents > 0 { t.home_incidents(incidents.into()) } else { t.home_incidents_none().to_owned() };
    let badge = (incidents > 0).then(|| view! { <Badge text=incidents.to_string() tone=Tone::Bad /> }.into_any());
    view! {
        <div class="live">
            <Section header=t.home_servers()>
                {if none {
                    view! {
                        <Row href="/servers" leads=true>
                            <RowText title=t.home_servers_none() />
                        </Row>
                    }
                        .into_any()
                } else {
                    view! { <ul class="summary">{chips.collect_view()}</ul> }.into_any()
                }}
                <Row
                    href="/alerts"
                    before=view! { <IconTile icon=Icon::Bell colour=0 /> }.into_any()
                    after=badge.into_any()
                    leads=true
                >
                    <RowText title=title />
                </Row>
            </Section>
        </div>
    }
}

/// What waits for administrators.
#[component]
fn ForAdmins() -> impl IntoView {
    let t = use_texts();
    let accounts = expect_context::<Backend>().accounts();
    let requests = Fetched::new(move || {
        let accounts = accounts.clone();
        async move { accounts.access_requests().await }
    });
    view! {
        <Section header=t.home_admin_title()>
            {requests.view(
                || view! { <SkeletonRows rows=1 /> }.into_any(),
                move |count| {
                    let title = if count == 0 {
                        t.home_no_access_requests().to_owned()
                    } else {
                        t.home_access_requests(count.into())
                    };
                    let badge = (count > 0)
                        .then(|| view! { <Badge text=count.to_string() tone=Tone::Accent /> }.into_any());
                    view! {
                        <Row
                            href="/admin/accounts"
                            before=view! { <IconTile icon=Icon::PersonAdd colour=1 /> }.into_any()
                            after=badge.into_any()
                            leads=true
                        >
                            <RowText title=title />
                        </Row>
                    }
                        .into_any()
                },
            )}
            <Row
                href="/admin/import"
                before=view! { <IconTile icon=Icon::Upload colour=4 /> }.into_any()
                leads=true
            >
                <RowText title=t.home_import() subtitle=t.home_import_hint() />
            </Row>
        </Section>
    }
}

fn greeting(t: Texts, hour: u8) -> &'static str {
    match hour {
        5..12 => t.home_morning(),
        12..18 => t.home_day(),
        18..23 => t.home_evening(),
        _ => t.home_night(),
    }
}
