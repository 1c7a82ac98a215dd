//! Tickets: the copy, who sees what of it, what is done to them, against a simulated OTRS.

mod acting;
mod copying;
mod faults;
mod fields;
mod files;
mod hostile;
mod mailing;
mod presence;
mod related;
mod replies;
mod rights;
mod statistics;
