//! Reaching somebody: the big buttons, and every value with its copy button.

use leptos::{prelude::*, task::spawn_local};

use super::share;
use crate::{
    components::{Icon, Section, use_toasts},
    device,
    directory::{
        links::{Search, call, list, mail},
        row::shown_text,
    },
    format,
    i18n::{Texts, use_texts},
    model::employee::{Employee, Phone, PhoneKind},
};

/// Call, write, save, share: what a card is opened for.
#[component]
pub fn Reach(
    /// Whom.
    person: Employee,
    /// Opens the sheet with the link to the card.
    sharing: RwSignal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let calls = person.phones.iter().find_map(call);
    let writes = person.email.as_deref().map(mail);
    let id = person.id;
    let save = share::save_contact(id);
    view! {
        <div class="reach">
            {calls
                .map(|href| {
                    view! {
                        <a class="reach__button" href=href>
                            {Icon::Phone.view()}
                            <span>{t.card_call()}</span>
                        </a>
                    }.into_any()
                })}
            {writes
                .map(|href| {
                    view! {
                        <a class="reach__button" href=href>
                            {Icon::Mail.view()}
                            <span>{t.card_mail()}</span>
                        </a>
                    }.into_any()
                })}
            <button type="button" class="reach__button" on:click=move |_| save()>
                {Icon::Download.view()}
                <span>{t.card_save()}</span>
            </button>
            <button type="button" class="reach__button" on:click=move |_| sharing.set(true)>
                {Icon::Share.view()}
                <span>{t.card_share()}</span>
            </button>
        </div>
    }
}

/// Everything that is known, in sections.
#[component]
pub fn Details(
    /// Of whom.
    person: Employee,
) -> impl IntoView {
    let t = use_texts();
    let phones = person.phones.iter().map(|phone| phone_value(t, phone)).collect::<Vec<_>>();
    let email = person.email.map(|email| {
        let href = mail(&email);
        Value { label: t.field_email(), shown: email.clone(), copied: email, href: Some(href) }
    });
    let in_department = person.department.clone();
    let department = person.department.map(|name| {
        let href = list(&Search { text: String::new(), department: Some(name.clone()) });
        Value { href: Some(href), ..plain(t.field_department(), name) }
    });
    let unit = person.unit.map(|name| {
        let href = list(&Search { text: name.clone(), department: in_department });
        Value { href: Some(href), ..plain(t.field_unit(), name) }
    });
    let finding = |label, value: String| {
        let href = list(&Search { text: value.clone(), department: None });
        Value { href: Some(href), ..plain(label, value) }
    };
    let contacts: Vec<Value> = phones.into_iter().chain(email).collect();
    let work: Vec<Value> = [
        person.position.map(|text| plain(t.field_position(), text)),
        department,
        unit,
        person.room.map(|room| finding(t.field_room(), room)),
        person.hired.map(|day| plain(t.field_hired(), format::full_date(t, day))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let computer: Vec<Value> = person
        .workstation
        .map(|name| finding(t.field_workstation(), name))
        .into_iter()
        .chain(person.ips.into_iter().map(|ip| finding(t.field_ip(), ip)))
        .collect();
    view! {
        <Values header=t.card_contacts() values=contacts />
        <Values header=t.card_work() values=work />
        <Values header=t.card_computer() values=computer />
        {person
            .note
            .map(|note| {
                view! {
                    <Section header=t.field_note()>
                        <p class="card__note">{note}</p>
                    </Section>
                }
            })}
    }
}

/// A value that can be copied, and used where it leads somewhere.
struct Value {
    label: &'static str,
    shown: String,
    copied: String,
    href: Option<String>,
}

fn plain(label: &'static str, text: String) -> Value {
    Value { label, shown: text.clone(), copied: text, href: None }
}

fn phone_value(t: Texts, phone: &Phone) -> Value {
    let label = match phone.kind {
        PhoneKind::Mobile => t.card_mobile(),
        PhoneKind::Landline => t.card_landline(),
        PhoneKind::Internal => t.card_internal(),
    };
    let shown = match (&phone.number, &phone.ext) {
        (Some(_), Some(ext)) => [phone.display.as_str(), ", ", &t.directory_ext(ext)].concat(),
        _ => phone.display.clone(),
    };
    Value { label, shown, copied: shown_text(phone), href: call(phone) }
}

#[component]
fn Values(header: &'static str, values: Vec<Value>) -> impl IntoView {
    (!values.is_empty()).then(|| {
        view! {
            <Section header=header>
                {values.into_iter().map(|value| view! { <OneValue value=value /> }).collect_view()}
            </Section>
        }
    })
}

#[component]
fn OneValue(value: Value) -> impl IntoView {
    let t = use_texts();
    let main = view! {
        <span class="value__label">{value.label}</span>
        <span class="value__text">{value.shown.clone()}</span>
    };
    let main = match value.href {
        Some(href) => view! {
            <a class="value__main value__main--link" href=href>
                {main}
            </a>
        }
        .into_any(),
        None => view! { <span class="value__main">{main}</span> }.into_any(),
    };
    let label = t.card_copy(&value.shown);
    view! {
        <div class="value">
            {main}
            <button
                type="button"
                class="value__copy"
                aria-label=label.clone()
                title=label
                on:click=copier(t, value.copied)
            >
                {Icon::Copy.view()}
            </button>
        </div>
    }
}

/// Copies a text and says so.
fn copier(t: Texts, text: String) -> impl Fn(leptos::ev::MouseEvent) + 'static {
    let toasts = use_toasts();
    move |_| {
        let text = text.clone();
        spawn_local(async move {
            if device::copy(text.clone()).await {
                toasts.show(t.card_copied(&text));
            } else {
                toasts.problem(t.card_copy_failed());
            }
        });
    }
}
