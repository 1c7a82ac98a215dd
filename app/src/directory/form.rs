//! The form of a person: what is typed, and what of it differs from the record.
//!
//! Values travel as typed; the server normalises them by the rules of the import. Checked here is only
//! what can be said before asking: a name is missing, a date is none.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::model::{
    employee::{Employee, EmployeeDraft, EmployeePatch, Field, Phone, PhoneInput},
    wire_time,
};

/// The fields of the form that are one line of text, in its order; telephones stand apart.
pub const TEXTS: [Field; 12] = [
    Field::Surname,
    Field::Name,
    Field::Patronymic,
    Field::Position,
    Field::Department,
    Field::Unit,
    Field::Room,
    Field::Email,
    Field::Workstation,
    Field::Ips,
    Field::Hired,
    Field::Note,
];

/// A telephone as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneText {
    /// The number in any spelling.
    pub number: String,
    /// The extension.
    pub ext: String,
}

/// Everything typed. Several addresses stand in one line, separated by commas or spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    surname: String,
    name: String,
    patronymic: String,
    email: String,
    ips: String,
    workstation: String,
    position: String,
    department: String,
    unit: String,
    room: String,
    hired: String,
    note: String,
    /// The telephones in order.
    pub phones: Vec<PhoneText>,
}

impl Form {
    /// The form of an existing record.
    #[must_use]
    pub fn of(employee: &Employee) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            surname: employee.surname.clone(),
            name: employee.name.clone(),
            patronymic: text(&employee.patronymic),
            email: text(&employee.email),
            ips: employee.ips.join(", "),
            workstation: text(&employee.workstation),
            position: text(&employee.position),
            department: text(&employee.department),
            unit: text(&employee.unit),
            room: text(&employee.room),
            hired: employee.hired.map(wire_time::date_text).unwrap_or_default(),
            note: text(&employee.note),
            phones: employee.phones.iter().map(phone_text).collect(),
        }
    }

    /// The text of a field; telephones in one line.
    #[must_use]
    pub fn text(&self, field: Field) -> String {
        match field {
            Field::Phones => {
                let lines: Vec<String> = self.typed_phones().map(|phone| phone_line(&phone)).collect();
                lines.join(", ")
            }
            Field::State => String::new(),
            _ => self.slot(field).map(str::to_owned).unwrap_or_default(),
        }
    }

    /// Types into a field of [`TEXTS`].
    pub fn set(&mut self, field: Field, text: String) {
        if let Some(slot) = self.slot_mut(field) {
            *slot = text;
        }
    }

    /// Takes a field over from another form.
    pub fn take(&mut self, field: Field, from: &Self) {
        if field == Field::Phones {
            self.phones.clone_from(&from.phones);
        } else {
            self.set(field, from.text(field));
        }
    }

    /// Whether both forms say the same in this field.
    #[must_use]
    pub fn agrees(&self, other: &Self, field: Field) -> bool {
        match field {
            Field::Phones => self.typed_phones().eq(other.typed_phones()),
            Field::Ips => self.addresses() == other.addresses(),
            _ => tidy(&self.text(field)) == tidy(&other.text(field)),
        }
    }

    /// The fields in which two forms differ, in the order of the form.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Field> {
        TEXTS.into_iter().chain([Field::Phones]).filter(|field| !self.agrees(other, *field)).collect()
    }

    /// What is wrong before anybody is asked: a field and the code of its text.
    #[must_use]
    pub fn problems(&self) -> Vec<(Field, &'static str)> {
        let mut problems = Vec::new();
        for field in [Field::Surname, Field::Name] {
            if tidy(&self.text(field)).is_empty() {
                problems.push((field, "required"));
            }
        }
        if !self.hired.trim().is_empty() && self.date().is_none() {
            problems.push((Field::Hired, "date_invalid"));
        }
        problems
    }

    /// Somebody new.
    #[must_use]
    pub fn draft(&self) -> EmployeeDraft {
        EmployeeDraft {
            surname: tidy(&self.surname),
            name: tidy(&self.name),
            patronymic: filled(&self.patronymic),
            email: filled(&self.email),
            phones: self.phone_inputs(),
            ips: self.addresses(),
            workstation: filled(&self.workstation),
            position: filled(&self.position),
            department: filled(&self.department),
            unit: filled(&self.unit),
            room: filled(&self.room),
            hired: self.date(),
            note: note(&self.note),
        }
    }

    /// The change that makes `before`, seen at `version`, into this form; nothing when they agree.
    #[must_use]
    pub fn patch(&self, before: &Self, version: i64) -> Option<EmployeePatch> {
        let changed = self.differences(before);
        if changed.is_empty() {
            return None;
        }
        let mut patch = EmployeePatch { version, ..EmployeePatch::default() };
        for field in changed {
            match field {
                Field::Surname => patch.surname = Some(tidy(&self.surname)),
                Field::Name => patch.name = Some(tidy(&self.name)),
                Field::Patronymic => patch.patronymic = Some(filled(&self.patronymic)),
                Field::Email => patch.email = Some(filled(&self.email)),
                Field::Phones => patch.phones = Some(self.phone_inputs()),
                Field::Ips => patch.ips = Some(self.addresses()),
                Field::Workstation => patch.workstation = Some(filled(&self.workstation)),
                Field::Position => patch.position = Some(filled(&self.position)),
                Field::Department => patch.department = Some(filled(&self.department)),
                Field::Unit => patch.unit = Some(filled(&self.unit)),
                Field::Room => patch.room = Some(filled(&self.room)),
                Field::Hired => patch.hired = Some(filled(&self.hired)),
                Field::Note => patch.note = Some(note(&self.note)),
                Field::State => {}
            }
        }
        Some(patch)
    }

    fn slot(&self, field: Field) -> Option<&str> {
        Some(match field {
            Field::Surname => &self.surname,
            Field::Name => &self.name,
            Field::Patronymic => &self.patronymic,
            Field::Email => &self.email,
            Field::Ips => &self.ips,
            Field::Workstation => &self.workstation,
            Field::Position => &self.position,
            Field::Department => &self.department,
            Field::Unit => &self.unit,
            Field::Room => &self.room,
            Field::Hired => &self.hired,
            Field::Note => &self.note,
            Field::Phones | Field::State => return None,
        })
    }

    fn slot_mut(&mut self, field: Field) -> Option<&mut String> {
        Some(match field {
            Field::Surname => &mut self.surname,
            Field::Name => &mut self.name,
            Field::Patronymic => &mut self.patronymic,
            Field::Email => &mut self.email,
            Field::Ips => &mut self.ips,
            Field::Workstation => &mut self.workstation,
            Field::Position => &mut self.position,
            Field::Department => &mut self.department,
            Field::Unit => &mut self.unit,
            Field::Room => &mut self.room,
            Field::Hired => &mut self.hired,
            Field::Note => &mut self.note,
            Field::Phones | Field::State => return None,
        })
    }

    fn typed_phones(&self) -> impl Iterator<Item = PhoneText> + '_ {
        let tidied = self.phones.iter().map(|phone| PhoneText { number: tidy(&phone.number), ext: tidy(&phone.ext) });
        tidied.filter(|phone| !phone.number.is_empty() || !phone.ext.is_empty())
    }

    fn phone_inputs(&self) -> Vec<PhoneInput> {
        self.typed_phones().map(|phone| PhoneInput { number: filled(&phone.number), ext: filled(&phone.ext) }).collect()
    }

    fn addresses(&self) -> Vec<String> {
        let separator = |letter: char| letter == ',' || letter == ';' || letter.is_whitespace();
        self.ips.split(separator).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
    }

    fn date(&self) -> Option<Date> {
        wire_time::date(self.hired.trim())
    }
}

fn phone_text(phone: &Phone) -> PhoneText {
    PhoneText {
        number: if phone.number.is_some() { phone.display.clone() } else { String::new() },
        ext: phone.ext.clone().unwrap_or_default(),
    }
}

fn phone_line(phone: &PhoneText) -> String {
    [phone.number.as_str(), phone.ext.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn filled(text: &str) -> Option<String> {
    let text = tidy(text);
    (!text.is_empty()).then_some(text)
}

/// A note keeps its lines.
fn note(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::{Form, PhoneText};
    use crate::{
        directory::row::tests::ivanov,
        model::employee::{EmployeePatch, Field, PhoneInput},
    };

    fn edited(change: impl FnOnce(&mut Form)) -> Option<EmployeePatch> {
        let before = Form::of(&ivanov());
        let mut form = before.clone();
        change(&mut form);
        form.patch(&before, 3)
    }

    #[test]
    fn an_untouched_form_changes_nothing() {
        assert_eq!(edited(|_| {}), None);
    }

    #[test]
    fn spaces_and_empty_telephones_are_no_change() {
        let patch = edited(|form| {
            form.set(Field::Position, "  Бухгалтер ".into());
            form.set(Field::Ips, "10.16.5.7 10.16.5.8".into());
            form.phones.push(PhoneText::default());
        });
        assert_eq!(patch, None);
    }

    #[test]
    fn only_what_differs_is_sent() {
        let patch = edited(|form| form.set(Field::Room, "Б-215".into())).expect("the room differs");
        assert_eq!(patch, EmployeePatch { version: 3, room: Some(Some("Б-215".into())), ..Default::default() });
    }

    #[test]
    fn an_emptied_field_is_null_on_the_wire() {
        let patch = edited(|form| form.set(Field::Unit, " ".into())).expect("the unit differs");
        assert_eq!(serde_json::to_string(&patch).expect("serialises"), r#"{"version":3,"unit":null}"#);
    }

    #[test]
    fn telephones_are_sent_as_a_whole() {
        let patch = edited(|form| {
            form.phones.remove(0);
            form.phones.push(PhoneText { number: String::new(), ext: "77-15".into() });
        });
        let phones = patch.and_then(|patch| patch.phones).expect("the telephones differ");
        assert_eq!(phones[0], PhoneInput { number: Some("+7 916 111-22-33".into()), ext: None });
        assert_eq!(phones[1], PhoneInput { number: None, ext: Some("77-15".into()) });
    }

    #[test]
    fn a_new_person_needs_a_name_and_a_date_that_is_one() {
        let mut form = Form::default();
        form.set(Field::Hired, "31.02.2015".into());
        assert_eq!(
            form.problems(),
            [(Field::Surname, "required"), (Field::Name, "required"), (Field::Hired, "date_invalid")]
        );
        form.set(Field::Surname, "Ли".into());
        form.set(Field::Name, "Бо".into());
        form.set(Field::Hired, "2015-02-01".into());
        assert_eq!(form.problems(), []);
        assert_eq!(form.draft().hired, Some(date!(2015 - 02 - 01)));
    }

    #[test]
    fn a_form_survives_storage() {
        let form = Form::of(&ivanov());
        let stored = serde_json::to_string(&form).expect("serialises");
        assert_eq!(serde_json::from_str::<Form>(&stored).expect("reads back"), form);
    }
}
