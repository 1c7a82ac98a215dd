//! Which fields this OTRS asks for, as an administrator says it: no operation of OTRS lists them. Names and values that tickets
//! have are offered.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, OtrsLinks as _},
    components::{
        Button, ButtonKind, ButtonSize, Row, RowText, Section, Segmented, Sheet, TextArea, TextField, use_toasts,
    },
    i18n::{Texts, use_texts},
    live::live,
    model::ticket::asked::{AskedField, FieldKind, FieldValue, Need},
    pages::composing::shown_field,
};

/// The fields, and a sheet for one of them.
#[component]
pub fn AskedFields(
    /// All of them.
    fields: RwSignal<Vec<AskedField>>,
) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    let edited = RwSignal::new(None::<usize>);
    let known = RwSignal::new(Vec::<FieldValue>::new());
    let backend = StoredValue::new(expect_context::<Backend>());
    let toasts = use_toasts();
    let begin = move |at: Option<usize>| {
        edited.set(at);
        open.set(true);
        let backend = backend.get_value();
        spawn_local(async move {
            match backend.otrs_links().known_fields().await {
                Ok(fields) => drop(known.try_set(fields)),
                Err(error) => toasts.error(&error),
            }
        });
    };
    let title = Signal::derive(move || t.tickets_set_field().to_owned());
    view! {
        <Section header=t.tickets_set_fields() footer=t.tickets_set_fields_hint()>
            {live(move || {
                let rows = fields.get().into_iter().enumerate().map(|(at, field)| {
                    let under = [
                        (t.tickets_set_field_create(), field.create),
                        (t.tickets_set_field_close(), field.close),
                    ];
                    let under = under.into_iter().filter(|(_, need)| *need != Need::No);
                    let under = under.map(|(when, need)| [when, ": ", need_name(t, need)].concat()).collect::<Vec<_>>();
                    view! {
                        <Row on_press=move |()| begin(Some(at)) leads=true>
                            <RowText title=shown_field(t, &field) subtitle=under.join(" · ") />
                        </Row>
                    }
                        .into_any()
                });
                rows.collect_view()
            })}
            <Row on_press=move |()| begin(None)>
                <RowText title=t.tickets_set_field_add() />
            </Row>
        </Section>
        <Sheet title=title open=open>
            {live(move || open.get().then(|| editor(t, fields, edited.get_untracked(), known, open)))}
        </Sheet>
    }
}

fn editor(
    t: Texts,
    fields: RwSignal<Vec<AskedField>>,
    at: Option<usize>,
    known: RwSignal<Vec<FieldValue>>,
    open: RwSignal<bool>,
) -> AnyView {
    let new = || AskedField { create: Need::Required, ..AskedField::default() };
    let field = at.and_then(|at| fields.with_untracked(|fields| fields.get(at).cloned())).unwrap_or_else(new);
    let (name, label) = (RwSignal::new(field.name.clone()), RwSignal::new(field.label.clone()));
    let choices = RwSignal::new(field.choices.join("\n"));
    let (kind, create, close) = (RwSignal::new(field.kind), RwSignal::new(field.create), RwSignal::new(field.close));
    let chooses = move || matches!(kind.get(), FieldKind::Choice | FieldKind::Multiple);
    let is_usual = move || name.with(|name| matches!(name.as_str(), "Type" | "Service" | "SLA"));
    let done = move |()| {
        let lines = choices
            .get_untracked()
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        let changed = AskedField {
            name: name.get_untracked().trim().to_owned(),
            label: label.get_untracked().trim().to_owned(),
            kind: kind.get_untracked(),
            choices: lines,
            create: create.get_untracked(),
            close: close.get_untracked(),
        };
        fields.update(|fields| match at.and_then(|at| fields.get_mut(at)) {
            Some(field) => *field = changed,
            None => fields.push(changed),
        });
        open.set(false);
    };
    let remove = at.map(|at| {
        let remove = move |()| {
            fields.update(|fields| drop(fields.remove(at)));
            open.set(false);
        };
        view! { <Button label=t.tickets_set_field_remove() kind=ButtonKind::Plain size=ButtonSize::Large on_press=remove /> }.into_any()
    });
    let empty = Signal::derive(move || name.with(|name| name.trim().is_empty()));
    let needs = |name: &'static str, when: &'static str, chosen: RwSignal<Need>| {
        let options = Need::ALL.map(|need| (need, need_name(t, need).to_owned())).to_vec();
        view! {
            <div class="field">
                <span class="field__label">{when}</span>
                <Segmented label=when name=name options=options chosen=chosen on_choose=move |need| chosen.set(need) />
            </div>
        }
        .into_any()
    };
    let kinds = FieldKind::ALL.map(|option| {
        let selected = option == field.kind;
        view! { <option value=option.as_str() selected=selected>{kind_name(t, option)}</option> }.into_any()
    });
    view! {
        <div class="mute composer">
            {live(move || offers(fields, at, known, name, kind, choices))}
            <TextField label=t.tickets_set_field_name() value=name name="asked-name" hint=t.tickets_set_field_name_hint() required=true />
            <TextField label=t.tickets_set_field_label() value=label name="asked-label" max_length=100 />
            <div class="field">
                <label class="field__label" for="field-asked-kind">
                    {t.tickets_set_field_kind()}
                </label>
                <select
                    class="field__input field__input--select"
                    id="field-asked-kind"
                    prop:value=Signal::derive(move || kind.get().as_str().to_owned())
                    disabled=Signal::derive(is_usual)
                    on:change=move |event| kind.set(FieldKind::from_name(&event_target_value(&event)))
                >
                    {kinds.into_iter().collect_view()}
                </select>
            </div>
            {live(move || {
                chooses()
                    .then(|| {
                        view! {
                            <TextArea
                                label=t.tickets_set_field_choices()
                                value=choices
                                name="asked-choices"
                                hint=t.tickets_set_field_choices_hint()
                            />
                        }
                            .into_any()
                    })
            })}
            {needs("asked-create", t.tickets_set_field_create(), create)}
            {needs("asked-close", t.tickets_set_field_close(), close)}
            <Button label=t.tickets_set_field_done() size=ButtonSize::Large disabled=empty on_press=done />
            {remove}
        </div>
    }
    .into_any()
}

/// Fields that tickets have and that are not asked for yet.
fn offers(
    fields: RwSignal<Vec<AskedField>>,
    at: Option<usize>,
    known: RwSignal<Vec<FieldValue>>,
    name: RwSignal<String>,
    kind: RwSignal<FieldKind>,
    choices: RwSignal<String>,
) -> Option<AnyView> {
    let taken = |name: &str| fields.with_untracked(|fields| fields.iter().any(|field| field.name == name));
    let free: Vec<FieldValue> = known.get().into_iter().filter(|known| !taken(&known.name)).collect();
    (at.is_none() && !free.is_empty()).then(|| {
        let buttons = free.into_iter().map(|known| {
            let label = known.name.trim_start_matches("DynamicField_").to_owned();
            let press = move |()| {
                let is_usual = matches!(known.name.as_str(), "Type" | "Service" | "SLA");
                name.set(known.name.clone());
                kind.set(if known.values.len() > 1 || is_usual { FieldKind::Choice } else { FieldKind::Text });
                choices.set(if is_usual { String::new() } else { known.values.join("\n") });
            };
            view! { <Button label=label kind=ButtonKind::Tinted size=ButtonSize::Small on_press=press /> }.into_any()
        });
        view! { <div class="composer__usual">{buttons.collect_view()}</div> }.into_any()
    })
}

fn need_name(t: Texts, need: Need) -> &'static str {
    match need {
        Need::No => t.tickets_need_no(),
        Need::Offered => t.tickets_need_offered(),
        Need::Required => t.tickets_need_required(),
    }
}

fn kind_name(t: Texts, kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => t.tickets_kind_text(),
        FieldKind::Choice => t.tickets_kind_choice(),
        FieldKind::Multiple => t.tickets_kind_multiple(),
        FieldKind::Date => t.tickets_kind_date(),
        FieldKind::Checkbox => t.tickets_kind_checkbox(),
    }
}
