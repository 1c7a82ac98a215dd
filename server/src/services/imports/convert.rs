//! Between people as the rules know them and records as the database keeps them.

use app::model::employee::{ChangeKind, EmployeeState, Field, FieldChange};

use crate::{
    directory::{
        merge::Stored,
        person::{Person, SCALARS, StoredIp, StoredPhone},
    },
    services::employees::shown,
    store::{self, employees::Row, imports::Record},
};

/// A stored record.
pub(super) fn stored(row: Row) -> Stored {
    let phones = row.phones.iter();
    let ips = row.ips.iter();
    let edited = SCALARS.into_iter().filter(|field| row.edited_fields.iter().any(|name| name == field.as_str()));
    Stored {
        edited: edited.collect(),
        active: row.deleted_at.is_none() && row.state == EmployeeState::Active.as_str(),
        phones: phones.map(|stored| StoredPhone::new(shown::phone(stored), stored.by_hand)).collect(),
        ips: ips.map(|stored| StoredIp { ip: stored.ip.clone(), by_hand: stored.by_hand }).collect(),
        person: shown::person(row),
    }
}

/// Somebody new, all of whom comes from a file.
pub(super) fn new(person: Person) -> Stored {
    Stored {
        phones: person.phones.iter().map(|phone| StoredPhone::new(phone.clone(), false)).collect(),
        ips: person.ips.iter().map(|ip| StoredIp { ip: ip.clone(), by_hand: false }).collect(),
        edited: Vec::new(),
        active: true,
        person,
    }
}

/// A record to be written, and what its history says.
pub(super) fn record(id: Option<i64>, after: Stored, kind: ChangeKind, fields: Vec<FieldChange>) -> Record {
    let Stored { person, phones, ips, edited, .. } = after;
    let phones = phones.into_iter();
    let ips = ips.into_iter();
    Record {
        id,
        surname: person.surname,
        name: person.name,
        patronymic: person.patronymic,
        email: person.email,
        phones: phones
            .map(|phone| store::employees::StoredPhone { number: phone.number, ext: phone.ext, by_hand: phone.by_hand })
            .collect(),
        ips: ips.map(|ip| store::employees::StoredIp { ip: ip.ip, by_hand: ip.by_hand }).collect(),
        workstation: person.workstation,
        position: person.position,
        department: person.department,
        unit: person.unit,
        room: person.room,
        hired: person.hired.map(|day| day.to_string()),
        note: person.note,
        edited_fields: edited.into_iter().map(Field::as_str).collect(),
        kind: kind.as_str(),
        fields,
    }
}
