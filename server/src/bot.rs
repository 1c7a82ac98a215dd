//! Edge: Telegram in. The bot greets, explains and opens the app; there is no business dialogue.
//!
//! Updates come from `services::updates`, answers leave through `services::chats`. Receiving updates is
//! the business of `workers::telegram_polling` and `http::webhook`.

pub mod commands;
pub mod dispatcher;
pub mod incoming;
pub mod keyboards;
pub mod render;
pub mod setup;
