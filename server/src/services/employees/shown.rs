//! Stored rows as the people who ask see them. Pure.

use app::model::employee::{Employee, EmployeeState};

use crate::{
    directory::person::{Person, Phone, full_name},
    store::employees::{Row, StoredPhone},
};

/// The record as it crosses the wire.
pub(super) fn employee(row: Row) -> Employee {
    Employee {
        id: row.id,
        full_name: full_name(&row.surname, &row.name, row.patronymic.as_deref()),
        surname: row.surname,
        name: row.name,
        patronymic: row.patronymic,
        email: row.email,
        phones: row.phones.iter().map(|stored| (&phone(stored)).into()).collect(),
        ips: row.ips.0.into_iter().map(|ip| ip.ip).collect(),
        workstation: row.workstation,
        position: row.position,
        department: row.department,
        unit: row.unit,
        room: row.room,
        hired: row.hired,
        note: row.note,
        state: EmployeeState::from_name(&row.state),
        version: row.version,
        updated_at: row.updated_at,
        matches: Vec::new(),
    }
}

/// The record as the rules know it.
pub(in crate::services) fn person(row: Row) -> Person {
    Person {
        surname: row.surname,
        name: row.name,
        patronymic: row.patronymic,
        email: row.email,
        phones: row.phones.iter().map(phone).collect(),
        ips: row.ips.0.into_iter().map(|ip| ip.ip).collect(),
        workstation: row.workstation,
        position: row.position,
        department: row.department,
        unit: row.unit,
        room: row.room,
        hired: row.hired,
        note: row.note,
    }
}

/// The telephone without its origin.
pub(in crate::services) fn phone(phone: &StoredPhone) -> Phone {
    Phone { number: phone.number.clone(), ext: phone.ext.clone() }
}
