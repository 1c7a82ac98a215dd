//! What the screens of the directory decide without drawing anything: which letters are highlighted,
//! what a row says, where the keyboard leads, what a form changes.
//!
//! Pure: no signal, no clock, no storage and no request; texts come from the pages.

pub mod conflict;
pub mod form;
pub mod highlight;
pub mod keyboard;
pub mod latest;
pub mod links;
pub mod merge;
pub mod remembered;
pub mod report;
pub mod row;
