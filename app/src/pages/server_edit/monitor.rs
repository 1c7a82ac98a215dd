//! The sheet of a monitor: its kind, its fields, a try before it is saved with the outcome in words.

mod attempt;
mod inputs;

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::wasm_split;

use super::fields::Fields;
use crate::{
    backend::{Backend, Servers as _},
    components::{Button, ButtonKind, ButtonSize, Icon, Sheet, use_toasts},
    device,
    fleet::monitor_form::{Field, draft, finer_fields, main_fields, text},
    i18n::use_texts,
    live::live,
    model::{
        Result,
        employee::Employee,
        ids::ServerId,
        monitor::{Kind, Monitor, MonitorDraft, MonitorPatch},
        server::Server,
    },
    pages::{Fetched, part::Entered, servers::roster::Roster},
};
use attempt::{Try, tell};
use inputs::{Input, Kinds};

type Typed = StoredValue<Vec<(Field, RwSignal<String>)>>;
/// What is wrong, field by field.
pub(super) type Problems = RwSignal<Vec<(Field, String)>>;

/// Enters the part that sets up servers, for the sheet of a monitor on a server's page.
#[wasm_split(configuring, fallible, preload(#[doc = "Fetches it."] load_monitor_sheet))]
pub fn monitor_sheet(
    server: ServerId,
    known: Fetched<(Server, Option<Employee>)>,
    editing: RwSignal<Option<Option<Monitor>>>,
) -> Entered {
    Ok(view! { <MonitorSheet server=server known=known editing=editing /> }.into_any())
}

/// A monitor of a server that is there: each change takes effect at once.
#[component]
fn MonitorSheet(
    /// Of which server.
    server: ServerId,
    /// Where it comes from.
    known: Fetched<(Server, Option<Employee>)>,
    /// Which monitor is edited, if any; nothing inside is a new one.
    editing: RwSignal<Option<Option<Monitor>>>,
) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    let backend = StoredValue::new(expect_context::<Backend>());
    let toasts = use_toasts();
    let roster = expect_context::<Roster>();
    sync(editing, open);
    let finish = move |done: Result<()>, words: &'static str, problems: Option<Problems>| match done {
        Ok(()) => {
            let _ = editing.try_set(None);
            toasts.show(words);
            known.refetch();
        }
        Err(error) => match problems {
            Some(problems) => tell(t, &error, problems, toasts),
            None => toasts.error(&error),
        },
    };
    let save = Callback::new(move |(draft, problems, busy): (MonitorDraft, Problems, RwSignal<bool>)| {
        let servers = backend.with_value(Backend::servers);
        let record = editing.get_untracked().flatten();
        busy.set(true);
        spawn_local(async move {
            let done = match record {
                None => {
                    let added = servers.add_monitor(server, draft, device::unique_key()).await;
                    if !roster.rows.is_disposed() {
                        roster.keep_told(server, &added);
                    }
                    added
                }
                Some(record) => {
                    let patch = MonitorPatch {
                        version: Some(record.version),
                        target: (record.kind != Kind::Push).then_some(draft.target),
                        interval_s: Some(draft.interval_s),
                        settings: Some(draft.settings),
                        paused: Some(draft.paused),
                    };
                    servers.change_monitor(record.id, patch).await
                }
            };
            let _ = busy.try_set(false);
            finish(done.map(drop), t.monitor_saved(), Some(problems));
        });
    });
    let delete = Callback::new(move |()| {
        let Some(record) = editing.get_untracked().flatten() else { return };
        let servers = backend.with_value(Backend::servers);
        spawn_local(async move {
            finish(servers.delete_monitor(record.id).await, t.monitor_deleted(), None);
        });
    });
    view! {
        <Sheet title=t.monitor_edit() open=open>
            {live(move || {
                let record = editing.get()?;
                let fixed = record.is_some();
                let address = known.known().map(|(server, _)| server.address).unwrap_or_default();
                let begun = record.map(|record| draft_of(&record)).unwrap_or_default();
                let on_delete = fixed.then_some(delete);
                Some(view! { <Editor begun=begun fixed=fixed address=address on_save=save on_delete=on_delete /> })
            })}
        </Sheet>
    }
}

/// A monitor of a server that is about to be entered.
#[component]
pub fn DraftSheet(
    /// Where it is kept.
    fields: Fields,
    /// Which one is edited, if any; nothing inside is a new one.
    editing: RwSignal<Option<Option<usize>>>,
) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    sync(editing, open);
    let save = Callback::new(move |(draft, ..): (MonitorDraft, Problems, RwSignal<bool>)| {
        let at = editing.get_untracked().flatten();
        fields.monitors.update(|monitors| match at.and_then(|at| monitors.get_mut(at)) {
            Some(known) => *known = draft,
            None => monitors.push(draft),
        });
        editing.set(None);
    });
    let delete = Callback::new(move |()| {
        if let Some(at) = editing.get_untracked().flatten() {
            fields.monitors.update(|monitors| drop(monitors.remove(at)));
        }
        editing.set(None);
    });
    view! {
        <Sheet title=t.monitor_edit() open=open>
            {live(move || {
                let at = editing.get()?;
                let begun = at.and_then(|at| fields.monitors.with_untracked(|monitors| monitors.get(at).cloned()));
                let on_delete = at.map(|_| delete);
                let address = untrack(|| fields.form().address);
                Some(
                    view! {
                        <Editor
                            begun=begun.unwrap_or_default()
                            fixed=false
                            address=address
                            on_save=save
                            on_delete=on_delete
                        />
                    },
                )
            })}
        </Sheet>
    }
}

/// The sheet is open while something is edited, and closing it ends that.
fn sync<T: Send + Sync + 'static>(editing: RwSignal<Option<T>>, open: RwSignal<bool>) {
    crate::live::watch(move || open.set(editing.with(Option::is_some)));
    crate::live::watch(move || {
        if !open.get() && editing.with_untracked(Option::is_some) {
            editing.set(None);
        }
    });
}

fn draft_of(record: &Monitor) -> MonitorDraft {
    MonitorDraft {
        kind: record.kind,
        target: record.target.clone(),
        interval_s: record.interval_s,
        settings: record.settings.clone(),
        paused: record.paused,
    }
}

#[component]
fn Editor(
    begun: MonitorDraft,
    /// The kind cannot be changed.
    fixed: bool,
    address: String,
    on_save: Callback<(MonitorDraft, Problems, RwSignal<bool>)>,
    on_delete: Option<Callback<()>>,
) -> impl IntoView {
    let t = use_texts();
    let kind = RwSignal::new(begun.kind);
    let paused = RwSignal::new(begun.paused);
    let typed: Typed = StoredValue::new(Field::ALL.map(|field| (field, RwSignal::new(text(&begun, field)))).to_vec());
    let problems: Problems = RwSignal::new(Vec::new());
    let busy = RwSignal::new(false);
    let value =
        move |field| typed.with_value(|typed| typed.iter().find(|(known, _)| *known == field).map(|(_, value)| *value));
    let read = move || {
        draft(kind.get_untracked(), paused.get_untracked(), |field| {
            value(field).map(|value| value.get_untracked()).unwrap_or_default()
        })
    };
    let take = move || match read() {
        Ok(draft) => {
            problems.set(Vec::new());
            Some(draft)
        }
        Err(wrong) => {
            problems.set(wrong.into_iter().map(|field| (field, t.monitor_invalid_number().to_owned())).collect());
            None
        }
    };
    let save = move |()| {
        if let Some(draft) = take() {
            on_save.run((draft, problems, busy));
        }
    };
    let pause = Signal::derive(move || if paused.get() { t.monitor_resume() } else { t.monitor_pause() }.to_owned());
    view! {
        <div class="monitor-form">
            {(!fixed).then(|| view! { <Kinds kind=kind /> })}
            {live(move || {
                let kind = kind.get();
                let fields = |fields: &'static [Field]| {
                    fields
                        .iter()
                        .filter_map(|field| Some(view! { <Input field=*field kind=kind value=value(*field)? problems=problems /> }.into_any()))
                        .collect_view()
                };
                view! {
                    {fields(main_fields(kind))}
                    <details class="monitor-form__finer">
                        <summary>{t.monitor_finer()}</summary>
                        {fields(finer_fields(kind))}
                    </details>
                    {(kind != Kind::Push).then(|| view! { <Try address=address.clone() take=Callback::new(move |()| take()) problems=problems /> })}
                }
                    .into_any()
            })}
            <div class="sheet__actions">
                <Button label=t.monitor_save() size=ButtonSize::Large busy=busy on_press=save />
                {fixed
                    .then(|| {
                        view! {
                            <Button
                                label=pause
                                kind=ButtonKind::Plain
                                on_press=move |()| paused.update(|paused| *paused = !*paused)
                            />
                        }
                    })}
                {on_delete
                    .map(|on_delete| {
                        view! { <Button label=t.monitor_delete() kind=ButtonKind::Destructive icon=Icon::Delete on_press=on_delete /> }
                    })}
            </div>
        </div>
    }
}
