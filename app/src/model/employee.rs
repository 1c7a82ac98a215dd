//! People in the directory and what finding them says about a match.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use super::ids::{AccountId, EmployeeId};

/// A telephone: a number, an extension, or an extension at a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A telephone as somebody enters it; it passes the rules of the import when it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(from = "PhoneObject")]
pub struct PhoneInput {
    /// Any usual spelling, extension included if it likes: `8 495 780-20-00 доб. 1234`.
    #[serde(default)]
    pub number: Option<String>,
    /// Digits of the extension.
    #[serde(default)]
    pub ext: Option<String>,
}

/// A [`PhoneInput`] as it is read: an object. A plain struct would be read from `["+7…", "1234"]` as well.
#[derive(Deserialize)]
struct PhoneObject {
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    ext: Option<String>,
    #[serde(flatten)]
    _others: Others,
}

#[derive(Deserialize)]
struct Others {}

impl From<PhoneObject> for PhoneInput {
    fn from(PhoneObject { number, ext, .. }: PhoneObject) -> Self {
        Self { number, ext }
    }
}

/// Somebody new, entered by hand. Values pass the normalisation of the import when saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct EmployeeDraft {
    /// Family name; required.
    pub surname: String,
    /// First name; required.
    pub name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// E-mail address; by hand it may stay empty.
    pub email: Option<String>,
    /// Telephones.
    pub phones: Vec<PhoneInput>,
    /// IPv4 addresses.
    pub ips: Vec<String>,
    /// Name of the computer.
    pub workstation: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// First day at work.
    #[serde(with = "super::wire_time::optional_date")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = Date))]
    pub hired: Option<Date>,
    /// Free note.
    pub note: Option<String>,
}

/// A change by hand: absent fields stay, `null` empties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct EmployeePatch {
    /// The version the person looked at; another one by now is a conflict.
    pub version: i64,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surname: Option<String>,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Patronymic.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub patronymic: Option<Option<String>>,
    /// E-mail address.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub email: Option<Option<String>>,
    /// All telephones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phones: Option<Vec<PhoneInput>>,
    /// All addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ips: Option<Vec<String>>,
    /// Name of the computer.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub workstation: Option<Option<String>>,
    /// Position.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub position: Option<Option<String>>,
    /// Department.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub department: Option<Option<String>>,
    /// Unit.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub unit: Option<Option<String>>,
    /// Room.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub room: Option<Option<String>>,
    /// First day at work, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = Date))]
    pub hired: Option<Option<String>>,
    /// Free note.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub note: Option<Option<String>>,
    /// Works here or has left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<EmployeeState>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Name.
    pub name: String,
    /// Active employees in it.
    pub employees: u32,
}

/// Another person next to this one and what they share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Neighbours {
    /// Others of the same unit, or of the department where no unit is known; at most 20.
    pub department: Vec<Employee>,
    /// Others with one of the same IP addresses; at most 20.
    pub ip: Vec<Employee>,
    /// Others at the same workstation; at most 20.
    pub workstation: Vec<Employee>,
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum ChangeKind {
    /// Entered by hand or by an import.
    Created,
    /// Fields changed.
    Updated,
    /// Taken out of the directory.
    Deleted,
    /// Brought back.
    Restored,
    /// Another record was merged into this one.
    Merged,
}

impl ChangeKind {
    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
            Self::Merged => "merged",
        }
    }

    /// The kind of that name; the database has no others.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        [Self::Created, Self::Deleted, Self::Restored, Self::Merged]
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Updated)
    }
}

/// One field before and after, as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// Its text before; absent when it was empty.
    pub before: Option<String>,
    /// Its text after; absent when it is empty now.
    pub after: Option<String>,
}

/// Who changed what and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Change {
    /// When.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
    /// Who; absent for an import from the command line.
    pub by: Option<AccountId>,
    /// That account's name.
    pub by_name: Option<String>,
    /// It came from an import of this file.
    pub import_file: Option<String>,
    /// What happened.
    pub kind: ChangeKind,
    /// For a merge: the full name of the other record.
    #[serde(default)]
    pub other_name: Option<String>,
    /// The fields that changed.
    pub fields: Vec<FieldChange>,
}
