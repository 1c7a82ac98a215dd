//! What an import of servers says about itself.

use serde::{Deserialize, Serialize};

/// A row of which nothing is stored, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ServerImportNote {
    /// Row (line), counted from 1.
    pub row: u32,
    /// The name or address in it, as far as it could be read.
    pub server: String,
    /// `missing_name`, `missing_address`, `address_invalid`, `name_too_long`, `duplicate`, `kind_unknown`, `target_invalid`,
    /// `interval_invalid`, `parent_unknown`, `parent_circle`, `responsible_unknown`, `tags_invalid`, `unreadable`,
    /// `address_not_allowed`, `column_unknown`.
    pub code: String,
}

/// The outcome of an import, or with `dry_run` what its outcome would be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ServerImportReport {
    /// Nothing was stored.
    pub dry_run: bool,
    /// Name of the file.
    pub file: String,
    /// Rows below the header.
    pub rows: u32,
    /// Servers that are new.
    pub created: u32,
    /// Servers of which something changed.
    pub updated: u32,
    /// Servers of which nothing changed.
    pub unchanged: u32,
    /// Names of the first 100 new ones.
    pub created_names: Vec<String>,
    /// Names of the first 100 changed ones.
    pub updated_names: Vec<String>,
    /// Rows of which nothing is stored; the first 1 000.
    pub rejected: Vec<ServerImportNote>,
    /// Rows that are stored with reservations; the first 1 000.
    pub warnings: Vec<ServerImportNote>,
}
