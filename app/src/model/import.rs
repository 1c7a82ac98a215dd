//! What an import of employees says about itself: progress, preview, report.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    employee::{ChangeKind, FieldChange},
    ids::{EmployeeId, ImportId},
};

/// A file as the browser hands it over.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// Its name.
    pub name: String,
    /// All of it; at most 32 MiB.
    pub bytes: Vec<u8>,
}

/// Whether an import stores anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// A dry run: only say what would change.
    Preview,
    /// Store it.
    Store,
}

/// Why a sheet is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum SheetSkipped {
    /// It is hidden.
    Hidden,
    /// No cell is filled.
    Empty,
    /// No row looks like a header.
    NoHeader,
}

/// A sheet of the workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Why it is not read; absent when it is.
    pub skipped: Option<SheetSkipped>,
}

/// Why nothing of a row is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum RejectReason {
    /// A vacant post.
    Vacancy,
    /// All name cells are empty.
    MissingName,
    /// The name has a digit or a question mark.
    InvalidName,
    /// No surname or no first name.
    IncompleteName,
    /// A part of the name is longer than 100 characters.
    NameTooLong,
    /// No e-mail.
    MissingEmail,
    /// No valid e-mail.
    InvalidEmail,
    /// The e-mail belongs to somebody with another surname and first name.
    EmailConflict,
    /// A record of an NDJSON file that cannot be read.
    Unreadable,
}

impl RejectReason {
    /// The stable English code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vacancy => "vacancy",
            Self::MissingName => "missing_name",
            Self::InvalidName => "invalid_name",
            Self::IncompleteName => "incomplete_name",
            Self::NameTooLong => "name_too_long",
            Self::MissingEmail => "missing_email",
            Self::InvalidEmail => "invalid_email",
            Self::EmailConflict => "email_conflict",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A row of which nothing is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Rejected {
    /// Sheet name; empty for NDJSON.
    pub sheet: String,
    /// Row (line), counted from 1.
    pub row: u32,
    /// Why.
    pub reason: RejectReason,
}

/// A row that is stored, but not all of it as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Warning {
    /// Sheet name; empty for NDJSON.
    pub sheet: String,
    /// Row (line), counted from 1.
    pub row: u32,
    /// `cell_error`, `truncated`, `homoglyph_fixed`, `initials_only`, `name_note_dropped`, `phone_invalid`,
    /// `ip_invalid`, `workstation_invalid`, `date_invalid` or `conflict:<field>`.
    pub code: String,
}

/// What an import does to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PersonChange {
    /// Who, if the record is there already.
    pub id: Option<EmployeeId>,
    /// Full name after the import.
    pub full_name: String,
    /// Created, updated or restored.
    pub kind: ChangeKind,
    /// Field by field; for somebody new what is known of him.
    pub fields: Vec<FieldChange>,
}

/// The outcome of an import, or with `dry_run` what its outcome would be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Names the stored report; absent on the command line's dry run.
    #[serde(default)]
    pub id: Option<ImportId>,
    /// Nothing was stored.
    pub dry_run: bool,
    /// Name of the file.
    #[serde(default)]
    pub file: String,
    /// All sheets in workbook order.
    pub sheets: Vec<Sheet>,
    /// Rows below the headers.
    pub rows: u32,
    /// People who are new.
    pub created: u32,
    /// People of whom something changed.
    pub updated: u32,
    /// Rows that belong to a person of an earlier row.
    pub merged: u32,
    /// People of whom nothing changed.
    pub unchanged: u32,
    /// People who had left or were deleted and are back.
    pub restored: u32,
    /// Active people whom the file does not name; they stay as they are.
    pub absent: u32,
    /// Rows of which nothing is stored, in order; of a hopeless file the first 50 000.
    pub rejected: Vec<Rejected>,
    /// How many rows are rejected in all.
    #[serde(default)]
    pub rejected_total: u32,
    /// Rows that are stored with reservations, in order; of a hopeless file the first 50 000 rows.
    pub warnings: Vec<Warning>,
    /// How many warnings there are in all.
    #[serde(default)]
    pub warnings_total: u32,
    /// The first 500 people who change, in order of appearance.
    #[serde(default)]
    pub changes: Vec<PersonChange>,
    /// How many people change in all.
    #[serde(default)]
    pub changes_total: u32,
}

/// What is known of imports while the caller looked elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ImportStatus {
    /// The import that runs; absent when none does.
    pub running: Option<ImportProgress>,
    /// The report of the last one that ended well, previews included.
    pub last: Option<ImportId>,
}

/// How far the running import is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ImportProgress {
    /// What it is doing.
    pub phase: ImportPhase,
    /// Rows read, or people compared, so far.
    pub done: u32,
    /// Of how many; absent while not known.
    pub total: Option<u32>,
    /// Since when.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub started_at: OffsetDateTime,
}

/// The steps of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum ImportPhase {
    /// Reading the workbook.
    Reading,
    /// Comparing with who is there, and storing.
    Storing,
}

/// An address that gives a file once, without a session: Telegram's frame allows no other way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Download {
    /// Absolute address, valid for 60 s and one use.
    pub url: String,
    /// The name to save it under.
    pub file_name: String,
}
