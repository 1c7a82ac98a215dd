//! Edge: Telegram in. The bot greets, explains and opens the app; there is no business dialogue.
//!
//! Updates come from `services::updates`, answers leave through `services::chats`. Receiving updates is
//! the business of `workers::telegram_polling` and `http::webhook`. teloxide gives the types of updates and
//! the parser of commands. Its dispatcher is not used: it acknowledges an update before it is handled and
//! keeps it in memory until then, while here each one is stored first and claimed until it is done.

pub mod commands;
pub mod dispatcher;
pub mod incoming;
pub mod keyboards;
pub mod render;
pub mod setup;
