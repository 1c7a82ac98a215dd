//! What can be out of order with Telegram: outages and single failures.

use std::collections::HashMap;

/// How the Bot API behaves as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outage {
    /// Works.
    #[default]
    None,
    /// Answers 502 to everything.
    ServerError,
    /// Takes requests and says nothing until the outage ends.
    Silence,
}

impl Outage {
    /// Its name in the client page.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ServerError => "server_error",
            Self::Silence => "silence",
        }
    }

    /// The outage of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::None, Self::ServerError, Self::Silence].into_iter().find(|outage| outage.as_str() == name)
    }
}

/// What a single call is answered with instead of being carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `error_code` and HTTP status.
    pub code: u16,
    /// `description`.
    pub description: String,
    /// `parameters.retry_after`, s.
    pub retry_after: Option<u64>,
    /// The call is carried out all the same and only its answer is lost, as with a broken connection.
    pub carried_out: bool,
}

impl Failure {
    /// 429 with this wait, s.
    #[must_use]
    pub fn too_many(retry_after: u64) -> Self {
        Self {
            code: 429,
            description: format!("Too Many Requests: retry after {retry_after}"),
            retry_after: Some(retry_after),
            carried_out: false,
        }
    }

    /// 500 before anything was done.
    #[must_use]
    pub fn server_error() -> Self {
        Self { code: 500, description: "Internal Server Error".into(), retry_after: None, carried_out: false }
    }

    /// 502 after the call was carried out: the caller cannot know.
    #[must_use]
    pub fn answer_lost() -> Self {
        Self { code: 502, description: "Bad Gateway".into(), retry_after: None, carried_out: true }
    }
}

/// Everything that is out of order now.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// The whole Bot API.
    pub outage: Outage,
    /// The next calls of a method (lower case), first in first out.
    pub next: HashMap<String, Vec<Failure>>,
}

impl Faults {
    pub(super) fn take(&mut self, method: &str) -> Option<Failure> {
        let failures = self.next.get_mut(method).filter(|failures| !failures.is_empty())?;
        Some(failures.remove(0))
    }
}
