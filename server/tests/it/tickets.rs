//! Tickets: the copy, who sees what of it, what is done to them, against a simulated OTRS.

mod acting;
mod copying;
mod faults;
mod files;
mod mailing;
mod replies;
mod rights;
mod statistics;
