//! What the past of tickets amounts to: the events of a ticket's history, the days and steps of a period.
//!
//! Pure: no I/O, the time is an argument. What is stored of it is in `store::tickets::events`, what is asked of it in
//! `services::tickets`.

pub mod fold;
pub mod period;
