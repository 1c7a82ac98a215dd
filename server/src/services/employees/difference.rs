//! What differs between two states of a record, field by field, as people read it. Pure.

use app::model::employee::{EmployeeState, Field, FieldChange};

use super::shown;
use crate::{directory::person::SCALARS, store::employees::Row};

/// The fields whose text differs; of somebody new everything that is known.
pub(super) fn between(before: Option<&Row>, after: &Row) -> Vec<FieldChange> {
    let people = (before.cloned().map(shown::person), shown::person(after.clone()));
    let fields = SCALARS.into_iter().chain([Field::Phones, Field::Ips]);
    let mut changes: Vec<_> = fields
        .map(|field| FieldChange {
            field,
            before: people.0.as_ref().and_then(|person| person.shown(field)),
            after: people.1.shown(field),
        })
        .filter(|change| change.before != change.after)
        .collect();
    let state_before = before.map_or(EmployeeState::Active.as_str(), |row| &row.state);
    if state_before != after.state {
        let (before, after) = (Some(state_before.to_owned()), Some(after.state.clone()));
        changes.push(FieldChange { field: Field::State, before, after });
    }
    changes
}
