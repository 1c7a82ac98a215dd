//! Why a call did not succeed, in the words of who has to do something about it. Pure.
//!
//! teloxide drops the `error_code` of an answer and knows some errors by texts that Telegram no longer sends,
//! so most arrive as `ApiError::Unknown`. What Telegram still begins each text with is the name of the code.

use std::error::Error;

use teloxide::{ApiError, RequestError};

/// Why a call did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The token is none of Telegram's: nothing works until it is replaced.
    #[error("Telegram does not know the bot of TELEGRAM_BOT_TOKEN")]
    UnknownBot,
    /// Somebody else receives this bot's updates.
    #[error("another program receives the updates of this bot: {0}")]
    Taken(String),
    /// Told to wait.
    #[error("Telegram asks to wait {retry_after_s} s")]
    Busy {
        /// Seconds.
        retry_after_s: u64,
    },
    /// The bot may not write there: blocked, kicked, never started. Only the other side can change that.
    #[error("Telegram refuses: {0}")]
    Refused(String),
    /// Telegram does not take the call as it is: the same again helps nothing.
    #[error("Telegram does not accept the call: {0}")]
    Invalid(String),
    /// No answer, or none that can be understood: it may or may not have been done.
    #[error("Telegram cannot be reached: {0}")]
    Unreachable(String),
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::RetryAfter(wait) => Self::Busy { retry_after_s: wait.seconds().into() },
            RequestError::MigrateToChatId(_) => Self::Refused("the group has become a supergroup".into()),
            RequestError::Api(ApiError::InvalidToken) => Self::UnknownBot,
            RequestError::Api(error @ (ApiError::ChatNotFound | ApiError::GroupDeactivated)) => {
                Self::Refused(error.to_string())
            }
            RequestError::Api(ApiError::Unknown(text)) => Self::of_text(text),
            RequestError::Api(error) => Self::of_text(error.to_string()),
            // teloxide has taken the token out of the address.
            RequestError::Network(error) => Self::Unreachable(chain(&*error)),
            // The body is a proxy's page, or holds what people wrote: nothing for a log.
            RequestError::InvalidJson { .. } => Self::Unreachable("an unreadable answer".into()),
            RequestError::Io(error) => Self::Unreachable(error.to_string()),
        }
    }
}

impl Failure {
    fn of_text(text: String) -> Self {
        match text.split_once(':').map_or(text.as_str(), |(code, _)| code) {
            "Forbidden" | "Unauthorized" => Self::Refused(text),
            "Conflict" => Self::Taken(text),
            "Bad Request" | "Not Found" | "Request Entity Too Large" => Self::Invalid(text),
            // Server errors, and whatever else is not the caller's mistake.
            _ => Self::Unreachable(text),
        }
    }
}

/// An error and what caused it, in one line.
fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        line = format!("{line}: {cause}");
        source = cause.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use teloxide::types::{ChatId, Seconds};

    use super::*;

    #[test]
    fn errors_are_judged_by_how_their_text_begins() {
        type Kind = fn(String) -> Failure;
        for (text, expected) in [
            ("Forbidden: bot was blocked by the user", Failure::Refused as Kind),
            ("Forbidden: bot was kicked from the group chat", Failure::Refused),
            ("Forbidden: bot can't initiate conversation with a user", Failure::Refused),
            ("Unauthorized: bot was kicked from a chat", Failure::Refused),
            ("Bad Request: chat not found", Failure::Refused),
            ("Bad Request: BUTTON_TYPE_INVALID", Failure::Invalid),
            ("Bad Request: message is too long", Failure::Invalid),
            ("Not Found: method not found", Failure::Invalid),
            ("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook", Failure::Taken),
            (
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                Failure::Taken,
            ),
            ("Internal Server Error: restart", Failure::Unreachable),
            ("Bad Gateway", Failure::Unreachable),
        ] {
            let error: ApiError = serde_json::from_value(json!(text)).expect("any text is one");
            assert_eq!(Failure::from(RequestError::Api(error)), expected(text.to_owned()));
        }
        for text in ["Unauthorized", "Not Found"] {
            let error: ApiError = serde_json::from_value(json!(text)).expect("any text is one");
            assert_eq!(Failure::from(RequestError::Api(error)), Failure::UnknownBot);
        }
    }

    #[test]
    fn parameters_count_more_than_texts() {
        let wait = RequestError::RetryAfter(Seconds::from_seconds(17));
        assert_eq!(Failure::from(wait), Failure::Busy { retry_after_s: 17 });
        assert!(matches!(RequestError::MigrateToChatId(ChatId(-100)).into(), Failure::Refused(_)));
    }
}
