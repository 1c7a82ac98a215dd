//! What a single value means: one file per kind of value, the same functions for a cell of a workbook, a
//! record of an NDJSON file and something typed by hand.
//!
//! Every function is idempotent: its own result passes unchanged, which is why an export imports back
//! as it was. Which rows and columns hold what is decided in `rules`.

pub mod date;
pub mod draft;
pub mod email;
pub mod ip;
pub mod name;
pub mod phone;
pub mod place;
pub mod text;
pub mod warnings;

pub use draft::normalise_draft;
pub use warnings::{Warning, Warnings};
