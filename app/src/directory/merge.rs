//! What merging two records will give, shown before it is done. The server decides; this says what it
//! will decide: empty fields are filled, telephones and addresses joined.

use super::row::shown_text;
use crate::model::{
    employee::{Employee, Field, Phone},
    wire_time,
};

/// One line of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which field.
    pub field: Field,
    /// What the record that stays will say.
    pub kept: String,
    /// What comes from the other record.
    pub gained: Option<String>,
    /// What the other record says and is not taken, because the field is filled.
    pub dropped: Option<String>,
}

/// The result field by field, in the order of the card; fields empty on both sides are left out.
#[must_use]
pub fn preview(stays: &Employee, other: &Employee) -> Vec<Line> {
    let mut lines = Vec::new();
    for (field, text) in SCALARS {
        lines.push(scalar(field, text(stays).as_deref(), text(other).as_deref()));
    }
    lines.push(list(Field::Phones, &phones(&stays.phones), &new_phones(stays, other)));
    let new_ips: Vec<String> = other.ips.iter().filter(|ip| !stays.ips.contains(ip)).cloned().collect();
    lines.push(list(Field::Ips, &stays.ips, &new_ips));
    lines.retain(|line| !line.kept.is_empty() || line.gained.is_some());
    lines
}

type Text = fn(&Employee) -> Option<String>;

const SCALARS: [(Field, Text); 11] = [
    (Field::Surname, |employee| Some(employee.surname.clone())),
    (Field::Name, |employee| Some(employee.name.clone())),
    (Field::Patronymic, |employee| employee.patronymic.clone()),
    (Field::Position, |employee| employee.position.clone()),
    (Field::Department, |employee| employee.department.clone()),
    (Field::Unit, |employee| employee.unit.clone()),
    (Field::Room, |employee| employee.room.clone()),
    (Field::Email, |employee| employee.email.clone()),
    (Field::Workstation, |employee| employee.workstation.clone()),
    (Field::Hired, |employee| employee.hired.map(wire_time::date_text)),
    (Field::Note, |employee| employee.note.clone()),
];

fn scalar(field: Field, stays: Option<&str>, other: Option<&str>) -> Line {
    let other = other.filter(|other| !other.is_empty());
    match stays.filter(|stays| !stays.is_empty()) {
        Some(stays) => Line {
            field,
            kept: stays.into(),
            gained: None,
            dropped: other.filter(|other| !same(stays, other)).map(Into::into),
        },
        None => Line { field, kept: String::new(), gained: other.map(Into::into), dropped: None },
    }
}

fn list(field: Field, stays: &[String], new: &[String]) -> Line {
    let gained = (!new.is_empty()).then(|| new.join(", "));
    Line { field, kept: stays.join(", "), gained, dropped: None }
}

fn new_phones(stays: &Employee, other: &Employee) -> Vec<String> {
    let new: Vec<Phone> =
        other.phones.iter().filter(|phone| !stays.phones.iter().any(|known| says(known, phone))).cloned().collect();
    phones(&new)
}

/// Whether `known` says everything `phone` says.
fn says(known: &Phone, phone: &Phone) -> bool {
    (phone.number.is_none() || phone.number == known.number) && (phone.ext.is_none() || phone.ext == known.ext)
}

fn phones(phones: &[Phone]) -> Vec<String> {
    phones.iter().map(shown_text).collect()
}

fn same(one: &str, other: &str) -> bool {
    let fold = |text: &str| text.to_lowercase().replace('ё', "е");
    fold(one) == fold(other)
}

#[cfg(test)]
mod tests {
    use super::{Line, preview};
    use crate::{
        directory::row::tests::{ivanov, phone},
        model::employee::{Employee, Field},
    };

    fn line(stays: &Employee, other: &Employee, field: Field) -> Line {
        preview(stays, other).into_iter().find(|line| line.field == field).expect("the field is shown")
    }

    #[test]
    fn an_empty_field_is_filled() {
        let stays = Employee { room: None, ..ivanov() };
        let room = line(&stays, &ivanov(), Field::Room);
        assert_eq!((room.kept.as_str(), room.gained.as_deref()), ("", Some("Б-214")));
    }

    #[test]
    fn a_filled_field_stays_and_the_loss_is_shown() {
        let other = Employee { position: Some("Кассир".into()), ..ivanov() };
        let position = line(&ivanov(), &other, Field::Position);
        assert_eq!(position.kept, "Бухгалтер");
        assert_eq!(position.dropped.as_deref(), Some("Кассир"));
    }

    #[test]
    fn a_mere_difference_of_case_is_no_loss() {
        let other = Employee { position: Some("бухгалтер".into()), ..ivanov() };
        assert_eq!(line(&ivanov(), &other, Field::Position).dropped, None);
    }

    #[test]
    fn telephones_that_say_less_are_not_joined() {
        let other = Employee {
            phones: vec![phone(None, Some("1234"), "1234"), phone(Some("+74951112233"), None, "+7 (495) 111-22-33")],
            ..ivanov()
        };
        assert_eq!(line(&ivanov(), &other, Field::Phones).gained.as_deref(), Some("+7 (495) 111-22-33"));
    }

    #[test]
    fn fields_nobody_filled_are_left_out() {
        assert!(!preview(&ivanov(), &ivanov()).iter().any(|line| line.field == Field::Note));
    }
}
