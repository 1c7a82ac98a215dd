//! What can go wrong, as far as a caller can act on it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The outcome of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The id of the request in which something went wrong, to find it in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(pub String);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A failure in the words of the caller; the cause behind [`Error::Internal`] is in the log only.
///
/// `code` is stable English (`employee_conflict`) and chooses the text that people read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(from = "Told", into = "Told")]
pub enum Error {
    /// The request cannot be read at all (400).
    #[error("unreadable: {code}")]
    Unreadable {
        /// Which rule of the wire is broken.
        code: String,
    },
    /// Nobody, or nobody any more (401).
    #[error("not signed in: {code}")]
    Unauthenticated {
        /// Why the caller counts as nobody.
        code: String,
    },
    /// Somebody who may not (403).
    #[error("not allowed: {code}")]
    Forbidden {
        /// What is missing.
        code: String,
    },
    /// There is no such thing, or not for this caller (404).
    #[error("not found")]
    NotFound,
    /// The thing moved on since the caller looked at it (409).
    #[error("conflict: {code}")]
    Conflict {
        /// What it conflicts with.
        code: String,
        /// What stands in the way, as it is now, if the caller may see it: JSON ([`Error::current`]).
        current: Option<Box<str>>,
    },
    /// More than is accepted (413).
    #[error("too large: {code}")]
    TooLarge {
        /// Which limit is exceeded.
        code: String,
    },
    /// A kind of file or body that is not read here (415).
    #[error("unsupported: {code}")]
    Unsupported {
        /// What was sent instead.
        code: String,
    },
    /// Readable but wrong (422).
    #[error("invalid {field}: {code}")]
    Invalid {
        /// The field as it is named on the wire; empty when it is the whole.
        field: String,
        /// What is wrong with it.
        code: String,
    },
    /// Too many requests (429).
    #[error("too many requests, try again in {retry_after_s} s")]
    TooMany {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// A dependency is away; nothing was changed (503). In the browser: no connection.
    #[error("unavailable, try again in {retry_after_s} s")]
    Unavailable {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// Our own fault; the reference leads to the log (500).
    #[error("internal error {0}")]
    Internal(Reference),
}

impl Error {
    /// [`Error::Unreadable`] with this code.
    pub fn unreadable(code: impl Into<String>) -> Self {
        Self::Unreadable { code: code.into() }
    }

    /// [`Error::Unauthenticated`] with this code.
    pub fn unauthenticated(code: impl Into<String>) -> Self {
        Self::Unauthenticated { code: code.into() }
    }

    /// [`Error::Forbidden`]: the role of the caller is too low.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::Forbidden { code: "forbidden".into() }
    }

    /// [`Error::Conflict`] with this code.
    pub fn conflict(code: impl Into<String>) -> Self {
        Self::Conflict { code: code.into(), current: None }
    }

    /// [`Error::Conflict`] with this code and what stands in the way as it is now.
    pub fn conflict_with(code: impl Into<String>, current: &impl Serialize) -> Self {
        Self::Conflict { code: code.into(), current: serde_json::to_string(current).ok().map(Into::into) }
    }

    /// What stands in the way of a [`Error::Conflict`], when it is told and is a `T`.
    #[must_use]
    pub fn current<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Conflict { current: Some(current), .. } => serde_json::from_str(current).ok(),
            _ => None,
        }
    }

    /// [`Error::Invalid`] with this code for this field.
    pub fn invalid(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), code: code.into() }
    }

    /// The HTTP status it has on the wire.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unreadable { .. } => 400,
            Self::Unauthenticated { .. } => 401,
            Self::Forbidden { .. } => 403,
            Self::NotFound => 404,
            Self::Conflict { .. } => 409,
            Self::TooLarge { .. } => 413,
            Self::Unsupported { .. } => 415,
            Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Internal(_) => 500,
            Self::Unavailable { .. } => 503,
        }
    }

    /// The stable English code of the contract.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Unreadable { code }
            | Self::Unauthenticated { code }
            | Self::Forbidden { code }
            | Self::Conflict { code, .. }
            | Self::TooLarge { code }
            | Self::Unsupported { code }
            | Self::Invalid { code, .. } => code,
            Self::NotFound => "not_found",
            Self::TooMany { .. } => "too_many_requests",
            Self::Unavailable { .. } => "unavailable",
            Self::Internal(_) => "internal",
        }
    }
}

/// All that is told of an error, whichever it is: between server and browser, and read from a [`Problem`].
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    pub status: u16,
    pub code: Option<String>,
    pub field: String,
    pub retry_after_s: u64,
    pub reference: String,
    pub current: Option<String>,
}

impl From<Error> for Told {
    fn from(error: Error) -> Self {
        let told = Self { status: error.status(), code: Some(error.code().to_owned()), ..Self::default() };
        match error {
            Error::Conflict { current, .. } => Self { current: current.map(Into::into), ..told },
            Error::Invalid { field, .. } => Self { field, ..told },
            Error::TooMany { retry_after_s } | Error::Unavailable { retry_after_s } => Self { retry_after_s, ..told },
            Error::Internal(Reference(reference)) => Self { reference, ..told },
            _ => told,
        }
    }
}

impl From<Told> for Error {
    fn from(told: Told) -> Self {
        let code = |otherwise: &str| told.code.clone().unwrap_or_else(|| otherwise.to_owned());
        match told.status {
            400 => Self::Unreadable { code: code("unreadable") },
            401 => Self::Unauthenticated { code: code("not_signed_in") },
            403 => Self::Forbidden { code: code("forbidden") },
            404 | 410 => Self::NotFound,
            409 => Self::Conflict { code: code("conflict"), current: told.current.map(Into::into) },
            413 => Self::TooLarge { code: code("too_large") },
            415 => Self::Unsupported { code: code("unsupported") },
            422 => Self::Invalid { code: code("invalid"), field: told.field },
            429 => Self::TooMany { retry_after_s: told.retry_after_s },
            502..=504 => Self::Unavailable { retry_after_s: told.retry_after_s },
            _ => Self::Internal(Reference(told.reference)),
        }
    }
}

/// An error as other programs see it: `application/problem+json`, RFC 9457.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable address of the kind of problem.
    pub r#type: String,
    /// The kind of problem in a few English words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// One sentence in the caller's language.
    pub detail: String,
    /// The request id.
    pub instance: String,
    /// The stable English code.
    pub code: String,
    /// The field that is wrong, for 422.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// For 409: what stands in the way, as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<serde_json::Value>))]
    pub current: Option<Box<RawValue>>,
}

#[cfg(test)]
mod tests {
    use super::{Error, Reference};

    #[test]
    fn a_conflict_carries_what_stands_in_the_way() {
        let error = Error::conflict_with("ticket_conflict", &7_u8);
        assert_eq!(error.current::<u8>(), Some(7));
        assert_eq!(error.current::<String>(), None);
        assert_eq!(Error::conflict("ticket_conflict").current::<u8>(), None);
    }

    #[test]
    fn every_error_crosses_the_wire() {
        for error in [
            Error::unreadable("a"),
            Error::unauthenticated("b"),
            Error::forbidden(),
            Error::NotFound,
            Error::conflict_with("c", &[1, 2]),
            Error::TooLarge { code: "d".into() },
            Error::Unsupported { code: "e".into() },
            Error::invalid("email", "f"),
            Error::TooMany { retry_after_s: 17 },
            Error::Unavailable { retry_after_s: 5 },
            Error::Internal(Reference("r-1".into())),
        ] {
            let text = serde_json::to_string(&error).expect("serialises");
            assert_eq!(serde_json::from_str::<Error>(&text).expect("reads back"), error, "{text}");
        }
    }
}
