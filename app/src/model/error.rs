//! What can go wrong, as far as a caller can act on it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The outcome of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The id of the request in which something went wrong, to find it in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[serde(rename_all = "snake_case")]
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
        /// What stands in the way, as it is now, if the caller may see it ([`Error::current`]).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        current: Option<Box<serde_json::Value>>,
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
        Self::Conflict { code: code.into(), current: serde_json::to_value(current).ok().map(Box::new) }
    }

    /// What stands in the way of a [`Error::Conflict`], when it is told and is a `T`.
    #[must_use]
    pub fn current<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Conflict { current: Some(current), .. } => T::deserialize(&**current).ok(),
            _ => None,
        }
    }

    /// [`Error::Invalid`] with this code for this field.
    pub fn invalid(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), code: code.into() }
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

/// An error as other programs see it: `application/problem+json`, RFC 9457.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// For 409: what stands in the way, as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<serde_json::Value>,
}

#[cfg(test)]
mod tests {
    use super::Error;

    #[test]
    fn a_conflict_carries_what_stands_in_the_way() {
        let error = Error::conflict_with("ticket_conflict", &7_u8);
        assert_eq!(error.current::<u8>(), Some(7));
        assert_eq!(error.current::<String>(), None);
        assert_eq!(Error::conflict("ticket_conflict").current::<u8>(), None);
    }
}
