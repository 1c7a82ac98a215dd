//! The fields of a monitor, with their words.

use leptos::prelude::*;

use super::Problems;
use crate::{
    components::{TextArea, TextField},
    fleet::monitor_form::Field,
    i18n::{Texts, use_texts},
    live::live,
    model::monitor::Kind,
};

/// The choice of a kind.
#[component]
pub fn Kinds(
    /// The chosen one.
    kind: RwSignal<Kind>,
) -> impl IntoView {
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

/// One field.
#[component]
pub fn Input(
    /// Which.
    field: Field,
    /// Of which kind of monitor.
    kind: Kind,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong.
    problems: Problems,
) -> impl IntoView {
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
