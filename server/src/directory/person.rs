//! A person after normalisation, and what of him the database keeps in lists.
//!
//! Nothing here judges raw input (see [`super::fields`]) or compares two people (see `merge`).

use std::borrow::Cow;

use app::model::employee::{Field, FieldChange, PhoneKind};
use serde::{Deserialize, Serialize};
use time::Date;

use super::normalise::phone;

/// The fields with one value, in the order in which they are shown.
pub const SCALARS: [Field; 11] = [
    Field::Surname,
    Field::Name,
    Field::Patronymic,
    Field::Email,
    Field::Position,
    Field::Department,
    Field::Unit,
    Field::Room,
    Field::Workstation,
    Field::Hired,
    Field::Note,
];

/// A telephone: at least one of the two is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phone {
    /// E.164 with `+`.
    pub number: Option<String>,
    /// Three to six digits.
    pub ext: Option<String>,
}

impl Phone {
    /// What sort of line it is.
    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        phone::kind(self.number.as_deref())
    }

    /// The number as people read it, or the extension where only that is known.
    #[must_use]
    pub fn display(&self) -> String {
        phone::display(self.number.as_deref(), self.ext.as_deref())
    }

    /// [`Self::display`] with, after a space, the extension when both are known.
    #[must_use]
    pub fn text(&self) -> String {
        match (&self.number, &self.ext) {
            (Some(_), Some(ext)) => format!("{} {ext}", self.display()),
            _ => self.display(),
        }
    }

    /// Whether `other` says everything that this says.
    #[must_use]
    pub fn within(&self, other: &Self) -> bool {
        (self.number.is_none() || self.number == other.number) && (self.ext.is_none() || self.ext == other.ext)
    }
}

impl From<&Phone> for app::model::employee::Phone {
    fn from(phone: &Phone) -> Self {
        Self { number: phone.number.clone(), ext: phone.ext.clone(), kind: phone.kind(), display: phone.display() }
    }
}

/// An item of the column `phones`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPhone {
    /// E.164 with `+`.
    pub number: Option<String>,
    /// Three to six digits.
    pub ext: Option<String>,
    /// Added by a person: an import leaves it alone.
    #[serde(default)]
    pub by_hand: bool,
}

impl StoredPhone {
    /// With this origin.
    #[must_use]
    pub fn new(phone: Phone, by_hand: bool) -> Self {
        Self { number: phone.number, ext: phone.ext, by_hand }
    }

    /// Without its origin.
    #[must_use]
    pub fn phone(&self) -> Phone {
        Phone { number: self.number.clone(), ext: self.ext.clone() }
    }
}

/// An item of the column `ips`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredIp {
    /// Dotted decimal.
    pub ip: String,
    /// Added by a person: an import leaves it alone.
    #[serde(default)]
    pub by_hand: bool,
}

/// A person whose every value has passed the rules. Unknown scalars are absent, unknown lists empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Family name; never empty.
    pub surname: String,
    /// First name or an initial with its dot; never empty.
    pub name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Lower case.
    pub email: Option<String>,
    /// Telephones in the order of the source, none of which says less than another.
    pub phones: Vec<Phone>,
    /// Dotted IPv4 addresses without repeats.
    pub ips: Vec<String>,
    /// Name of the computer, upper case.
    pub workstation: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// First day at work.
    pub hired: Option<Date>,
    /// Free note.
    pub note: Option<String>,
}

impl Person {
    /// Surname, name and patronymic in this order.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(&self.surname, &self.name, self.patronymic.as_deref())
    }

    /// The text of a scalar field; absent when it is unknown or the field is a list or the state.
    #[must_use]
    pub fn scalar(&self, field: Field) -> Option<Cow<'_, str>> {
        let text = match field {
            Field::Surname => Some(self.surname.as_str()),
            Field::Name => Some(self.name.as_str()),
            Field::Patronymic => self.patronymic.as_deref(),
            Field::Email => self.email.as_deref(),
            Field::Workstation => self.workstation.as_deref(),
            Field::Position => self.position.as_deref(),
            Field::Department => self.department.as_deref(),
            Field::Unit => self.unit.as_deref(),
            Field::Room => self.room.as_deref(),
            Field::Note => self.note.as_deref(),
            Field::Hired => return self.hired.map(|day| Cow::Owned(day.to_string())),
            Field::Phones | Field::Ips | Field::State => None,
        };
        text.filter(|text| !text.is_empty()).map(Cow::Borrowed)
    }

    /// Takes the value of a scalar field from somebody else; lists and the state stay.
    pub fn copy_scalar(&mut self, from: &Self, field: Field) {
        match field {
            Field::Surname => self.surname.clone_from(&from.surname),
            Field::Name => self.name.clone_from(&from.name),
            Field::Patronymic => self.patronymic.clone_from(&from.patronymic),
            Field::Email => self.email.clone_from(&from.email),
            Field::Workstation => self.workstation.clone_from(&from.workstation),
            Field::Position => self.position.clone_from(&from.position),
            Field::Department => self.department.clone_from(&from.department),
            Field::Unit => self.unit.clone_from(&from.unit),
            Field::Room => self.room.clone_from(&from.room),
            Field::Hired => self.hired = from.hired,
            Field::Note => self.note.clone_from(&from.note),
            Field::Phones | Field::Ips | Field::State => {}
        }
    }

    /// The text of any field as people read it: lists are joined by commas.
    #[must_use]
    pub fn shown(&self, field: Field) -> Option<String> {
        let list = match field {
            Field::Phones => self.phones.iter().map(Phone::text).collect::<Vec<_>>().join(", "),
            Field::Ips => self.ips.join(", "),
            _ => return self.scalar(field).map(Cow::into_owned),
        };
        (!list.is_empty()).then_some(list)
    }
}

/// Surname, name and patronymic in this order.
#[must_use]
pub fn full_name(surname: &str, name: &str, patronymic: Option<&str>) -> String {
    let mut full = format!("{surname} {name}");
    if let Some(patronymic) = patronymic {
        full.push(' ');
        full.push_str(patronymic);
    }
    full
}

/// The fields in which two states of a person differ, as the history keeps them. The order within a
/// list counts as no difference.
#[must_use]
pub fn differences(before: &Person, after: &Person) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for field in SCALARS {
        if before.scalar(field) != after.scalar(field) {
            changes.push(FieldChange { field, before: before.shown(field), after: after.shown(field) });
        }
    }
    if !same_items(&before.phones, &after.phones) {
        let field = Field::Phones;
        changes.push(FieldChange { field, before: before.shown(field), after: after.shown(field) });
    }
    if !same_items(&before.ips, &after.ips) {
        let field = Field::Ips;
        changes.push(FieldChange { field, before: before.shown(field), after: after.shown(field) });
    }
    changes
}

/// Whether two lists without repeats hold the same items.
#[must_use]
pub fn same_items<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.len() == other.len() && one.iter().all(|item| other.contains(item))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(number: Option<&str>, ext: Option<&str>) -> Phone {
        Phone { number: number.map(str::to_owned), ext: ext.map(str::to_owned) }
    }

    #[test]
    fn a_telephone_is_shown_the_way_people_write_it() {
        let table = [
            (phone(Some("+74957802000"), Some("1234")), "+7 (495) 780-20-00 1234", PhoneKind::Landline),
            (phone(Some("+79161112233"), None), "+7 (916) 111-22-33", PhoneKind::Mobile),
            (phone(Some("+375291234567"), None), "+375 291 234 567", PhoneKind::Landline),
            (phone(None, Some("1234")), "1234", PhoneKind::Internal),
        ];
        for (phone, text, kind) in table {
            assert_eq!((phone.text().as_str(), phone.kind()), (text, kind));
        }
    }

    #[test]
    fn another_order_of_telephones_is_no_difference() {
        let before = Person { phones: vec![phone(None, Some("123")), phone(None, Some("456"))], ..Person::default() };
        let after = Person { phones: vec![phone(None, Some("456")), phone(None, Some("123"))], ..Person::default() };
        assert_eq!(differences(&before, &after), []);
    }

    #[test]
    fn a_difference_names_the_field_and_both_texts() {
        let before = Person { room: Some("305".into()), ..Person::default() };
        let after = Person { ips: vec!["10.0.0.1".into(), "10.0.0.2".into()], ..Person::default() };
        let change = |field, before: Option<&str>, after: Option<&str>| FieldChange {
            field,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        assert_eq!(
            differences(&before, &after),
            [change(Field::Room, Some("305"), None), change(Field::Ips, None, Some("10.0.0.1, 10.0.0.2"))]
        );
    }
}
