//! Tickets of OTRS as our copy of them knows them. How a list of them is asked for is in [`query`], what is written in them
//! in [`article`], what is done to them in [`super::action`].

mod article;
pub mod asked;
mod query;
mod related;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    action::Action,
    ids::{EmployeeId, TicketId},
};
pub use article::{Article, Attachment, Channel, HistoryEntry, Sender};
use asked::FieldKind;
pub use query::{
    Owner, Queue, TicketChoices, TicketCounts, TicketList, TicketNews, TicketQuery, TicketSort, TicketState, View, What,
};
pub use related::{Desktop, RelatedServer};

/// What a state means; OTRS lets administrators name the states themselves as they like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum StateType {
    /// Nobody has worked on it.
    #[serde(rename = "new")]
    New,
    /// Somebody works on it.
    #[serde(rename = "open")]
    Open,
    /// It is over.
    #[serde(rename = "closed")]
    Closed,
    /// It waits, and somebody is reminded then.
    #[serde(rename = "pending reminder")]
    PendingReminder,
    /// It waits, and is closed by itself then.
    #[serde(rename = "pending auto")]
    PendingAuto,
    /// It was a mistake.
    #[serde(rename = "removed")]
    Removed,
    /// It is part of another one now.
    #[serde(rename = "merged")]
    Merged,
    /// A meaning of somebody's own.
    #[default]
    #[serde(rename = "other", other)]
    Other,
}

impl StateType {
    /// The name in OTRS, on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::PendingReminder => "pending reminder",
            Self::PendingAuto => "pending auto",
            Self::Removed => "removed",
            Self::Merged => "merged",
            Self::Other => "other",
        }
    }

    /// The meaning of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let known = [
            Self::New,
            Self::Open,
            Self::Closed,
            Self::PendingReminder,
            Self::PendingAuto,
            Self::Removed,
            Self::Merged,
        ];
        known.into_iter().find(|kind| kind.as_str() == name).unwrap_or_default()
    }

    /// Whether nothing more is to be done.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Removed | Self::Merged)
    }
}

/// Whether somebody has taken a ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Lock {
    /// Its owner works on it.
    Lock,
    /// It is free.
    #[default]
    Unlock,
}

/// Who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Customer {
    /// His login in OTRS, or an address when he has none.
    pub login: String,
    /// His name: of the employee, else as he writes himself.
    pub name: Option<String>,
    /// His address.
    pub email: Option<String>,
    /// The person in the directory who has this address.
    pub employee_id: Option<EmployeeId>,
}

/// A ticket. In lists without articles, history and details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Ticket {
    /// Its number inside of OTRS.
    pub id: TicketId,
    /// Its number for people: digits, never to be counted with.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Where it is, with the queues above: `Helpdesk::Level2`.
    pub queue: String,
    /// How far it is, as this OTRS calls it.
    pub state: String,
    /// What that means.
    pub state_type: StateType,
    /// How urgent it is, as this OTRS calls it: `3 normal`.
    pub priority: String,
    /// Whether it is taken.
    pub lock: Lock,
    /// The login of who works on it; absent while nobody does (`root@localhost`).
    pub owner: Option<String>,
    /// The login of who answers for it.
    pub responsible: Option<String>,
    /// Who asked.
    pub customer: Option<Customer>,
    /// When it was made.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub created_at: OffsetDateTime,
    /// When it was last changed.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub changed_at: OffsetDateTime,
    /// When the next promise is broken.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub escalates_at: Option<OffsetDateTime>,
    /// Until when it waits.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub pending_until: Option<OffsetDateTime>,
    /// Something was written in it that I have not seen.
    pub unread: bool,
    /// I watch it.
    #[serde(default)]
    pub watched: bool,
    /// What it looked like: an action names what its author saw.
    pub version: String,
    /// As of when the copy is right.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub as_of: OffsetDateTime,
    /// What is written in it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Article>,
    /// What happened to it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<HistoryEntry>,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<TicketDetail>,
}

/// What only the page of a ticket shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketDetail {
    /// What sort of request.
    pub kind: Option<String>,
    /// Service.
    pub service: Option<String>,
    /// Service level agreement.
    pub sla: Option<String>,
    /// The customer's company.
    pub company: Option<String>,
    /// Additional fields of this OTRS that hold something.
    pub fields: Vec<TicketField>,
    /// Where the customer sits.
    pub desktop: Desktop,
    /// Watched servers that it speaks of, by name or address.
    pub servers: Vec<RelatedServer>,
    /// When the first answer is due.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub first_response_due: Option<OffsetDateTime>,
    /// When the next answer is due.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub update_due: Option<OffsetDateTime>,
    /// When the solution is due.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub solution_due: Option<OffsetDateTime>,
    /// When it was last closed.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub closed_at: Option<OffsetDateTime>,
    /// The ticket it was merged into.
    pub merged_into: Option<TicketId>,
    /// The same ticket in the agent's interface of OTRS.
    pub web_url: Option<String>,
    /// Actions of mine on it that are not done.
    pub actions: Vec<Action>,
}

/// An additional field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketField {
    /// Its name in OTRS.
    pub name: String,
    /// What people read.
    #[serde(default)]
    pub label: String,
    /// What a value is, where an administrator said so.
    #[serde(default)]
    pub kind: FieldKind,
    /// What it holds; several with multiple choice.
    pub values: Vec<String>,
}
