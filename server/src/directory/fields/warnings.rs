//! The reservations with which a row is stored. A set, because each counts once per row.

use app::model::employee::Field;
use serde::{Deserialize, Serialize};

/// One reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// An error value such as `#REF!` was read as empty.
    CellError,
    /// A text was cut to its greatest length.
    Truncated,
    /// Letters of the wrong alphabet were replaced by their twins.
    HomoglyphFixed,
    /// The first name is only an initial.
    InitialsOnly,
    /// Text in brackets was dropped from a name.
    NameNoteDropped,
    /// A telephone could not be read.
    PhoneInvalid,
    /// An address could not be read.
    IpInvalid,
    /// The name of a computer could not be read.
    WorkstationInvalid,
    /// A date could not be read.
    DateInvalid,
    /// Another value was there first, or was edited by hand, and stays.
    Conflict(Field),
}

const PLAIN: [(Warning, &str); 9] = [
    (Warning::CellError, "cell_error"),
    (Warning::Truncated, "truncated"),
    (Warning::HomoglyphFixed, "homoglyph_fixed"),
    (Warning::InitialsOnly, "initials_only"),
    (Warning::NameNoteDropped, "name_note_dropped"),
    (Warning::PhoneInvalid, "phone_invalid"),
    (Warning::IpInvalid, "ip_invalid"),
    (Warning::WorkstationInvalid, "workstation_invalid"),
    (Warning::DateInvalid, "date_invalid"),
];

const CONFLICTS: [(Field, &str); 11] = [
    (Field::Surname, "conflict:surname"),
    (Field::Name, "conflict:name"),
    (Field::Patronymic, "conflict:patronymic"),
    (Field::Email, "conflict:email"),
    (Field::Workstation, "conflict:workstation"),
    (Field::Position, "conflict:position"),
    (Field::Department, "conflict:department"),
    (Field::Unit, "conflict:unit"),
    (Field::Room, "conflict:room"),
    (Field::Hired, "conflict:hired"),
    (Field::Note, "conflict:note"),
];

impl Warning {
    fn bit(self) -> u32 {
        let position = match self {
            Self::Conflict(field) => CONFLICTS.iter().position(|(other, _)| *other == field).map(|at| at + PLAIN.len()),
            _ => PLAIN.iter().position(|(other, _)| *other == self),
        };
        position.map_or(0, |at| 1 << at)
    }
}

/// A set of [`Warning`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warnings(u32);

impl Warnings {
    /// Adds one. A conflict of a list or of the state does not exist and is not kept.
    pub fn insert(&mut self, warning: Warning) {
        self.0 |= warning.bit();
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// What of this set is not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it has this one.
    #[must_use]
    pub fn contains(self, warning: Warning) -> bool {
        self.0 & warning.bit() != 0
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The stable codes in a fixed order.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        let all = PLAIN.iter().map(|(_, code)| *code).chain(CONFLICTS.iter().map(|(_, code)| *code));
        all.enumerate().filter(move |(at, _)| self.0 & (1 << at) != 0).map(|(_, code)| code)
    }
}

impl FromIterator<Warning> for Warnings {
    fn from_iter<I: IntoIterator<Item = Warning>>(warnings: I) -> Self {
        let mut set = Self::default();
        for warning in warnings {
            set.insert(warning);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_names_each_code_once() {
        let mut set = Warnings::default();
        assert!(set.is_empty());
        for warning in [Warning::Conflict(Field::Room), Warning::CellError, Warning::Conflict(Field::Room)] {
            set.insert(warning);
        }
        assert_eq!(set.codes().collect::<Vec<_>>(), ["cell_error", "conflict:room"]);
        assert!(set.contains(Warning::CellError) && !set.contains(Warning::Truncated));
    }

    #[test]
    fn every_warning_has_its_own_code() {
        let all: Warnings = PLAIN
            .iter()
            .map(|(warning, _)| *warning)
            .chain(CONFLICTS.iter().map(|(field, _)| Warning::Conflict(*field)))
            .collect();
        assert_eq!(all.codes().count(), PLAIN.len() + CONFLICTS.len());
    }
}
