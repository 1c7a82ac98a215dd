//! What a web service answers, exactly. Pure.
//!
//! The server is written in Perl: the same field is a number in one answer and a text in the next, a list of one may be
//! the one itself, what is empty is missing, null or an empty text. All of it is read here. Only what is used is named;
//! `tests` holds all recordings against it.

pub(super) mod liberal;

#[cfg(test)]
mod tests;

#[cfg(test)]
use serde::Serialize;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use self::liberal::{Flag, Many, Number, Text, Texts};

/// Answer of `SessionCreate`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default)]
pub struct SessionCreated {
    #[serde(rename = "SessionID")]
    pub session: Text,
}

/// Answer of `TicketCreate` and `TicketUpdate`. With `IncludeTicketData` it also has the ticket, which is not read:
/// after an update without an article its article is only a stub (425).
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default)]
pub struct Done {
    #[serde(rename = "TicketID")]
    pub ticket: Number,
    #[serde(rename = "TicketNumber")]
    pub number: Text,
    #[serde(rename = "ArticleID")]
    pub article: Number,
}

/// Answer of `TicketSearch`; nothing found: an empty object.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default)]
pub struct Found {
    #[serde(rename = "TicketID")]
    pub tickets: Many<Number>,
}

/// Answer of `TicketGet`: tickets, each read by itself, so that one that cannot be read does not hide the others.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default)]
pub struct Got {
    #[serde(rename = "Ticket")]
    pub tickets: Many<Value>,
}

/// Answer of `TicketHistoryGet`: histories, likewise.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default)]
pub struct Histories {
    #[serde(rename = "TicketHistory")]
    pub tickets: Many<Value>,
}

/// A ticket.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default, rename_all = "PascalCase")]
pub struct Ticket {
    #[serde(rename = "TicketID")]
    pub id: Number,
    pub ticket_number: Text,
    pub title: Text,
    #[serde(rename = "QueueID")]
    pub queue_id: Number,
    pub queue: Text,
    #[serde(rename = "StateID")]
    pub state_id: Number,
    pub state: Text,
    pub state_type: Text,
    #[serde(rename = "PriorityID")]
    pub priority_id: Number,
    pub priority: Text,
    pub lock: Text,
    #[serde(rename = "OwnerID")]
    pub owner_id: Number,
    pub owner: Text,
    #[serde(rename = "ResponsibleID")]
    pub responsible_id: Number,
    pub responsible: Text,
    #[serde(rename = "CustomerID")]
    pub customer_id: Text,
    #[serde(rename = "CustomerUserID")]
    pub customer_user_id: Text,
    #[serde(rename = "TypeID")]
    pub type_id: Number,
    #[serde(rename = "Type")]
    pub type_name: Text,
    #[serde(rename = "ServiceID")]
    pub service_id: Number,
    pub service: Text,
    #[serde(rename = "SLAID")]
    pub sla_id: Number,
    #[serde(rename = "SLA")]
    pub sla: Text,
    pub created: Text,
    pub create_by: Number,
    pub changed: Text,
    pub change_by: Number,
    /// Seconds since it was created.
    pub age: Number,
    /// Of the pending time; 0 is none.
    pub real_till_time_not_used: Number,
    pub escalation_destination_time: Number,
    pub first_response_time_destination_time: Number,
    pub update_time_destination_time: Number,
    pub solution_time_destination_time: Number,
    pub first_response: Text,
    pub first_lock: Text,
    pub closed: Text,
    pub dynamic_field: Many<DynamicField>,
    pub article: Many<Article>,
}

/// An additional field of an installation.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default, rename_all = "PascalCase")]
pub struct DynamicField {
    pub name: Text,
    pub value: Texts,
}

/// Something written in a ticket.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default, rename_all = "PascalCase")]
pub struct Article {
    #[serde(rename = "ArticleID")]
    pub id: Number,
    pub article_number: Number,
    #[serde(rename = "CommunicationChannelID")]
    pub channel_id: Number,
    pub sender_type: Text,
    pub is_visible_for_customer: Flag,
    pub is_deleted: Flag,
    pub is_edited: Flag,
    pub from: Text,
    pub to: Text,
    pub cc: Text,
    pub reply_to: Text,
    pub subject: Text,
    pub body: Text,
    pub content_type: Text,
    #[serde(rename = "MessageID")]
    pub message_id: Text,
    pub create_time: Text,
    pub create_by: Number,
    /// When it came, since 1970: the only absolute time of an article.
    pub incoming_time: Number,
    pub attachment: Many<Attachment>,
}

/// A file of an article.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default, rename_all = "PascalCase")]
pub struct Attachment {
    pub filename: Text,
    pub content_type: Text,
    #[serde(rename = "ContentID")]
    pub content_id: Text,
    pub disposition: Text,
    pub filesize_raw: Number,
    /// Base64.
    pub content: Text,
}

/// The history of one ticket.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default, rename_all = "PascalCase")]
pub struct History {
    #[serde(rename = "TicketID")]
    pub ticket: Number,
    pub history: Many<HistoryEntry>,
}

/// One thing that happened.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
#[serde(default, rename_all = "PascalCase")]
pub struct HistoryEntry {
    /// 0: none.
    #[serde(rename = "ArticleID")]
    pub article: Number,
    pub create_by: Number,
    pub create_time: Text,
    pub history_type: Text,
    pub name: Text,
    #[serde(rename = "OwnerID")]
    pub owner_id: Number,
    #[serde(rename = "PriorityID")]
    pub priority_id: Number,
    #[serde(rename = "QueueID")]
    pub queue_id: Number,
    #[serde(rename = "StateID")]
    pub state_id: Number,
}

/// The number in a ticket or a history of one, however unreadable the rest is.
pub fn id_of(value: &Value) -> Option<i64> {
    Number::deserialize(value.get("TicketID")?).ok()?.0
}

/// Reads an answer; the error says where it is not as expected, never what stands there.
pub fn read<T: DeserializeOwned>(answer: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(answer).map_err(|error| format!("cannot be read at {}", error.path()))
}
