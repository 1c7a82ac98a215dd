//! A record of an NDJSON file: the same rules as for a row, without header and separators.

use app::model::import::RejectReason;
use serde::Deserialize;

use super::Incoming;
use crate::directory::{
    fields::{Warning, Warnings, date, email, ip, name, phone, place, text},
    person::Person,
};

/// A longer line is not read, in bytes.
pub const LINE_LIMIT: usize = 1 << 20;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    surname: Option<String>,
    name: Option<String>,
    patronymic: Option<String>,
    email: Option<String>,
    phones: Option<Vec<RecordPhone>>,
    ips: Option<Vec<String>>,
    workstation: Option<String>,
    position: Option<String>,
    department: Option<String>,
    unit: Option<String>,
    room: Option<String>,
    hired: Option<String>,
}

#[derive(Deserialize)]
struct RecordPhone {
    number: Option<String>,
    ext: Option<String>,
}

/// The person of a line, or why nothing of it is stored. Fields that are not known are ignored.
///
/// # Errors
/// The reason.
pub fn record(line: &[u8]) -> Result<Incoming, RejectReason> {
    // A sequence would pass for a record without any field.
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err(RejectReason::Unreadable);
    }
    let record: Record = serde_json::from_slice(line).map_err(|_| RejectReason::Unreadable)?;
    let mut warnings = Warnings::default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let raw = [text(&record.surname), text(&record.name), text(&record.patronymic)];
    let [surname, name, patronymic] =
        name::of_parts([&raw[0], &raw[1], &raw[2]], &mut warnings).map_err(|(_, reason)| reason)?;
    let email = email::parse(&text(&record.email)).map_err(|email::Invalid| RejectReason::InvalidEmail)?;
    let mut person = Person {
        surname,
        name,
        patronymic: Some(patronymic).filter(|patronymic| !patronymic.is_empty()),
        email: Some(email.ok_or(RejectReason::MissingEmail)?),
        ..Person::default()
    };
    for phone in record.phones.unwrap_or_default() {
        phone::read_parts(phone.number.as_deref(), phone.ext.as_deref(), &mut person.phones, &mut warnings);
    }
    for cell in record.ips.unwrap_or_default() {
        ip::read(&cell, &mut person.ips, &mut warnings);
    }
    person.workstation = place::workstation(&text(&record.workstation), &mut warnings);
    person.room = place::room(&text(&record.room), &mut warnings);
    let mut limited = |value: &Option<String>| text::limited(&text(value), text::TEXT_LIMIT, &mut warnings);
    person.position = limited(&record.position);
    person.department = limited(&record.department);
    person.unit = limited(&record.unit);
    person.hired = date::parse(&text(&record.hired)).unwrap_or_else(|date::Invalid| {
        warnings.insert(Warning::DateInvalid);
        None
    });
    Ok(Incoming { person, id: None, warnings })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_passes_the_rules_of_a_row() {
        let line = r#"{"key":"x","surname":"ИВАНОВ","name":"Иван","patronymic":null,"email":"A@b.example",
            "phones":[{"number":"+74957802000","ext":"1234"},{"number":null,"ext":"12"}],"ips":["10.0.0.1/8","x"],
            "workstation":"ws-1","position":"-","room":"каб. 5","hired":"2015-02-01","other":[1]}"#;
        let incoming = record(line.as_bytes()).unwrap();
        let person = incoming.person;
        assert_eq!((person.full_name().as_str(), person.email.as_deref()), ("Иванов Иван", Some("a@b.example")));
        assert_eq!(person.phones.len(), 1);
        assert_eq!((person.ips.as_slice(), person.room.as_deref()), (&["10.0.0.1".to_owned()][..], Some("5")));
        assert_eq!(person.hired, Some(time::macros::date!(2015 - 02 - 01)));
        assert_eq!(incoming.warnings.codes().collect::<Vec<_>>(), ["phone_invalid", "ip_invalid"]);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for (line, reason) in [
            ("{", RejectReason::Unreadable),
            ("[]", RejectReason::Unreadable),
            (r#"{"surname":5}"#, RejectReason::Unreadable),
            ("{}", RejectReason::MissingName),
            (r#"{"surname":"Иванов","name":"Иван"}"#, RejectReason::MissingEmail),
            (r#"{"surname":"Иванов","name":"Иван","email":"x"}"#, RejectReason::InvalidEmail),
        ] {
            assert_eq!(record(line.as_bytes()).err(), Some(reason), "{line}");
        }
    }
}
