//! Planned windows: the open ones, then the next ones; plan another, end or cancel one.

use leptos::{prelude::*, task::spawn_local};
use time::{OffsetDateTime, UtcOffset};

use super::plan::Plan;
use crate::{
    backend::{Backend, Servers as _},
    components::{
        Badge, Button, ButtonKind, ButtonSize, EmptyState, Icon, Page, Section, SkeletonRows, Tone, use_clock,
        use_toasts,
    },
    format,
    i18n::{Texts, use_texts},
    live::live_text,
    model::{
        maintenance::{Maintenance, Schedule, Window},
        user::Role,
    },
    pages::{Fetched, servers::roster::Roster},
    session::use_role,
};

/// All planned windows.
#[component]
pub fn Maintenances() -> impl IntoView {
    let t = use_texts();
    let may = use_role() >= Role::Operator;
    let backend = expect_context::<Backend>();
    let windows = Fetched::new(move || {
        let servers = backend.servers();
        async move { servers.maintenance().await }
    });
    let planning = RwSignal::new(false);
    let plan = may.then(|| {
        view! {
            <Button
                label=t.fleet_maintenance_plan()
                kind=ButtonKind::Plain
                icon=Icon::Add
                icon_only=true
                on_press=move |()| planning.set(true)
            />
        }
        .into_any()
    });
    let reload = Callback::new(move |()| windows.refetch());
    view! {
        <Page title=t.fleet_maintenance() actions=plan.into_any()>
            {windows.view(
                || view! { <SkeletonRows rows=3 plain=true /> }.into_any(),
                move |windows| {
                    if windows.is_empty() {
                        return view! {
                            <EmptyState
                                icon=Icon::Clock
                                title=t.fleet_maintenance_empty()
                                text=t.fleet_maintenance_empty_text()
                            />
                        }
                            .into_any();
                    }
                    let rows = windows.into_iter().map(move |window| {
                        view! { <One window=window may=may on_change=reload /> }.into_any()
                    });
                    view! { <Section>{rows.collect_view()}</Section> }.into_any()
                },
            )}
            <Plan open=planning on_done=reload />
        </Page>
    }
}

#[component]
fn One(window: Maintenance, may: bool, on_change: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let toasts = use_toasts();
    let roster = expect_context::<Roster>();
    let backend = expect_context::<Backend>();
    let id = window.id;
    let cancel = move |()| {
        let servers = backend.servers();
        spawn_local(async move {
            match servers.cancel_maintenance(id).await {
                Ok(()) => toasts.show(t.fleet_maintenance_cancelled()),
                Err(error) => toasts.error(&error),
            }
            let _ = on_change.try_run(());
        });
    };
    let names: Vec<String> = window
        .servers
        .iter()
        .map(|id| roster.known(*id).map_or_else(|| ["№ ", &id.to_string()].concat(), |row| row.name.clone()))
        .chain(window.groups.iter().cloned())
        .collect();
    let what = if window.everything { t.fleet_maintenance_everything().to_owned() } else { names.join(", ") };
    let next = window.window;
    let when = move || next.map(|window| window_text(t, window, clock.now.get(), clock.zone.get())).unwrap_or_default();
    let by = window.by.as_deref().map(|name| t.fleet_maintenance_by(name));
    let rule = rule(t, &window.schedule);
    let label = if window.open { t.fleet_maintenance_end() } else { t.fleet_maintenance_cancel() };
    view! {
        <div class="window">
            <div class="window__main">
                <p class="window__title">
                    {window.title} {window.open.then(|| view! { <Badge text=t.fleet_maintenance_open() tone=Tone::Accent /> })}
                </p>
                <p class="window__what">{what}</p>
                <p class="window__when">{live_text(when)}</p>
                {rule.map(|rule| view! { <p class="window__rule">{rule}</p> }.into_any())}
                {by.map(|by| view! { <p class="window__rule">{by}</p> }.into_any())}
            </div>
            {may
                .then(|| {
                    view! {
                        <Button label=label kind=ButtonKind::Destructive size=ButtonSize::Small on_press=cancel />
                    }
                })}
        </div>
    }
}

/// `20 November, 22:00 – 23:30`.
pub fn window_text(t: Texts, window: Window, now: OffsetDateTime, zone: UtcOffset) -> String {
    let same_day = window.from.to_offset(zone).date() == window.to.to_offset(zone).date();
    let to = if same_day { format::clock(window.to, zone) } else { format::date_clock(t, window.to, now, zone) };
    [&format::date_clock(t, window.from, now, zone), " – ", &to].concat()
}

fn rule(t: Texts, schedule: &Schedule) -> Option<String> {
    let lasting = |minutes: u32| t.span(u64::from(minutes) * 60);
    match schedule {
        Schedule::Once { .. } => None,
        Schedule::Weekly { days, at, minutes } => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            Some([t.fleet_maintenance_weekly(), ": ", &days.join(", "), " · ", at, " · ", &lasting(*minutes)].concat())
        }
        Schedule::Cron { expression, minutes } => {
            Some([t.fleet_maintenance_cron(), ": ", expression, " · ", &lasting(*minutes)].concat())
        }
    }
}
