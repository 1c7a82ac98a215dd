//! Tickets: the copy, who sees what of it, what is done to them, against a simulated OTRS.

mod acting;
mod copying;
mod faults;
mod rights;
mod statistics;
