//! What is watched on a server: state, latency, when it was looked at last, why it is not up. A press shows its latencies.

use leptos::prelude::*;

use super::Shown;
use crate::{
    components::{Button, ButtonKind, Icon, Section, Sparkline, StateMark, Time, use_toasts},
    device,
    i18n::{Texts, use_texts},
    live::live,
    model::{
        ids::ServerId,
        monitor::{Figures, Kind, Monitor},
        server::{Server, State},
        user::Role,
    },
    pages::servers::roster::Roster,
    session::use_role,
};

/// The monitors of a server.
#[component]
pub fn Monitors(
    /// Of which.
    server: Server,
    /// Whose latencies are shown.
    shown: Shown,
    /// Which one is edited in the sheet.
    editing: RwSignal<Option<Option<Monitor>>>,
) -> impl IntoView {
    let t = use_texts();
    let admin = use_role() >= Role::Admin;
    let none = server.monitors.is_empty();
    let rows = server
        .monitors
        .into_iter()
        .map(move |monitor| view! { <One monitor=monitor shown=shown editing=editing admin=admin /> }.into_any());
    view! {
        <Section header=t.server_monitors()>
            {none.then(|| view! { <p class="server__none">{t.server_no_monitors()}</p> }.into_any())}
            {rows.collect_view()}
            {admin
                .then(|| {
                    view! {
                        <div class="section__inset">
                            <Button
                                label=t.monitor_add()
                                kind=ButtonKind::Plain
                                icon=Icon::Add
                                on_press=move |()| editing.set(Some(None))
                            />
                        </div>
                    }
                })}
        </Section>
    }
}

#[component]
fn One(monitor: Monitor, shown: Shown, editing: RwSignal<Option<Option<Monitor>>>, admin: bool) -> impl IntoView {
    let t = use_texts();
    let (id, kind) = (monitor.id, monitor.kind);
    let why = (monitor.state != State::Up).then(|| monitor.reason.as_ref().map(|reason| t.reason(reason))).flatten();
    let target = if kind == Kind::Push { String::new() } else { monitor.target.clone() };
    let figures = monitor.figures.map(|figures| figures_text(t, figures));
    let on = Memo::new(move |_| shown.with(|shown| shown.is_some_and(|(known, _)| known == id)));
    let record = monitor.clone();
    let edit = admin.then(|| {
        let label = [t.monitor_edit(), ": ", t.kind(kind)].concat();
        view! {
            <Button
                label=label
                kind=ButtonKind::Plain
                icon=Icon::Edit
                icon_only=true
                on_press=move |()| editing.set(Some(Some(record.clone())))
            />
        }
    });
    let latency = monitor.latency_ms.map(|ms| t.latency(ms)).unwrap_or_default();
    view! {
        <div class="monitor" class:monitor--on=on>
            <button
                type="button"
                class="row monitor__main"
                aria-pressed=Signal::derive(move || if on.get() { "true" } else { "false" })
                on:click=move |_| shown.update(|shown| {
                    *shown = if shown.is_some_and(|(known, _)| known == id) { None } else { Some((id, kind)) };
                })
            >
                <StateMark state=if monitor.paused { State::Paused } else { monitor.state } />
                <span class="row__main">
                    <span class="row__title">
                        {t.kind(kind)} {(!target.is_empty()).then(|| view! { <span class="monitor__target">{target}</span> }.into_any())}
                    </span>
                    {why.map(|why| view! { <span class="row__subtitle monitor__why">{why}</span> }.into_any())}
                    {figures.map(|figures| view! { <span class="row__subtitle">{figures}</span> }.into_any())}
                    <span class="row__subtitle monitor__when">
                        {t.server_every(&t.span(monitor.interval_s.into()))}
                        {monitor.last_check_at.map(|at| view! { " · " <Time at=at /> })}
                    </span>
                </span>
                <Sparkline spark=monitor.spark />
                <span class="host__end">
                    <span class="host__latency">{latency}</span>
                </span>
            </button>
            {edit}
        </div>
    }
}

/// The addresses of jobs that were told just now: they are not told again.
#[component]
pub fn Told(
    /// Of which server.
    id: ServerId,
) -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    live(move || {
        let told = roster.told.get();
        let addresses: Vec<_> =
            told.into_iter().filter(|(server, _)| *server == id).map(|(_, address)| address).collect();
        (!addresses.is_empty()).then(|| {
            let rows = addresses.into_iter().map(|address| view! { <PushAddress address=address /> });
            view! { <Section footer=t.server_push_once()>{rows.collect_view()}</Section> }
        })
    })
}

/// The secret address of a job.
#[component]
fn PushAddress(address: String) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let copied = address.clone();
    let copy = move |()| {
        let text = copied.clone();
        leptos::task::spawn_local(async move {
            if device::copy(text).await {
                toasts.show(t.card_share_copied());
            } else {
                toasts.problem(t.card_copy_failed());
            }
        });
    };
    view! {
        <div class="push">
            <span class="push__label">{t.server_push_address()}</span>
            <code class="push__address">{address}</code>
            <Button label=t.server_copy() kind=ButtonKind::Plain icon=Icon::Copy icon_only=true on_press=copy />
        </div>
    }
}

fn figures_text(t: Texts, figures: Figures) -> String {
    let figure = |value: Option<u8>| value.map_or_else(|| "—".to_owned(), |value| [&value.to_string(), "%"].concat());
    t.server_figures(&figure(figures.cpu), &figure(figures.memory), &figure(figures.disk))
}
