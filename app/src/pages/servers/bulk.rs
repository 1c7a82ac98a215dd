//! Changing several servers at once: group, tags, pause, the interval of their monitors.

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::wasm_split;

use super::roster::Roster;
use crate::{
    backend::{Backend, Servers},
    components::{Button, ButtonKind, ButtonSize, Icon, Segmented, Sheet, TextField, use_toasts},
    fleet::list::Line,
    i18n::use_texts,
    live::{live, live_text},
    model::{Error, Result, ids::ServerId, monitor::MonitorPatch, server::ServerPatch},
    pages::part::{Entered, through},
};

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Group,
    Tag,
    Interval,
    Pause(bool),
}

/// The bar while several are being chosen.
#[component]
pub fn Bulk() -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let changing = RwSignal::new(false);
    let count = move || roster.chosen.with(|chosen| chosen.as_ref().map_or(0, Vec::len));
    let everything = move |()| {
        // All that fit, shown or not.
        roster.limit.set(usize::MAX);
        let all = untrack(|| roster.lines()).0.into_iter().filter_map(|line| match line {
            Line::Server(row) => Some(row.id),
            _ => None,
        });
        roster.chosen.set(Some(all.collect()));
    };
    let choosing = Memo::new(move |_| roster.chosen.with(Option::is_some));
    view! {
        {live(move || {
            choosing
                .get()
                .then(|| {
                    view! {
                        <div class="bulk" role="status">
                            <span class="bulk__count">
                                {live_text(move || t.servers_selected(u64::try_from(count()).unwrap_or(u64::MAX)))}
                            </span>
                            <Button
                                label=t.servers_select_all()
                                kind=ButtonKind::Plain
                                size=ButtonSize::Small
                                on_press=everything
                            />
                            <Button
                                label=t.card_edit()
                                kind=ButtonKind::Tinted
                                size=ButtonSize::Small
                                disabled=Signal::derive(move || count() == 0)
                                on_press=move |()| changing.set(true)
                            />
                            <Button
                                label=t.servers_select_done()
                                kind=ButtonKind::Plain
                                size=ButtonSize::Small
                                icon=Icon::Close
                                icon_only=true
                                on_press=move |()| roster.chosen.set(None)
                            />
                        </div>
                    }
                })
        })}
        <Sheet title=t.card_edit() open=changing>
            {through(load_form, move || form(roster, changing))}
        </Sheet>
    }
}

/// Enters the part that sets up servers, for the form.
#[wasm_split(configuring, fallible, preload(#[doc = "Fetches it."] load_form))]
fn form(roster: Roster, open: RwSignal<bool>) -> Entered {
    Ok(view! { <Form roster=roster open=open /> }.into_any())
}

#[component]
fn Form(roster: Roster, open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let servers = expect_context::<Backend>().servers();
    let act = RwSignal::new(Act::Group);
    let value = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let acts = [
        (Act::Group, t.servers_group()),
        (Act::Tag, t.servers_tag()),
        (Act::Interval, t.fleet_bulk_interval()),
        (Act::Pause(true), t.state_paused()),
    ];
    let run = Callback::new(move |act: Act| {
        let servers = servers.clone();
        let ids = roster.chosen.get_untracked().unwrap_or_default();
        let text = value.get_untracked().trim().to_owned();
        busy.set(true);
        spawn_local(async move {
            let (mut done, mut failed, mut why) = (0, 0, None::<Error>);
            for id in ids {
                match change(&servers, id, act, &text).await {
                    Ok(()) => done += 1,
                    Err(error) => {
                        failed += 1;
                        why = Some(error);
                    }
                }
            }
            match why {
                Some(error) => toasts.problem(t.fleet_bulk_failed(failed, &t.error(&error))),
                None => toasts.show(t.fleet_bulk_done(done)),
            }
            if !roster.rows.is_disposed() {
                roster.chosen.set(None);
                roster.ask();
            }
            let _ = busy.try_set(false);
            let _ = open.try_set(false);
        });
    });
    view! {
        <div class="mute">
            <Segmented
                label=t.fleet_actions()
                name="bulk"
                options=acts.map(|(act, words)| (act, words.to_owned())).to_vec()
                chosen=act
                on_choose=move |chosen| act.set(chosen)
            />
            {live(move || match act.get() {
                Act::Pause(_) => {
                    view! {
                        <Button label=t.fleet_pause() size=ButtonSize::Large busy=busy on_press=move |()| run.run(Act::Pause(true)) />
                        <Button
                            label=t.fleet_resume()
                            kind=ButtonKind::Tinted
                            busy=busy
                            on_press=move |()| run.run(Act::Pause(false))
                        />
                    }
                        .into_any()
                }
                chosen => {
                    let (label, mode) = match chosen {
                        Act::Group => (t.fleet_bulk_group(), "text"),
                        Act::Tag => (t.fleet_bulk_tag(), "text"),
                        _ => (t.monitor_interval(), "numeric"),
                    };
                    view! {
                        <TextField label=label value=value name="bulk-value" input_mode=mode />
                        <Button label=t.fleet_bulk_apply() size=ButtonSize::Large busy=busy on_press=move |()| run.run(chosen) />
                    }
                        .into_any()
                }
            })}
        </div>
    }
}

/// Changes one of them as it is now.
async fn change(servers: &impl Servers, id: ServerId, act: Act, text: &str) -> Result<()> {
    let server = servers.server(id).await?;
    let mut patch = ServerPatch { version: server.version, ..ServerPatch::default() };
    match act {
        Act::Group => patch.group = Some(Some(text.to_owned()).filter(|text| !text.is_empty())),
        Act::Tag => {
            let mut tags = server.tags;
            if !text.is_empty() && !tags.iter().any(|tag| tag == text) {
                tags.push(text.to_owned());
            }
            patch.tags = Some(tags);
        }
        Act::Pause(paused) => patch.paused = Some(paused),
        Act::Interval => {
            let interval_s = text.parse().map_err(|_| Error::invalid("interval_s", "invalid"))?;
            for monitor in server.monitors {
                let patch = MonitorPatch { interval_s: Some(interval_s), ..MonitorPatch::default() };
                servers.change_monitor(monitor.id, patch).await?;
            }
            return Ok(());
        }
    }
    servers.change(id, patch).await.map(drop)
}
