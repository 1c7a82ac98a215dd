//! The directory of people, as far as it is pure: what a value, a row and a workbook mean, what an import
//! makes of a stored record, and how people are found.
//!
//! No database, no clock. Readers take anything that is `Read`; who opens files and who may do what is
//! decided in `services`.

pub mod diminutive;
pub mod explain;
pub mod export;
pub mod fields;
pub mod index;
pub mod layout;
pub mod merge;
pub mod normalise;
pub mod person;
pub mod query;
pub mod rank;
pub mod rules;
pub mod translit;
pub mod vcard;
pub mod workbook;
