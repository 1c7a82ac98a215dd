//! Silence in two taps: how long, with a preview of exactly what falls silent, and one button. It is a planned window that
//! begins now; the open incident is silenced with it.

use leptos::{prelude::*, task::spawn_local};
use time::{Duration, OffsetDateTime, Time, UtcOffset};

use crate::{
    backend::{Backend, Incidents as _, Servers as _},
    components::{Button, ButtonSize, Segmented, Sheet, SkeletonRows, TextField, use_clock, use_toasts},
    device,
    directory::latest::Latest,
    format,
    i18n::{Texts, use_texts},
    live::{live, watch},
    model::{
        Result,
        ids::{IncidentId, ServerId},
        incident::IncidentAction,
        maintenance::{MaintenanceDraft, MaintenancePreview, Schedule},
    },
    telegram::{Haptic, use_telegram},
};

/// When the morning begins.
const MORNING: u8 = 8;

/// What would be muted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The server.
    pub server: ServerId,
    /// Its name.
    pub name: String,
    /// Its group, which may be muted in its place.
    pub group: Option<String>,
    /// The open incident it is in.
    pub incident: Option<IncidentId>,
}

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So many minutes.
    Minutes(u32),
    /// Until the next morning.
    Morning,
}

impl Length {
    /// The choices in their words.
    pub fn choices(t: Texts) -> Vec<(Self, String)> {
        [
            (Self::Minutes(30), t.mute_half_hour()),
            (Self::Minutes(120), t.mute_two_hours()),
            (Self::Minutes(480), t.mute_eight_hours()),
            (Self::Morning, t.mute_morning()),
        ]
        .map(|(length, words)| (length, words.to_owned()))
        .to_vec()
    }

    /// When it is over.
    pub fn end(self, now: OffsetDateTime, zone: UtcOffset) -> OffsetDateTime {
        match self {
            Self::Minutes(minutes) => now + Duration::minutes(minutes.into()),
            Self::Morning => {
                let here = now.to_offset(zone);
                let morning = here.replace_time(Time::from_hms(MORNING, 0, 0).unwrap_or(Time::MIDNIGHT));
                if morning > here { morning } else { morning + Duration::days(1) }
            }
        }
    }

    /// The whole minutes until then.
    pub fn minutes(self, now: OffsetDateTime, zone: UtcOffset) -> u32 {
        u32::try_from((self.end(now, zone) - now).whole_minutes()).unwrap_or(1).max(1)
    }
}

/// The sheet.
#[component]
pub fn Mute(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it would mute.
    target: RwSignal<Option<Target>>,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <Sheet title=t.mute_title() open=open>
            {live(move || target.get().map(|target| view! { <Choice target=target open=open /> }))}
        </Sheet>
    }
}

#[component]
fn Choice(target: Target, open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let backend = expect_context::<Backend>();
    let length = RwSignal::new(Length::Minutes(120));
    let whole_group = RwSignal::new(false);
    let known = target.incident.is_some();
    let reason = RwSignal::new(if known { t.mute_reason_known() } else { t.mute_reason_work() }.to_owned());
    let busy = RwSignal::new(false);
    let group = target.group.clone();
    let aim = StoredValue::new(target);
    let end = Memo::new(move |_| length.get().end(clock.now.get(), clock.zone.get()));
    let preview = preview(aim, length, whole_group, backend.clone());
    let until = move || format::clock(end.get(), clock.zone.get());
    let confirm = Signal::derive(move || t.mute_confirm(&until()));
    let act = move |()| {
        let (now, zone) = (clock.now.get_untracked(), clock.zone.get_untracked());
        let text = reason.get_untracked();
        let text = if text.trim().is_empty() { t.mute_reason_work().to_owned() } else { text };
        let draft = draft(aim, length.get_untracked(), whole_group.get_untracked(), text.clone(), now, zone);
        let incident = aim.with_value(|aim| aim.incident);
        let minutes = length.get_untracked().minutes(now, zone);
        let backend = backend.clone();
        let done = t.mute_done(&untrack(until));
        busy.set(true);
        spawn_local(async move {
            let planned = backend.servers().plan(draft, device::unique_key()).await;
            if planned.is_ok()
                && let Some(id) = incident
            {
                // The window mutes what comes; what is open already has a silence of its own.
                drop(
                    backend
                        .incidents()
                        .act(id, IncidentAction::Silence { minutes, reason: text }, device::unique_key())
                        .await,
                );
            }
            let _ = busy.try_set(false);
            match planned {
                Ok(window) => {
                    telegram.haptic(Haptic::Success);
                    let _ = open.try_set(false);
                    let id = window.id;
                    toasts.undo(done, move || {
                        let backend = backend.clone();
                        spawn_local(async move {
                            let mut undone = backend.servers().cancel_maintenance(id).await;
                            if let Some(incident) = incident {
                                let sound = IncidentAction::Silence { minutes: 0, reason: String::new() };
                                undone = undone.and(
                                    backend.incidents().act(incident, sound, device::unique_key()).await.map(drop),
                                );
                            }
                            match undone {
                                Ok(()) => toasts.show(t.card_undone()),
                                Err(error) => toasts.error(&error),
                            }
                        });
                    });
                }
                Err(error) => {
                    telegram.haptic(Haptic::Error);
                    toasts.error(&error);
                }
            }
        });
    };
    view! {
        <div class="mute">
            <Segmented
                label=t.mute_how_long()
                name="mute-length"
                options=Length::choices(t)
                chosen=length
                on_choose=move |chosen| length.set(chosen)
            />
            {group
                .map(|group| {
                    let options = vec![(false, t.mute_only().to_owned()), (true, t.mute_group(&group))];
                    view! {
                        <Segmented
                            label=t.mute_what()
                            name="mute-what"
                            options=options
                            chosen=whole_group
                            on_choose=move |chosen| whole_group.set(chosen)
                        />
                    }
                })}
            <Preview preview=preview />
            <TextField label=t.mute_reason() value=reason name="mute-reason" max_length=200 />
            <p class="mute__note">{t.mute_recorded()}</p>
            <Button label=confirm size=ButtonSize::Large busy=busy on_press=act />
        </div>
    }
}

type Seen = RwSignal<Option<Result<MaintenancePreview>>>;

fn draft(
    aim: StoredValue<Target>,
    length: Length,
    group: bool,
    title: String,
    now: OffsetDateTime,
    zone: UtcOffset,
) -> MaintenanceDraft {
    aim.with_value(|aim| MaintenanceDraft {
        title,
        servers: if group { Vec::new() } else { vec![aim.server] },
        groups: if group { aim.group.clone().into_iter().collect() } else { Vec::new() },
        everything: false,
        schedule: Schedule::Once { from: now, to: length.end(now, zone) },
    })
}

/// What the choice would mute, as the server says it.
fn preview(aim: StoredValue<Target>, length: RwSignal<Length>, group: RwSignal<bool>, backend: Backend) -> Seen {
    let t = use_texts();
    let clock = use_clock();
    let seen: Seen = RwSignal::new(None);
    let latest = Latest::default();
    watch(move || {
        let (now, zone) = (clock.now.get_untracked(), clock.zone.get_untracked());
        let draft = draft(aim, length.get(), group.get(), t.mute_reason_work().to_owned(), now, zone);
        let backend = backend.clone();
        let turn = latest.run(async move { backend.servers().preview(draft).await });
        spawn_local(async move {
            if let Some(answer) = turn.await {
                let _ = seen.try_set(Some(answer));
            }
        });
    });
    seen
}

#[component]
fn Preview(preview: Seen) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="mute__preview" aria-live="polite">
            <p class="mute__title">{t.mute_preview()}</p>
            {live(move || match preview.get() {
                None => view! { <SkeletonRows rows=1 plain=true /> }.into_any(),
                Some(Err(error)) => view! { <p class="mute__what">{t.error(&error)}</p> }.into_any(),
                Some(Ok(preview)) => view! { <p class="mute__what">{said(t, &preview)}</p> }.into_any(),
            })}
        </div>
    }
}

/// `db-1, db-2 and 3 more · 9 monitors · 1 open incident`.
pub fn said(t: Texts, preview: &MaintenancePreview) -> String {
    let mut names = preview.names.join(", ");
    let more = u64::from(preview.servers).saturating_sub(u64::try_from(preview.names.len()).unwrap_or(u64::MAX));
    if more > 0 {
        names.push_str(&[" ", &t.mute_and_more(more)].concat());
    }
    let mut parts = vec![names, t.mute_monitors(preview.monitors.into())];
    if preview.open_incidents > 0 {
        parts.push(t.mute_incidents(preview.open_incidents.into()));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset};

    use super::Length;

    #[test]
    fn the_morning_is_the_next_one() {
        let end = |now| Length::Morning.end(now, offset!(+3));
        assert_eq!(end(datetime!(2026-11-20 22:00 UTC)), datetime!(2026-11-21 05:00 UTC));
        assert_eq!(end(datetime!(2026-11-20 23:30 UTC)), datetime!(2026-11-21 05:00 UTC));
        assert_eq!(end(datetime!(2026-11-21 05:00 UTC)), datetime!(2026-11-22 05:00 UTC));
        assert_eq!(Length::Morning.minutes(datetime!(2026-11-21 04:30 UTC), offset!(+3)), 30);
    }
}
