//! Employees through the REST interface: entering, changing, removing, merging, reading.

mod edit;
mod list;
mod merge;
mod remove;
mod rights;
mod upload;
