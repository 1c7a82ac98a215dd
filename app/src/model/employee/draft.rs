//! What somebody enters about a person: a new record, a change of one.

use serde::{Deserialize, Serialize};
use time::Date;

use super::EmployeeState;

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
    #[serde(with = "crate::model::wire_time::optional_date")]
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
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub patronymic: Option<Option<String>>,
    /// E-mail address.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub email: Option<Option<String>>,
    /// All telephones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phones: Option<Vec<PhoneInput>>,
    /// All addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ips: Option<Vec<String>>,
    /// Name of the computer.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub workstation: Option<Option<String>>,
    /// Position.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub position: Option<Option<String>>,
    /// Department.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub department: Option<Option<String>>,
    /// Unit.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub unit: Option<Option<String>>,
    /// Room.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub room: Option<Option<String>>,
    /// First day at work, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = Date))]
    pub hired: Option<Option<String>>,
    /// Free note.
    #[serde(default, deserialize_with = "crate::model::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub note: Option<Option<String>>,
    /// Works here or has left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<EmployeeState>,
}
