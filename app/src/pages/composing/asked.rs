//! Fields that this OTRS asks for besides the usual: type, service, SLA and additional ones, as the settings name them.

use leptos::prelude::*;

use crate::{
    components::TextField,
    i18n::Texts,
    live::watch,
    model::ticket::{
        Ticket,
        asked::{AskedField, DYNAMIC, FieldKind, FieldValue, Moment, Need, values},
    },
};

/// What is filled in, by the names of the fields.
pub type Filled = RwSignal<Vec<FieldValue>>;

/// What a ticket holds already, as a form shows it.
pub fn held(ticket: &Ticket) -> Vec<FieldValue> {
    let Some(detail) = &ticket.detail else { return Vec::new() };
    let one = |name: &str, value: &Option<String>| {
        value.clone().map(|value| FieldValue { name: name.to_owned(), values: vec![value] })
    };
    let usual = [one("Type", &detail.kind), one("Service", &detail.service), one("SLA", &detail.sla)];
    let additional = detail.fields.iter().map(|field| {
        let day = |value: &String| value.get(..10).unwrap_or(value).to_owned();
        let values = match field.kind {
            FieldKind::Date => field.values.iter().map(day).collect(),
            _ => field.values.clone(),
        };
        FieldValue { name: [DYNAMIC, &field.name].concat(), values }
    });
    usual.into_iter().flatten().chain(additional).collect()
}

/// Whether something that is asked then is missing or wrong.
pub fn is_open(fields: &[AskedField], moment: Moment, filled: &[FieldValue]) -> bool {
    fields
        .iter()
        .any(|field| field.need(moment) != Need::No && field.check(moment, values(filled, &field.name)).is_err())
}

/// What is sent: what is filled in, and what was there before and is not any more.
pub fn sent(fields: &[AskedField], moment: Moment, filled: &[FieldValue], before: &[FieldValue]) -> Vec<FieldValue> {
    let asked = fields.iter().filter(|field| field.need(moment) != Need::No);
    let sent = asked.filter_map(|field| {
        let given: Vec<String> =
            values(filled, &field.name).iter().filter(|value| !value.trim().is_empty()).cloned().collect();
        let was = !values(before, &field.name).is_empty();
        (!given.is_empty() || was).then(|| FieldValue { name: field.name.clone(), values: given })
    });
    sent.collect()
}

/// The fields that are asked then.
pub fn asked(t: Texts, fields: Vec<AskedField>, moment: Moment, filled: Filled) -> AnyView {
    let fields = fields.into_iter().enumerate().filter(|(_, field)| field.need(moment) != Need::No);
    let fields = fields.map(|(at, field)| {
        let name = ["asked-", &at.to_string()].concat();
        let required = field.need(moment) == Need::Required;
        let label = shown(t, &field);
        match field.kind {
            FieldKind::Text => text(label, name, field.name, required, filled, "text"),
            FieldKind::Date => text(label, name, field.name, required, filled, "date"),
            FieldKind::Choice => choice(label, &name, field, required, filled),
            FieldKind::Multiple => several(label, field, required, filled),
            FieldKind::Checkbox => tick(label, field.name, "1".to_owned(), required, filled, true),
        }
    });
    fields.collect_view().into_any()
}

/// What people read: an administrator's words, else ours.
pub fn shown(t: Texts, field: &AskedField) -> String {
    match (&*field.label, &*field.name) {
        ("", "Type") => t.tickets_kind().to_owned(),
        ("", "Service") => t.tickets_service().to_owned(),
        ("", "SLA") => t.tickets_sla().to_owned(),
        _ => field.shown().to_owned(),
    }
}

fn put(filled: Filled, name: &str, given: Vec<String>) {
    filled.update(|filled| {
        filled.retain(|field| field.name != name);
        filled.push(FieldValue { name: name.to_owned(), values: given });
    });
}

fn text(label: String, id: String, name: String, required: bool, filled: Filled, kind: &'static str) -> AnyView {
    let value = RwSignal::new(filled.with_untracked(|filled| values(filled, &name).join(", ")));
    let before = StoredValue::new(value.get_untracked());
    watch(move || {
        let now = value.get();
        if before.get_value() != now {
            before.set_value(now.clone());
            put(filled, &name, if now.is_empty() { Vec::new() } else { vec![now] });
        }
    });
    view! { <TextField label=label value=value name=id kind=kind required=required /> }.into_any()
}

fn star(required: bool) -> Option<AnyView> {
    required.then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> }.into_any())
}

fn choice(label: String, id: &str, field: AskedField, required: bool, filled: Filled) -> AnyView {
    let chosen = filled.with_untracked(|filled| values(filled, &field.name).first().cloned().unwrap_or_default());
    let id = ["field-", id].concat();
    let options = field.choices.into_iter().map(|option| {
        let selected = option == chosen;
        view! { <option value=option.clone() selected=selected>{option.clone()}</option> }.into_any()
    });
    let options: Vec<AnyView> = options.collect();
    let name = field.name;
    let change = move |event| {
        let value = event_target_value(&event);
        put(filled, &name, if value.is_empty() { Vec::new() } else { vec![value] });
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
                {star(required)}
            </label>
            <select class="field__input field__input--select" id=id required=required on:change=change>
                <option value="">"—"</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn several(label: String, field: AskedField, required: bool, filled: Filled) -> AnyView {
    let name = field.name;
    let boxes =
        field.choices.into_iter().map(|option| tick(option.clone(), name.clone(), option, false, filled, false));
    let boxes: Vec<AnyView> = boxes.collect();
    view! {
        <fieldset class="field asked">
            <legend class="field__label">
                {label}
                {star(required)}
            </legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// A box that stands for one of several values, or alone for yes and no.
fn tick(label: String, name: String, value: String, required: bool, filled: Filled, alone: bool) -> AnyView {
    let ticked = filled.with_untracked(|filled| values(filled, &name).contains(&value));
    let change = move |event| {
        let on = event_target_checked(&event);
        let mut given = filled.with_untracked(|filled| values(filled, &name).to_vec());
        given.retain(|known| *known != value && known != "0");
        match (on, alone) {
            (true, _) => given.push(value.clone()),
            (false, true) => given.push("0".to_owned()),
            (false, false) => {}
        }
        put(filled, &name, given);
    };
    view! {
        <label class="check">
            <input type="checkbox" checked=ticked on:change=change />
            <span>{label} {star(required)}</span>
        </label>
    }
    .into_any()
}
