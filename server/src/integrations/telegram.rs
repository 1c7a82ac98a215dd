//! Telegram's Bot API: the few methods that are used, over plain HTTP calls.
//!
//! Answers are judged by their code, never by their text, and nothing sleeps here: who calls knows what to
//! do meanwhile. The token is part of each address, so no address appears in an error.

mod client;
mod wire;

use std::time::Duration;

pub use client::Client;
pub use wire::{Button, Command, MenuButton, NewMessage};

/// How long Telegram may keep a request for updates open.
pub const LONG_POLL: Duration = Duration::from_secs(15);

/// Why a call did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The token is none of Telegram's (401 or 404): nothing works until it is replaced.
    #[error("Telegram does not know the bot of TELEGRAM_BOT_TOKEN")]
    UnknownBot,
    /// Somebody else receives this bot's updates (409).
    #[error("another program receives the updates of this bot: {0}")]
    Taken(String),
    /// Told to wait (429).
    #[error("Telegram asks to wait {retry_after_s} s")]
    Busy {
        /// Seconds.
        retry_after_s: u64,
    },
    /// Understood and refused (other 4xx): the same again helps nothing.
    #[error("Telegram refuses ({code}): {description}")]
    Refused {
        /// Telegram's `error_code`.
        code: u16,
        /// Its words, for the log.
        description: String,
    },
    /// No answer, or none that can be read: it may or may not have been done.
    #[error("Telegram cannot be reached: {0}")]
    Unreachable(String),
}
