//! What somebody typed, laid over what is there. Pure.

use app::model::{
    Result,
    employee::{EmployeeDraft, EmployeePatch, EmployeeState, PhoneInput},
};
use sqlx::types::Json;

use super::shown;
use crate::{
    directory::{
        fields::{draft::hired, normalise_draft},
        person::{Person, Phone, SCALARS},
    },
    store::employees::{Row, StoredIp, StoredPhone},
};

/// A record made of a draft; everything typed is marked as edited by hand.
///
/// # Errors
/// `Invalid` names the field.
pub(super) fn new_row(draft: &EmployeeDraft, blank: Row) -> Result<Row> {
    let person = normalise_draft(draft)?;
    Ok(overwrite(&blank, person))
}

/// `row` after a change; what differs is marked as edited by hand.
///
/// # Errors
/// `Invalid` names the field.
pub(super) fn changed_row(row: &Row, patch: &EmployeePatch) -> Result<Row> {
    // What is stored passes the rules unchanged, so the whole can be read as if it were typed.
    let person = normalise_draft(&overlay(row, patch)?)?;
    let mut after = overwrite(row, person);
    if let Some(state) = patch.state {
        after.state = state.as_str().into();
    }
    Ok(after)
}

fn overlay(row: &Row, patch: &EmployeePatch) -> Result<EmployeeDraft> {
    let patch = patch.clone();
    Ok(EmployeeDraft {
        surname: patch.surname.unwrap_or_else(|| row.surname.clone()),
        name: patch.name.unwrap_or_else(|| row.name.clone()),
        patronymic: patch.patronymic.unwrap_or_else(|| row.patronymic.clone()),
        email: patch.email.unwrap_or_else(|| row.email.clone()),
        phones: patch.phones.unwrap_or_else(|| row.phones.iter().map(input).collect()),
        ips: patch.ips.unwrap_or_else(|| row.ips.iter().map(|ip| ip.ip.clone()).collect()),
        workstation: patch.workstation.unwrap_or_else(|| row.workstation.clone()),
        position: patch.position.unwrap_or_else(|| row.position.clone()),
        department: patch.department.unwrap_or_else(|| row.department.clone()),
        unit: patch.unit.unwrap_or_else(|| row.unit.clone()),
        room: patch.room.unwrap_or_else(|| row.room.clone()),
        hired: match patch.hired {
            Some(Some(text)) => hired(&text)?,
            Some(None) => None,
            None => row.hired,
        },
        note: patch.note.unwrap_or_else(|| row.note.clone()),
    })
}

fn input(phone: &StoredPhone) -> PhoneInput {
    PhoneInput { number: phone.number.clone(), ext: phone.ext.clone() }
}

fn overwrite(row: &Row, person: Person) -> Row {
    let before = shown::person(row.clone());
    let edited = SCALARS.into_iter().filter(|field| before.scalar(*field) != person.scalar(*field));
    let mut edited_fields = row.edited_fields.clone();
    for field in edited {
        if !edited_fields.iter().any(|name| name == field.as_str()) {
            edited_fields.push(field.as_str().into());
        }
    }
    let mut after = row.clone();
    set_lists(&mut after, person.phones, person.ips);
    Row {
        surname: person.surname,
        name: person.name,
        patronymic: person.patronymic,
        email: person.email,
        workstation: person.workstation,
        position: person.position,
        department: person.department,
        unit: person.unit,
        room: person.room,
        hired: person.hired,
        note: person.note,
        edited_fields,
        ..after
    }
}

/// Gives the record these telephones and addresses. What it had before keeps its origin, what is new counts
/// as added by hand.
pub(super) fn set_lists(row: &mut Row, phones: Vec<Phone>, ips: Vec<String>) {
    let phones = phones.into_iter().map(|phone| {
        let known = row.phones.iter().find(|known| known.number == phone.number && known.ext == phone.ext);
        StoredPhone { by_hand: known.is_none_or(|known| known.by_hand), number: phone.number, ext: phone.ext }
    });
    let ips = ips.into_iter().map(|ip| {
        let known = row.ips.iter().find(|known| known.ip == ip);
        StoredIp { by_hand: known.is_none_or(|known| known.by_hand), ip }
    });
    (row.phones, row.ips) = (Json(phones.collect()), Json(ips.collect()));
}

/// A record of which nothing is known yet.
pub(super) fn blank(now: time::OffsetDateTime) -> Row {
    Row {
        id: 0.into(),
        surname: String::new(),
        name: String::new(),
        patronymic: None,
        email: None,
        phones: Json(Vec::new()),
        ips: Json(Vec::new()),
        workstation: None,
        position: None,
        department: None,
        unit: None,
        room: None,
        hired: None,
        note: None,
        state: EmployeeState::Active.as_str().into(),
        edited_fields: Vec::new(),
        version: 1,
        updated_at: now,
        deleted_at: None,
        merged_into: None,
    }
}
