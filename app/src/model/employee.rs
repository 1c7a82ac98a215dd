//! People in the directory and what finding them says about a match.

mod change;
mod draft;

use serde::Serialize;
use time::{Date, OffsetDateTime};

use super::ids::EmployeeId;
pub use change::{Change, ChangeKind, FieldChange};
pub use draft::{EmployeeDraft, EmployeePatch, PhoneInput};

/// A telephone: a number, an extension, or an extension at a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Phone {
    /// E.164 with `+`; absent when only the extension is known.
    pub number: Option<String>,
    /// Three to six digits.
    pub ext: Option<String>,
    /// What sort of line it is.
    pub kind: PhoneKind,
    /// As people read it: `+7 (495) 780-20-00`, extension `1234`.
    pub display: String,
}

/// What sort of line a telephone is, judged by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum PhoneKind {
    /// A Russian mobile number (`+79…`).
    Mobile,
    /// Any other number.
    Landline,
    /// An extension without a number.
    Internal,
}

/// Whether somebody still works here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum EmployeeState {
    /// Works here.
    #[default]
    Active,
    /// Has left; still found, and shown as such.
    Left,
}

impl EmployeeState {
    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Left => "left",
        }
    }

    /// The state of that name; the database has no others.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        if name == Self::Left.as_str() { Self::Left } else { Self::Active }
    }
}

/// A field of an employee, named as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Field {
    /// Family name.
    Surname,
    /// First name.
    Name,
    /// Patronymic.
    Patronymic,
    /// E-mail address.
    Email,
    /// Telephones; a match names which one by its index.
    Phones,
    /// IP addresses; a match names which one by its index.
    Ips,
    /// Name of the computer.
    Workstation,
    /// Position.
    Position,
    /// Department.
    Department,
    /// Unit within the department.
    Unit,
    /// Room.
    Room,
    /// First day at work.
    Hired,
    /// Free note of the administrators.
    Note,
    /// Works here or has left.
    State,
}

impl Field {
    const ALL: [Self; 14] = [
        Self::Surname,
        Self::Name,
        Self::Patronymic,
        Self::Email,
        Self::Phones,
        Self::Ips,
        Self::Workstation,
        Self::Position,
        Self::Department,
        Self::Unit,
        Self::Room,
        Self::Hired,
        Self::Note,
        Self::State,
    ];

    /// The field of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::Name => "name",
            Self::Patronymic => "patronymic",
            Self::Email => "email",
            Self::Phones => "phones",
            Self::Ips => "ips",
            Self::Workstation => "workstation",
            Self::Position => "position",
            Self::Department => "department",
            Self::Unit => "unit",
            Self::Room => "room",
            Self::Hired => "hired",
            Self::Note => "note",
            Self::State => "state",
        }
    }
}

/// The reading of a query under which somebody was found, when it is not the direct one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Guess {
    /// As if typed in the other keyboard layout.
    Layout,
    /// Latin spelling of a Russian word, or the reverse.
    Translit,
    /// One or two typing errors.
    Typo,
    /// Latin letters that look like Cyrillic ones.
    Lookalike,
    /// A familiar short name: саша for Александр.
    Diminutive,
}

/// Where somebody fits a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Match {
    /// The field that fits.
    pub field: Field,
    /// Which of several telephones or addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// Pieces `[from, to)` of the shown text in UTF-16 units, in order, not overlapping. The shown text
    /// of a telephone is [`Phone::display`] with, after a space, its extension when it has both.
    pub ranges: Vec<[u32; 2]>,
    /// How the query had to be read; absent for the direct reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guess: Option<Guess>,
}

/// A person in the directory. Unknown scalars are `null`, unknown lists empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Employee {
    /// Stable name of the record.
    pub id: EmployeeId,
    /// Family name.
    pub surname: String,
    /// First name, or an initial with its dot.
    pub name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Surname, name and patronymic in this order.
    pub full_name: String,
    /// Lower case, unique among all employees.
    pub email: Option<String>,
    /// Telephones in the order of the source.
    pub phones: Vec<Phone>,
    /// IPv4 addresses.
    pub ips: Vec<String>,
    /// Name of the computer, upper case.
    pub workstation: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Unit within the department.
    pub unit: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// First day at work.
    #[serde(with = "super::wire_time::optional_date")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = Date))]
    pub hired: Option<Date>,
    /// Free note of the administrators.
    pub note: Option<String>,
    /// Works here or has left.
    pub state: EmployeeState,
    /// Grows with each change; a change names the version it saw.
    pub version: i64,
    /// Last change.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub updated_at: OffsetDateTime,
    /// In answers to a query: all places that fit it.
    #[serde(default)]
    pub matches: Vec<Match>,
}

/// Which employees are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmployeeQuery {
    /// What was typed; empty lists everybody by name.
    pub text: String,
    /// Only this department.
    pub department: Option<String>,
}

/// A department with its units, as the employees name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Department {
    /// Name.
    pub name: String,
    /// Active employees in it, its units included.
    pub employees: u32,
    /// Its units by name.
    pub units: Vec<Unit>,
}

/// A unit of a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Name.
    pub name: String,
    /// Active employees in it.
    pub employees: u32,
}

/// Another person next to this one and what they share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Neighbours {
    /// Others of the same unit, or of the department where no unit is known; at most 20.
    pub department: Vec<Employee>,
    /// Others with one of the same IP addresses; at most 20.
    pub ip: Vec<Employee>,
    /// Others at the same workstation; at most 20.
    pub workstation: Vec<Employee>,
}
