//! The fields on the screen, in groups as on the card.

use leptos::prelude::*;

use super::{
    fields::{Fields, PhoneLine},
    save::Taken,
};
use crate::{
    backend::{Backend, Employees as _},
    components::{Button, ButtonKind, ButtonSize, Icon, LinkButton, Section, TextArea, TextField, use_toasts},
    directory::links::{Search, card},
    i18n::{Texts, use_texts},
    live::{live, live_text},
    model::{employee::Field, user::Role},
    pages::employees::person_row::field_name,
    session::use_role,
};

/// What is wrong, field by field.
pub type Problems = RwSignal<Vec<(Field, String)>>;

/// All inputs of the form.
#[component]
pub fn Inputs(
    /// What is typed.
    fields: Fields,
    /// What is wrong.
    problems: Problems,
    /// Whose e-mail it is, when it is taken.
    taken: RwSignal<Option<Taken>>,
) -> impl IntoView {
    let t = use_texts();
    let text = move |field| view! { <Text field=field fields=fields problems=problems /> };
    view! {
        <Section header=t.edit_person()>
            {text(Field::Surname)} {text(Field::Name)} {text(Field::Patronymic)}
        </Section>
        <Section header=t.edit_work()>
            {text(Field::Position)} {text(Field::Department)} {text(Field::Unit)} {text(Field::Room)}
            {text(Field::Hired)}
        </Section>
        <Section header=t.edit_contacts()>
            {text(Field::Email)} <EmailTaken taken=taken /> <Phones fields=fields problems=problems />
        </Section>
        <Section header=t.edit_computer()>{text(Field::Workstation)} {text(Field::Ips)}</Section>
        <Section>
            <TextArea
                label=t.field_note()
                value=fields.text(Field::Note)
                name=Field::Note.as_str()
                hint=t.edit_hint_note()
                error=problem(problems, Field::Note)
            />
        </Section>
    }
}

#[component]
fn Text(field: Field, fields: Fields, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let (kind, input_mode) = match field {
        Field::Email => ("email", Some("email")),
        Field::Hired => ("date", None),
        _ => ("text", None),
    };
    let label = if field == Field::Ips { t.field_ips() } else { field_name(t, field) };
    view! {
        <TextField
            label=label
            value=fields.text(field)
            name=field.as_str()
            kind=kind
            input_mode=input_mode.unwrap_or("text")
            hint=hint(t, field)
            error=problem(problems, field)
            required=matches!(field, Field::Surname | Field::Name)
        />
    }
}

fn hint(t: Texts, field: Field) -> &'static str {
    match field {
        Field::Email => t.edit_hint_email(),
        Field::Ips => t.edit_hint_ips(),
        _ => "",
    }
}

fn problem(problems: Problems, field: Field) -> Signal<Option<String>> {
    Signal::derive(move || {
        problems.with(|problems| problems.iter().find(|(wrong, _)| *wrong == field).map(|(_, text)| text.clone()))
    })
}

#[component]
fn Phones(fields: Fields, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let wrong = problem(problems, Field::Phones);
    view! {
        <div class="phones" role="group" aria-label=t.field_phones()>
            <p class="phones__legend" aria-hidden="true">
                {t.field_phones()}
            </p>
            <For
                each=move || fields.phones.get()
                key=|line| line.key
                children=move |line| view! { <Phone line=line fields=fields /> }
            />
            <p class="field__note field__note--bad" aria-live="polite">
                {live_text(move || wrong.get().unwrap_or_default())}
            </p>
            <Button
                label=t.edit_phone_add()
                kind=ButtonKind::Plain
                icon=Icon::Add
                on_press=move |()| fields.add_phone()
            />
        </div>
    }
}

#[component]
fn Phone(line: PhoneLine, fields: Fields) -> impl IntoView {
    let t = use_texts();
    let name = |part: &str| ["phone-", part, "-", &line.key.to_string()].concat();
    let remove = Signal::derive(move || t.edit_phone_remove(&line.number.get()));
    view! {
        <div class="phones__line">
            <TextField label=t.edit_phone_number() value=line.number name=name("number") kind="tel" input_mode="tel" />
            <TextField label=t.edit_phone_ext() value=line.ext name=name("ext") input_mode="tel" />
            <Button
                label=remove
                kind=ButtonKind::Plain
                icon=Icon::Close
                icon_only=true
                on_press=move |()| fields.remove_phone(line.key)
            />
        </div>
    }
}

/// Whose e-mail it is, with the way there; a deleted record may be brought back instead.
#[component]
fn EmailTaken(taken: RwSignal<Option<Taken>>) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    let toasts = use_toasts();
    let backend = expect_context::<Backend>();
    live(move || {
        let Taken { person, deleted } = taken.get()?;
        let href = card(person.id, &Search::default());
        if !deleted {
            return Some(
                view! {
                    <div class="editor__taken">
                        <span>{person.full_name}</span>
                        <LinkButton
                            label=t.edit_taken_open()
                            href=href
                            kind=ButtonKind::Tinted
                            size=ButtonSize::Small
                        />
                    </div>
                }
                .into_any(),
            );
        }
        let backend = backend.clone();
        let restore = move |()| {
            let backend = backend.clone();
            leptos::task::spawn_local(async move {
                match backend.employees().restore(person.id).await {
                    Ok(person) => {
                        toasts.show(t.card_undone());
                        let _ = taken.try_set(Some(Taken { person, deleted: false }));
                    }
                    Err(error) => toasts.problem(t.error(&error)),
                }
            });
        };
        (role >= Role::Admin).then(|| {
            view! {
                <div class="editor__taken">
                    <span>{person.full_name}</span>
                    <Button
                        label=t.edit_taken_restore()
                        on_press=restore
                        kind=ButtonKind::Tinted
                        size=ButtonSize::Small
                    />
                </div>
            }
            .into_any()
        })
    })
}
