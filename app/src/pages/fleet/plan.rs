//! Planning a window: what for, whom, when, and what exactly would fall silent.

use leptos::{prelude::*, task::spawn_local};
use time::{OffsetDateTime, UtcOffset};

use super::maintenance::window_text;
use crate::{
    backend::{Backend, Servers as _},
    components::{Button, ButtonKind, ButtonSize, Segmented, Sheet, TextField, use_clock, use_toasts},
    device,
    fleet::form::tags,
    i18n::{Texts, use_texts},
    live::{live, live_text},
    model::{
        maintenance::{MaintenanceDraft, MaintenancePreview, Schedule},
        wire_time,
    },
    pages::{server::mute::said, servers::roster::Roster},
};

/// When a window is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Once,
    Weekly,
    Cron,
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    title: RwSignal<String>,
    whom: RwSignal<String>,
    kind: RwSignal<Kind>,
    from: RwSignal<String>,
    days: RwSignal<String>,
    at: RwSignal<String>,
    expression: RwSignal<String>,
    minutes: RwSignal<String>,
}

/// The sheet.
#[component]
pub fn Plan(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Something was planned.
    on_done: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <Sheet title=t.fleet_maintenance_plan() open=open>
            <Form open=open on_done=on_done />
        </Sheet>
    }
}

#[component]
fn Form(open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let toasts = use_toasts();
    let roster = expect_context::<Roster>();
    let backend = StoredValue::new(expect_context::<Backend>());
    let empty = || RwSignal::new(String::new());
    let typed = Typed {
        title: empty(),
        whom: empty(),
        kind: RwSignal::new(Kind::Once),
        from: RwSignal::new(local(clock.now.get_untracked(), clock.zone.get_untracked())),
        days: RwSignal::new("6, 7".to_owned()),
        at: RwSignal::new("22:00".to_owned()),
        expression: RwSignal::new("0 22 * * 6".to_owned()),
        minutes: RwSignal::new("120".to_owned()),
    };
    let failure = RwSignal::new(None::<String>);
    let preview = RwSignal::new(None::<MaintenancePreview>);
    let busy = RwSignal::new(false);
    let draft = move || typed.draft(t, roster, clock.zone.get_untracked());
    let look = move |()| {
        let servers = backend.with_value(Backend::servers);
        failure.set(None);
        let draft = draft();
        spawn_local(async move {
            match servers.preview(draft).await {
                Ok(seen) => drop(preview.try_set(Some(seen))),
                Err(error) => drop(failure.try_set(Some(t.error(&error)))),
            }
        });
    };
    let plan = move |()| {
        let servers = backend.with_value(Backend::servers);
        failure.set(None);
        busy.set(true);
        let draft = draft();
        spawn_local(async move {
            let answer = servers.plan(draft, device::unique_key()).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.show(t.fleet_maintenance_planned());
                    let _ = open.try_set(false);
                    let _ = on_done.try_run(());
                }
                Err(error) => drop(failure.try_set(Some(t.error(&error)))),
            }
        });
    };
    let kinds = vec![
        (Kind::Once, t.fleet_maintenance_once().to_owned()),
        (Kind::Weekly, t.fleet_maintenance_weekly().to_owned()),
        (Kind::Cron, t.fleet_maintenance_cron().to_owned()),
    ];
    view! {
        <div class="mute">
            <TextField label=t.fleet_maintenance_title() value=typed.title name="window-title" max_length=200 />
            <TextField label=t.mute_what() value=typed.whom name="window-whom" hint=t.fleet_tags_hint() placeholder=t.fleet_maintenance_everything() />
            <Segmented label=t.fleet_maintenance() name="window-kind" options=kinds chosen=typed.kind on_choose=move |kind| typed.kind.set(kind) />
            {live(move || when(t, typed))}
            <TextField label=t.fleet_maintenance_minutes() value=typed.minutes name="window-minutes" input_mode="numeric" />
            {live(move || preview.get().map(|seen| view! { <Seen seen=seen /> }))}
            <p class="field__note field__note--bad" role="alert">
                {live_text(move || failure.get().unwrap_or_default())}
            </p>
            <Button label=t.mute_preview() kind=ButtonKind::Tinted on_press=look />
            <Button label=t.fleet_maintenance_plan() size=ButtonSize::Large busy=busy on_press=plan />
        </div>
    }
}

fn when(t: Texts, typed: Typed) -> AnyView {
    match typed.kind.get() {
        Kind::Once => view! { <TextField label=t.fleet_maintenance_from() value=typed.from name="window-from" kind="datetime-local" /> }.into_any(),
        Kind::Weekly => view! {
            <TextField label=t.fleet_maintenance_days() value=typed.days name="window-days" />
            <TextField label=t.fleet_maintenance_at() value=typed.at name="window-at" kind="time" hint=t.fleet_maintenance_zone() />
        }
        .into_any(),
        Kind::Cron => view! {
            <TextField label=t.fleet_maintenance_expression() value=typed.expression name="window-cron" hint=t.fleet_maintenance_zone() />
        }
        .into_any(),
    }
}

#[component]
fn Seen(seen: MaintenancePreview) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let text = said(t, &seen);
    let windows = seen.windows.into_iter().map(|window| {
        let when = move || window_text(t, window, clock.now.get(), clock.zone.get());
        view! { <li>{live_text(when)}</li> }.into_any()
    });
    view! {
        <div class="mute__preview">
            <p class="mute__title">{t.mute_preview()}</p>
            <p class="mute__what">{text}</p>
            <p class="mute__title">{t.fleet_maintenance_next()}</p>
            <ul class="mute__what">{windows.collect_view()}</ul>
        </div>
    }
}

impl Typed {
    /// Names are those of groups or of servers; none is all of them.
    fn draft(self, t: Texts, roster: Roster, zone: UtcOffset) -> MaintenanceDraft {
        let names = tags(&self.whom.get_untracked());
        let (mut servers, mut groups) = (Vec::new(), Vec::new());
        for name in &names {
            let server = roster.rows.with_untracked(|rows| rows.iter().find(|row| row.name == *name).map(|row| row.id));
            match server {
                Some(id) => servers.push(id),
                None => groups.push(name.clone()),
            }
        }
        let minutes = self.minutes.get_untracked().trim().parse().unwrap_or_default();
        let schedule = match self.kind.get_untracked() {
            Kind::Once => {
                let from = [&self.from.get_untracked(), ":00Z"].concat();
                let from = wire_time::time(&from).unwrap_or(OffsetDateTime::UNIX_EPOCH).replace_offset(zone);
                Schedule::Once { from, to: from + time::Duration::minutes(i64::from(minutes)) }
            }
            Kind::Weekly => {
                let days = tags(&self.days.get_untracked()).iter().filter_map(|day| day.parse().ok()).collect();
                Schedule::Weekly { days, at: self.at.get_untracked(), minutes }
            }
            Kind::Cron => Schedule::Cron { expression: self.expression.get_untracked().trim().to_owned(), minutes },
        };
        let title = self.title.get_untracked().trim().to_owned();
        let title = if title.is_empty() { t.mute_reason_work().to_owned() } else { title };
        MaintenanceDraft { title, servers, groups, everything: names.is_empty(), schedule }
    }
}

/// `2026-11-20T22:00`, as the field wants it.
fn local(now: OffsetDateTime, zone: UtcOffset) -> String {
    let here = now.to_offset(zone).replace_offset(UtcOffset::UTC);
    wire_time::time_text(here).chars().take(16).collect()
}
