//! The ticket system: a web service of the OTRS family.

pub mod recorded;
