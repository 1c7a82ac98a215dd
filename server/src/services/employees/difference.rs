//! What differs between two states of a record, field by field, as people read it. Pure.

use app::model::employee::{Field, FieldChange};

use super::shown;
use crate::store::employees::{Row, StoredPhone};

/// The scalar fields, which can be marked as edited by hand, in the order people read them.
pub(super) const SCALARS: [Field; 12] = [
    Field::Surname,
    Field::Name,
    Field::Patronymic,
    Field::Email,
    Field::Workstation,
    Field::Position,
    Field::Department,
    Field::Unit,
    Field::Room,
    Field::Hired,
    Field::Note,
    Field::State,
];

/// All fields in the order people read them.
const ALL: [Field; 14] = [
    Field::Surname,
    Field::Name,
    Field::Patronymic,
    Field::Position,
    Field::Department,
    Field::Unit,
    Field::Room,
    Field::Phones,
    Field::Email,
    Field::Workstation,
    Field::Ips,
    Field::Hired,
    Field::Note,
    Field::State,
];

/// The fields whose text differs.
pub(super) fn between(before: Option<&Row>, after: &Row) -> Vec<FieldChange> {
    let changes = ALL.into_iter().map(|field| FieldChange {
        field,
        before: before.and_then(|row| text(row, field)),
        after: text(after, field),
    });
    changes
        .filter(|change| change.before != change.after)
        .filter(|change| before.is_some() || !is_default(change))
        .collect()
}

/// A new record is active; saying so tells nobody anything.
fn is_default(change: &FieldChange) -> bool {
    change.field == Field::State
}

/// The text of a field; absent when it is empty.
pub(super) fn text(row: &Row, field: Field) -> Option<String> {
    match field {
        Field::Surname => Some(row.surname.clone()),
        Field::Name => Some(row.name.clone()),
        Field::Patronymic => row.patronymic.clone(),
        Field::Email => row.email.clone(),
        Field::Phones => listed(row.phones.iter().map(phone)),
        Field::Ips => listed(row.ips.iter().map(|ip| ip.ip.clone())),
        Field::Workstation => row.workstation.clone(),
        Field::Position => row.position.clone(),
        Field::Department => row.department.clone(),
        Field::Unit => row.unit.clone(),
        Field::Room => row.room.clone(),
        Field::Hired => row.hired.map(|date| date.to_string()),
        Field::Note => row.note.clone(),
        Field::State => Some(row.state.clone()),
    }
}

fn phone(phone: &StoredPhone) -> String {
    let shown = shown::phone(phone);
    match (&shown.number, &shown.ext) {
        (Some(_), Some(ext)) => format!("{} {ext}", shown.display),
        _ => shown.display,
    }
}

fn listed(texts: impl Iterator<Item = String>) -> Option<String> {
    let text = texts.collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(text)
}
