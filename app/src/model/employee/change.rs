//! The history of a record: who changed what and when.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Field;
use crate::model::ids::AccountId;

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
    #[serde(with = "crate::model::wire_time")]
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
