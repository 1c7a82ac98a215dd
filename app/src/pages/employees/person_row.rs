//! One person in a list: who, what, how to call, and why found.

use leptos::prelude::*;

use super::marked::Marked;
use crate::{
    components::{Avatar, Badge, Row},
    directory::{
        highlight::Piece,
        row::{PhonePieces, Reason, row},
    },
    i18n::{Texts, use_texts},
    model::employee::{Employee, EmployeeState, Field, Guess},
};

/// A row that leads to the person's card.
#[component]
pub fn PersonRow(
    /// Who.
    person: Employee,
    /// Where the row leads; without it `on_press` tells what a press does.
    #[prop(optional, into)]
    href: Option<String>,
    /// What a press does, for choosing somebody.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// His card is open beside the list.
    #[prop(optional, into)]
    selected: Signal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let shown = row(&person);
    let left = person.state == EmployeeState::Left;
    let work = joined(shown.position, shown.department);
    let before = view! { <Avatar name=person.full_name.clone() seed=person.id.get() /> }.into_any();
    let inside = view! {
        <span class="person" class:person--left=left>
            <span class="row__title person__name">
                <Marked pieces=shown.name />
            </span>
            {(!work.is_empty())
                .then(|| {
                    view! {
                        <span class="row__subtitle person__work">
                            <Marked pieces=work />
                        </span>
                    }.into_any()
                })}
            <span class="row__subtitle person__foot">
                {left.then(|| view! { <Badge text=t.directory_left() /> })}
                {shown.phone.map(|phone| view! { <PhoneLine phone=phone /> })}
                <Why reasons=shown.reasons guess=shown.guess />
            </span>
        </span>
    };
    match (href, on_press) {
        (Some(href), _) => view! { <Row before=before href=href selected=selected>{inside}</Row> }.into_any(),
        (None, Some(on_press)) => view! { <Row before=before on_press=on_press>{inside}</Row> }.into_any(),
        (None, None) => view! { <Row before=before>{inside}</Row> }.into_any(),
    }
}

/// A telephone with its extension.
#[component]
pub fn PhoneLine(
    /// The telephone.
    phone: PhonePieces,
) -> impl IntoView {
    let t = use_texts();
    let ext = (!phone.ext.is_empty()).then(|| {
        let (before, after) = around(&t.directory_ext("\u{0}"));
        view! {
            <span class="person__ext">{before} <Marked pieces=phone.ext /> {after}</span>
        }
        .into_any()
    });
    let gap = (!phone.number.is_empty() && ext.is_some()).then_some(" ");
    view! {
        <span class="person__phone">
            <Marked pieces=phone.number />
            {gap}
            {ext}
        </span>
    }
}

/// Why somebody was found, when the other lines do not show it.
#[component]
fn Why(reasons: Vec<Reason>, guess: Option<Guess>) -> impl IntoView {
    let t = use_texts();
    view! {
        {reasons
            .into_iter()
            .map(|reason| {
                view! {
                    <span class="person__reason">
                        {field_name(t, reason.field)} " " <Marked pieces=reason.text />
                    </span>
                }.into_any()
            })
            .collect_view()}
        {guess.map(|guess| view! { <span class="person__guess">{guess_name(t, guess)}</span> }.into_any())}
    }
}

/// The name of a field that one value of it is shown with.
#[must_use]
pub fn field_name(t: Texts, field: Field) -> &'static str {
    match field {
        Field::Surname => t.field_surname(),
        Field::Name => t.field_name(),
        Field::Patronymic => t.field_patronymic(),
        Field::Email => t.field_email(),
        Field::Phones => t.field_phone(),
        Field::Ips => t.field_ip(),
        Field::Workstation => t.field_workstation(),
        Field::Position => t.field_position(),
        Field::Department => t.field_department(),
        Field::Unit => t.field_unit(),
        Field::Room => t.field_room(),
        Field::Hired => t.field_hired(),
        Field::Note => t.field_note(),
        Field::State => t.field_state(),
    }
}

fn guess_name(t: Texts, guess: Guess) -> &'static str {
    match guess {
        Guess::Layout => t.directory_guess_layout(),
        Guess::Translit => t.directory_guess_translit(),
        Guess::Typo => t.directory_guess_typo(),
        Guess::Lookalike => t.directory_guess_lookalike(),
        Guess::Diminutive => t.directory_guess_diminutive(),
    }
}

fn joined(first: Vec<Piece>, second: Vec<Piece>) -> Vec<Piece> {
    let dot = (!first.is_empty() && !second.is_empty()).then(|| Piece::plain(" · "));
    first.into_iter().chain(dot).chain(second).collect()
}

/// What a text says before and after its argument.
fn around(text: &str) -> (String, String) {
    text.split_once('\u{0}').map(|(before, after)| (before.to_owned(), after.to_owned())).unwrap_or_default()
}
