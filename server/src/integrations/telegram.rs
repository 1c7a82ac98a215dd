//! Telegram's Bot API through teloxide: its types and requests, the few that are used.
//!
//! What teloxide does not keep apart (why a call failed, whether trying again helps) is told apart in
//! `failure`; receiving is one call here, because updates are stored before they are understood. When to
//! call again is the business of who calls.

mod client;
mod failure;

use std::time::Duration;

pub use client::Client;
pub use failure::Failure;
pub use teloxide::types::{InlineKeyboardButton, WebAppInfo};

/// How long Telegram may keep a request for updates open.
pub const LONG_POLL: Duration = Duration::from_secs(15);
