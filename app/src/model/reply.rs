//! Ready texts for operators. What their placeholders stand for is in [`crate::helpdesk::replies`].

use serde::{Deserialize, Serialize};

use super::ids::ReplyId;

/// What a ready text is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Purpose {
    /// Whatever is written.
    #[default]
    Any,
    /// Answers to the customer.
    Reply,
    /// Notes for agents.
    Comment,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Any, Self::Reply, Self::Comment];

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Reply => "reply",
            Self::Comment => "comment",
        }
    }

    /// The one of that name; an unknown one is for whatever is written.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|known| known.as_str() == name).unwrap_or_default()
    }
}

/// A ready text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Reply {
    /// Stable name of the record.
    pub id: ReplyId,
    /// What it is called, 1 to 100 characters.
    pub title: String,
    /// The text with placeholders.
    pub body: String,
    /// The queue in whose tickets it is offered first.
    pub queue: Option<String>,
    /// What it is for.
    pub purpose: Purpose,
    /// Grows with each change; a change names the version it saw.
    pub version: i64,
}

/// A ready text to be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReplyDraft {
    /// What it is called, 1 to 100 characters.
    pub title: String,
    /// The text, at most 20 000 characters. Placeholders: `{customer_name}`, `{ticket_number}`, `{title}`, `{queue}`,
    /// `{operator_name}`, `{greeting}`.
    pub body: String,
    /// The queue in whose tickets it is offered first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// What it is for.
    pub purpose: Purpose,
}

/// A change of a ready text; all of it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReplyChange {
    /// What it is from now on.
    #[serde(flatten)]
    pub draft: ReplyDraft,
    /// The version the author saw; another one by now is a conflict.
    pub version: i64,
}
