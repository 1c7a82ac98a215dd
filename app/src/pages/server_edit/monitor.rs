//! The sheet of a monitor: its kind, its fields, a try before it is saved with the outcome in words.

use leptos::{prelude::*, task::spawn_local};

use super::fields::Fields;
use crate::{
    backend::Backend,
    components::{Button, ButtonKind, ButtonSize, Icon, Sheet, StateMark, TextArea, TextField, use_toasts},
    device,
    fleet::monitor_form::{Field, draft, finer_fields, main_fields, text},
    i18n::{Texts, use_texts},
    live::live,
    model::{
        Error, Result,
        ids::ServerId,
        monitor::{Check, Kind, Monitor, MonitorDraft, MonitorPatch, MonitorTest},
        server::State,
    },
    pages::servers::roster::Roster,
    telegram::{Haptic, use_telegram},
};

type Typed = StoredValue<Vec<(Field, RwSignal<String>)>>;
type Problems = RwSignal<Vec<(Field, String)>>;

/// A monitor of a server that is there: each change takes effect at once.
#[component]
pub fn MonitorSheet(
    /// Of which server.
    server: ServerId,
    /// Its address, to try.
    address: String,
    /// Which monitor is edited, if any; nothing inside is a new one.
    editing: RwSignal<Option<Option<Monitor>>>,
    /// Something changed.
    on_done: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    let address = StoredValue::new(address);
    let backend = StoredValue::new(expect_context::<Backend>());
    let toasts = use_toasts();
    let roster = expect_context::<Roster>();
    sync(editing, open);
    let finish = move |done: Result<()>, words: &'static str, problems: Option<Problems>| match done {
        Ok(()) => {
            let _ = editing.try_set(None);
            toasts.show(words);
            let _ = on_done.try_run(());
        }
        Err(error) => match problems {
            Some(problems) => tell(t, &error, problems, toasts),
            None => toasts.error(&error),
        },
    };
    let save = Callback::new(move |(draft, problems, busy): (MonitorDraft, Problems, RwSignal<bool>)| {
        let servers = backend.with_value(|backend| backend.servers.clone());
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
        let servers = backend.with_value(|backend| backend.servers.clone());
        spawn_local(async move {
            finish(servers.delete_monitor(record.id).await, t.monitor_deleted(), None);
        });
    });
    view! {
        <Sheet title=t.monitor_edit() open=open>
            {move || {
                let record = editing.get()?;
                let known = record.is_some();
                let begun = record.map(|record| draft_of(&record)).unwrap_or_default();
                let on_delete = known.then_some(delete);
                Some(view! { <Editor begun=begun fixed=known address=address.get_value() on_save=save on_delete=on_delete /> })
            }}
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
            {move || {
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
            }}
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

#[component]
fn Kinds(kind: RwSignal<Kind>) -> impl IntoView {
    let t = use_texts();
    let options = Kind::ALL.into_iter().map(|option| {
        view! {
            <option value=option.as_str() selected=option == kind.get_untracked()>
                {t.kind(option)}
            </option>
        }
        .into_any()
    });
    let choose = move |event| {
        if let Some(chosen) = Kind::from_name(&event_target_value(&event)) {
            kind.set(chosen);
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for="field-kind">
                {t.monitor_kind()}
            </label>
            <select class="field__input field__input--select" id="field-kind" on:change=choose>
                {options.collect_view()}
            </select>
            <p class="field__note">{live(move || hint_of_kind(t, kind.get()))}</p>
        </div>
    }
}

#[component]
fn Input(field: Field, kind: Kind, value: RwSignal<String>, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let wrong = Signal::derive(move || {
        problems.with(|problems| problems.iter().find(|(known, _)| *known == field).map(|(_, text)| text.clone()))
    });
    let (label, hint, numeric) = words(t, field, kind);
    let name = ["monitor-", field.as_str()].concat();
    if field == Field::Ca {
        return view! { <TextArea label=label value=value name=name error=wrong /> }.into_any();
    }
    let mode = if numeric { "numeric" } else { "text" };
    view! { <TextField label=label value=value name=name input_mode=mode hint=hint error=wrong /> }.into_any()
}

/// Looks once with what is typed, and says what was seen.
#[component]
fn Try(address: String, take: Callback<(), Option<MonitorDraft>>, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let backend = expect_context::<Backend>();
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Check>);
    let test = move |()| {
        let Some(monitor) = take.run(()) else { return };
        let servers = backend.servers.clone();
        let test = MonitorTest { address: address.clone(), monitor };
        busy.set(true);
        outcome.set(None);
        spawn_local(async move {
            let answer = servers.test_monitor(test).await;
            let _ = busy.try_set(false);
            telegram.haptic(if answer.is_ok() { Haptic::Success } else { Haptic::Error });
            match answer {
                Ok(check) => drop(outcome.try_set(Some(check))),
                Err(error) => tell(t, &error, problems, toasts),
            }
        });
    };
    view! {
        <div class="try">
            <Button label=t.monitor_test() kind=ButtonKind::Tinted busy=busy on_press=test />
            <div class="try__outcome" role="status">
                {live(move || {
                    outcome
                        .get()
                        .map(|check| {
                            let text = said(t, &check);
                            view! {
                                <p class="try__said">
                                    <StateMark state=check.state />
                                    <span>{text}</span>
                                </p>
                                {check.note.map(|note| view! { <p class="try__note">{note}</p> }.into_any())}
                            }
                                .into_any()
                        })
                })}
            </div>
        </div>
    }
}

fn said(t: Texts, check: &Check) -> String {
    match (&check.reason, check.latency_ms) {
        (Some(reason), _) if check.state != State::Up => t.reason(reason),
        (_, Some(ms)) => t.monitor_test_good(&t.latency(ms)),
        _ => t.monitor_test_good_plain().to_owned(),
    }
}

/// Puts a refusal below the field it names, else into a message.
fn tell(t: Texts, error: &Error, problems: Problems, toasts: crate::components::Toasts) {
    match error {
        Error::Invalid { field, .. } => match Field::named(field) {
            Some(field) => {
                let text = match field {
                    Field::Target => t.monitor_invalid_target().to_owned(),
                    Field::Interval => t.monitor_invalid_interval().to_owned(),
                    Field::Timeout => t.monitor_invalid_timeout().to_owned(),
                    _ => t.error(error),
                };
                let _ = problems.try_set(vec![(field, text)]);
            }
            None => toasts.error(error),
        },
        _ => toasts.error(error),
    }
}

const fn hint_of_kind(t: Texts, kind: Kind) -> &'static str {
    match kind {
        Kind::Ping => t.monitor_ping_hint(),
        Kind::Tcp => t.monitor_tcp_hint(),
        Kind::Http => t.monitor_http_hint(),
        Kind::Tls => t.monitor_tls_hint(),
        Kind::Dns => t.monitor_dns_hint(),
        Kind::Push => t.monitor_push_hint(),
    }
}

/// Label, hint, and whether a number belongs there.
const fn words(t: Texts, field: Field, kind: Kind) -> (&'static str, &'static str, bool) {
    match (field, kind) {
        (Field::Target, Kind::Ping | Kind::Push) => (t.monitor_target_ping(), t.monitor_target_ping_hint(), false),
        (Field::Target, Kind::Tcp | Kind::Tls) => (t.monitor_target_port(), t.monitor_target_port_hint(), false),
        (Field::Target, Kind::Http) => (t.monitor_target_http(), "https://", false),
        (Field::Target, Kind::Dns) => (t.monitor_target_dns(), "", false),
        (Field::Interval, Kind::Push) => (t.monitor_interval_push(), "", true),
        (Field::Interval, _) => (t.monitor_interval(), "", true),
        (Field::Timeout, _) => (t.monitor_timeout(), "", true),
        (Field::Retry, _) => (t.monitor_retry(), "", true),
        (Field::Bad, _) => (t.monitor_bad(), "", true),
        (Field::Good, _) => (t.monitor_good(), "", true),
        (Field::Slow, _) => (t.monitor_slow(), "", true),
        (Field::Status, _) => (t.monitor_status(), t.monitor_status_hint(), false),
        (Field::Keyword, _) => (t.monitor_keyword(), "", false),
        (Field::JsonPath, _) => (t.monitor_json_path(), t.monitor_json_path_hint(), false),
        (Field::JsonValue, _) => (t.monitor_json_value(), "", false),
        (Field::Redirects, _) => (t.monitor_redirects(), "", true),
        (Field::Ca, _) => (t.monitor_ca(), "", false),
        (Field::DaysLeft, _) => (t.monitor_days_left(), "", true),
        (Field::Record, _) => (t.monitor_record(), "A, AAAA, CNAME, MX, NS, TXT, PTR, SRV", false),
        (Field::Expected, _) => (t.monitor_expected(), "", false),
        (Field::Resolver, _) => (t.monitor_resolver(), t.monitor_resolver_hint(), false),
    }
}
