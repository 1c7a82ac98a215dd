//! A person typed by hand: the same rules as for a row of a file, but what a file is forgiven with a
//! warning is an answer to the one who typed it.

use app::model::{Error, employee::EmployeeDraft};

use super::{Warning, Warnings, date, email, ip, name, phone, place, text};
use crate::directory::person::{Person, Phone};

/// Normalises somebody typed by hand.
///
/// # Errors
/// `Invalid` names the field and the broken rule: `vacancy`, `missing_name`, `invalid_name`,
/// `incomplete_name`, `name_too_long`, `invalid_email`, `phone_invalid`, `ip_invalid`,
/// `workstation_invalid`, `date_invalid` or `too_long`.
pub fn normalise_draft(draft: &EmployeeDraft) -> Result<Person, Error> {
    let [surname, name, patronymic] = name::of_parts(
        [&draft.surname, &draft.name, draft.patronymic.as_deref().unwrap_or("")],
        &mut Warnings::default(),
    )
    .map_err(|(part, reason)| Error::invalid(["surname", "name", "patronymic"][part], reason.as_str()))?;
    let email = email::parse(draft.email.as_deref().unwrap_or(""))
        .map_err(|email::Invalid| Error::invalid("email", "invalid_email"))?;
    if draft.hired.is_some_and(|day| !(1..=9999).contains(&day.year())) {
        return Err(Error::invalid("hired", "date_invalid"));
    }
    let short = |field, value: &Option<String>, limit| {
        checked(field, |warnings| text::limited(value.as_deref().unwrap_or(""), limit, warnings))
    };
    Ok(Person {
        surname,
        name,
        patronymic: (!patronymic.is_empty()).then_some(patronymic),
        email,
        phones: checked("phones", |warnings| {
            let mut phones = Vec::new();
            for input in &draft.phones {
                phone::read_parts(input.number.as_deref(), input.ext.as_deref(), &mut phones, warnings);
            }
            phones
        })?,
        ips: checked("ips", |warnings| {
            let mut ips = Vec::new();
            for input in &draft.ips {
                ip::read(input, &mut ips, warnings);
            }
            ips
        })?,
        workstation: checked("workstation", |warnings| {
            place::workstation(draft.workstation.as_deref().unwrap_or(""), warnings)
        })?,
        position: short("position", &draft.position, text::TEXT_LIMIT)?,
        department: short("department", &draft.department, text::TEXT_LIMIT)?,
        unit: short("unit", &draft.unit, text::TEXT_LIMIT)?,
        room: checked("room", |warnings| place::room(draft.room.as_deref().unwrap_or(""), warnings))?,
        hired: draft.hired,
        note: short("note", &draft.note, text::NOTE_LIMIT)?,
    })
}

/// A first day at work typed by hand.
///
/// # Errors
/// `Invalid` (`date_invalid`) for the field `hired`.
pub fn hired(typed: &str) -> Result<Option<time::Date>, Error> {
    date::parse(typed).map_err(|date::Invalid| Error::invalid("hired", "date_invalid"))
}

/// A telephone spelled so that it reads back as itself.
#[must_use]
pub fn spelled(phone: &Phone) -> String {
    match (&phone.number, &phone.ext) {
        (Some(_), Some(ext)) => format!("{} доб. {ext}", phone.display()),
        (Some(_), None) => phone.display(),
        (None, _) => format!("доб. {}", phone.display()),
    }
}

fn checked<T>(field: &str, read: impl FnOnce(&mut Warnings) -> T) -> Result<T, Error> {
    const REFUSED: [(Warning, &str); 4] = [
        (Warning::Truncated, "too_long"),
        (Warning::PhoneInvalid, "phone_invalid"),
        (Warning::IpInvalid, "ip_invalid"),
        (Warning::WorkstationInvalid, "workstation_invalid"),
    ];
    let mut warnings = Warnings::default();
    let value = read(&mut warnings);
    match REFUSED.iter().find(|(warning, _)| warnings.contains(*warning)) {
        Some((_, code)) => Err(Error::invalid(field, *code)),
        None => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use app::model::employee::PhoneInput;

    use super::*;

    fn draft() -> EmployeeDraft {
        EmployeeDraft { surname: " иванов".into(), name: "ИВАН ".into(), ..EmployeeDraft::default() }
    }

    #[test]
    fn what_is_typed_is_normalised_like_a_row() {
        let person = normalise_draft(&EmployeeDraft {
            patronymic: Some("Пeтрович (мл.)".into()),
            email: Some(" MAILTO:Ivanov@Example.example".into()),
            phones: vec![
                PhoneInput { number: Some("8 495 780-20-00 доб. 1234".into()), ext: None },
                PhoneInput { number: None, ext: Some("1234".into()) },
            ],
            ips: vec!["010.0.0.1/24".into()],
            workstation: Some("msk-1.corp".into()),
            room: Some("каб. 305".into()),
            position: Some("-".into()),
            ..draft()
        })
        .unwrap();
        assert_eq!(person.full_name(), "Иванов Иван Петрович");
        assert_eq!(person.email.as_deref(), Some("ivanov@example.example"));
        assert_eq!(person.phones.iter().map(Phone::text).collect::<Vec<_>>(), ["+7 (495) 780-20-00 1234"]);
        assert_eq!((person.ips.as_slice(), person.workstation.as_deref()), (&["10.0.0.1".into()][..], Some("MSK-1")));
        assert_eq!((person.room.as_deref(), person.position), (Some("305"), None));
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_field() {
        type Change = fn(&mut EmployeeDraft);
        let table: [(Change, &str, &str); 14] = [
            (|d| d.surname = "Вакансия".into(), "surname", "vacancy"),
            (|d| (d.surname, d.name) = (" ".into(), "-".into()), "surname", "missing_name"),
            (|d| d.surname = String::new(), "surname", "incomplete_name"),
            (|d| d.name = "нет".into(), "name", "incomplete_name"),
            (|d| d.name = "Пост 2".into(), "name", "invalid_name"),
            (|d| d.patronymic = Some("?".into()), "patronymic", "invalid_name"),
            (|d| d.surname = "я".repeat(101), "surname", "name_too_long"),
            (|d| d.email = Some("иванов@example.example".into()), "email", "invalid_email"),
            (|d| d.phones = vec![PhoneInput { number: Some("12".into()), ext: None }], "phones", "phone_invalid"),
            (|d| d.ips = vec!["fe80::1".into()], "ips", "ip_invalid"),
            (|d| d.workstation = Some("не назначена".into()), "workstation", "workstation_invalid"),
            (|d| d.unit = Some("я".repeat(256)), "unit", "too_long"),
            (|d| d.note = Some("я".repeat(4_001)), "note", "too_long"),
            (|d| d.hired = Some(time::macros::date!(-0001 - 01 - 01)), "hired", "date_invalid"),
        ];
        for (change, field, code) in table {
            let mut draft = draft();
            change(&mut draft);
            assert_eq!(normalise_draft(&draft), Err(Error::invalid(field, code)));
        }
        assert_eq!(hired("31.02.2015"), Err(Error::invalid("hired", "date_invalid")));
    }
}
