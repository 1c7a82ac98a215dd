//! How we look at servers and what we make of it.
//!
//! [`probe`] is the only part that touches the network. Everything else is pure: the time is an argument,
//! and what is decided carries the reason people read. Nothing here knows a database or who is told.

pub mod allowed;
pub mod connectivity;
pub mod maintenance;
pub mod probe;
pub mod schedule;
pub mod state;
pub mod table;
pub mod target;
