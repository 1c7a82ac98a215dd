//! Edge: time. What is done again and again in the background; each worker does one unit, the supervisor
//! repeats it.

pub mod check_runner;
pub mod directory;
pub mod incidents;
mod lease;
pub mod live;
pub mod otrs_sync;
pub mod presence;
pub mod retention;
pub mod supervisor;
pub mod telegram_polling;
pub mod telegram_webhook;
