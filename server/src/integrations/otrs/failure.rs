//! Why a call did not succeed, in the words of who has to do something about it. Pure.
//!
//! OTRS answers every error of an operation with status 200 and an `Error` object, uses 500 for lasting mistakes
//! as well as for passing trouble, and never 401, 403, 404 or 409: only the body tells. What it did before an error
//! stays done (262, 263), so each failure also says whether anything can have happened.

use std::time::Duration;

use serde_json::Value;

use crate::config::otrs::Operation;

/// How much of a foreign text an error keeps.
const SHOWN: usize = 200;

/// Why a call did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Wrong login or password, or the session ended; OTRS does not tell these apart. Nothing was done.
    #[error("OTRS does not accept the session or the password")]
    AuthFail,
    /// The ticket is not there, or not visible, or this kind of change is not allowed.
    #[error("OTRS refuses: {0}")]
    AccessDenied(String),
    /// A value is none that this OTRS knows. The same again helps nothing.
    #[error("OTRS does not accept a value: {0}")]
    InvalidParameter(String),
    /// Something that this OTRS requires is not there. The same again helps nothing.
    #[error("OTRS misses a value: {0}")]
    MissingParameter(String),
    /// A change was refused at a late step: what comes before that step is stored (301).
    #[error("OTRS stopped a change on its way: {0}")]
    Partial(String),
    /// More than one side takes at once.
    #[error("too much for one exchange with OTRS: {0}")]
    TooLarge(&'static str),
    /// Address, routes or the web service itself are wrong: an administrator has to mend it.
    #[error("the web service of OTRS is not as configured: {0}")]
    Misconfigured(String),
    /// Passing trouble, and nothing was done: try later.
    #[error("OTRS is away: {0}")]
    Unavailable(String),
    /// OTRS is left alone for a while, after trouble or because it is asked too much already. Nothing was sent.
    #[error("OTRS is left alone for {} s", .retry_after.as_secs())]
    Busy {
        /// When to try again.
        retry_after: Duration,
    },
    /// The question was sent and no answer came that says what happened: it may or may not have been done.
    #[error("it is not known whether OTRS did it: {0}")]
    Unclear(String),
}

impl Failure {
    /// Whether the same may succeed later without anybody doing something.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Busy { .. } | Self::Unclear(_))
    }

    /// Whether a change that ended so may have been made, in whole or in part: read the ticket before anything else.
    /// Updates are not atomic, and a refusal can come after the first of them is stored (263).
    #[must_use]
    pub const fn may_have_changed(&self) -> bool {
        match self {
            Self::AuthFail | Self::TooLarge(_) | Self::Misconfigured(_) | Self::Unavailable(_) | Self::Busy { .. } => {
                false
            }
            Self::AccessDenied(_)
            | Self::InvalidParameter(_)
            | Self::MissingParameter(_)
            | Self::Partial(_)
            | Self::Unclear(_) => true,
        }
    }

    /// Trouble after something was sent: a change may have been made, a question was only not answered.
    pub(super) fn after_sending(operation: Operation, what: impl Into<String>) -> Self {
        if operation.changes() { Self::Unclear(what.into()) } else { Self::Unavailable(what.into()) }
    }

    fn of_error(error: &Value) -> Self {
        let code = error["ErrorCode"].as_str().unwrap_or_default();
        let message = shown(error["ErrorMessage"].as_str().unwrap_or(code));
        match code.rsplit_once('.').map_or(code, |(_, kind)| kind) {
            "AuthFail" | "SessionInvalid" => Self::AuthFail,
            "AccessDenied" | "NotValidTicketID" | "NotTicketData" => Self::AccessDenied(message),
            "MissingParameter" | "EmptyRequest" => Self::MissingParameter(message),
            "InvalidConfiguration" => Self::Misconfigured(message),
            // A kind that nobody has seen is a refusal all the same.
            _ => Self::InvalidParameter(message),
        }
    }
}

/// What came back, before it is understood.
#[derive(Clone, Debug)]
pub(super) struct Raw<'a> {
    pub status: u16,
    /// Whether there was a Content-Type at all.
    pub has_type: bool,
    /// `Retry-After`, where it is a number of seconds.
    pub retry_after: Option<Duration>,
    pub body: &'a [u8],
}

/// The object an operation answered with.
pub(super) fn judge(operation: Operation, raw: &Raw<'_>) -> Result<Value, Failure> {
    match serde_json::from_slice::<Value>(raw.body) {
        Ok(body) if body["Error"].is_object() => Err(Failure::of_error(&body["Error"])),
        Ok(body) if body.get("faultstring").is_some() => Err(fault(operation, &body)),
        Ok(body) if raw.status == 200 && body.is_object() => Ok(body),
        _ => Err(without_object(operation, raw)),
    }
}

fn fault(operation: Operation, body: &Value) -> Failure {
    let text = shown(body["faultstring"].as_str().unwrap_or_default());
    if operation.changes() { Failure::Partial(text) } else { Failure::InvalidParameter(text) }
}

fn without_object(operation: Operation, raw: &Raw<'_>) -> Failure {
    let text = String::from_utf8_lossy(raw.body);
    let text = text.trim();
    match raw.status {
        413 => Failure::TooLarge("the request"),
        429 => Failure::Busy { retry_after: raw.retry_after.unwrap_or(Duration::from_secs(10)) },
        500 if text.starts_with("HTTP::REST Error while determine Operation") => {
            Failure::Misconfigured(format!("{operation} has another route or method (OTRS_ROUTES)"))
        }
        500 if text.starts_with("Error while decoding") || text.starts_with("Unsupported request content") => {
            Failure::InvalidParameter(shown(text))
        }
        // The name of the web service (346). A proxy that has nothing to say has at least a type.
        500 if text.is_empty() && !raw.has_type => Failure::Misconfigured("no such web service (OTRS_URL)".into()),
        status @ 500.. => Failure::after_sending(operation, format!("status {status}")),
        status @ 300..500 => Failure::Misconfigured(format!("status {status} from its web server (OTRS_URL)")),
        status => Failure::after_sending(operation, format!("an answer with status {status} that is no JSON object")),
    }
}

/// A foreign text for a log: short, in one line, without control characters.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(operation: Operation, status: u16, has_type: bool, body: &str) -> Result<Value, Failure> {
        judge(operation, &Raw { status, has_type, retry_after: None, body: body.as_bytes() })
    }

    #[test]
    fn the_body_says_what_the_status_does_not() {
        use Operation::{TicketGet, TicketSearch, TicketUpdate};
        let error = |code: &str| format!(r#"{{"Error":{{"ErrorCode":"{code}","ErrorMessage":"why"}}}}"#);
        let why = || "why".to_owned();
        let table = [
            (TicketGet, 200, error("TicketGet.AuthFail"), Failure::AuthFail),
            (TicketGet, 200, error("TicketGet.AccessDenied"), Failure::AccessDenied(why())),
            (TicketUpdate, 200, error("TicketUpdate.InvalidParameter"), Failure::InvalidParameter(why())),
            (TicketUpdate, 200, error("TicketUpdate.MissingParameter"), Failure::MissingParameter(why())),
            (TicketUpdate, 200, error("TicketUpdate.Unheard"), Failure::InvalidParameter(why())),
            (TicketUpdate, 500, r#"{"faultcode":"Server","faultstring":"why"}"#.into(), Failure::Partial(why())),
            (TicketSearch, 500, "Internal Server Error".into(), Failure::Unavailable("status 500".into())),
            (TicketUpdate, 500, "Internal Server Error".into(), Failure::Unclear("status 500".into())),
            (TicketUpdate, 502, "<html>".into(), Failure::Unclear("status 502".into())),
            (TicketUpdate, 413, "Payload Too Large".into(), Failure::TooLarge("the request")),
        ];
        for (operation, status, body, expected) in table {
            assert_eq!(judged(operation, status, true, &body), Err(expected), "{body}");
        }
        assert_eq!(judged(TicketSearch, 200, true, "{}"), Ok(serde_json::json!({})));
    }

    #[test]
    fn what_an_administrator_has_to_mend_is_no_passing_trouble() {
        let route = "HTTP::REST Error while determine Operation for request URI '/x'.";
        for (status, has_type, body) in
            [(500, true, route), (500, false, ""), (404, true, "<!DOCTYPE html>"), (302, true, ""), (403, true, "no")]
        {
            let failure = judged(Operation::TicketUpdate, status, has_type, body).expect_err("a failure");
            assert!(matches!(failure, Failure::Misconfigured(_)), "{failure}");
            assert!(!failure.is_passing() && !failure.may_have_changed());
        }
    }

    #[test]
    fn foreign_texts_are_short_and_harmless() {
        let long = format!(r#"{{"faultstring":"\u001b[31m{}"}}"#, "x".repeat(5_000));
        let failure = judged(Operation::TicketUpdate, 500, true, &long).expect_err("a failure");
        assert!(failure.to_string().len() < 300 && !failure.to_string().contains('\u{1b}'));
    }
}
