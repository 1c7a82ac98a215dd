//! What is written into the copy.

use serde::Serialize;
use time::OffsetDateTime;

/// A name that tickets gave to a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Name {
    pub id: i64,
    pub name: String,
    pub kind: String,
}

/// A ticket to be written.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Ticket {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub queue_id: i64,
    pub queue: String,
    pub state_id: i64,
    pub state: String,
    pub state_type: String,
    pub priority_id: i64,
    pub priority: String,
    pub locked: bool,
    pub owner_id: i64,
    pub owner: String,
    pub responsible_id: i64,
    pub responsible: String,
    pub customer_login: Option<String>,
    pub customer_company: Option<String>,
    pub customer_name: Option<String>,
    pub customer_email: Option<String>,
    pub kind: Option<String>,
    pub service: Option<String>,
    pub sla: Option<String>,
    pub fields: serde_json::Value,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub changed_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    pub escalates_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub first_response_due: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub update_due: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub solution_due: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub pending_until: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub first_response_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub first_lock_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub closed_at: Option<OffsetDateTime>,
    pub last_article_id: i64,
    pub last_sender: String,
    pub merged_into: Option<i64>,
    pub version: String,
    pub reading: i64,
    /// Words that weigh much.
    pub words: String,
    /// Words of the articles.
    pub more_words: String,
}

/// An article to be written.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Article {
    pub id: i64,
    pub ticket_id: i64,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    pub created_by: i64,
    pub channel: i64,
    pub sender: String,
    pub visible: bool,
    pub deleted: bool,
    pub sent_from: String,
    pub sent_to: String,
    pub cc: String,
    pub subject: String,
    pub body: String,
    pub body_cut: bool,
}

/// A file to be written.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Attachment {
    pub ticket_id: i64,
    pub article_id: i64,
    pub place: i64,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub inline: bool,
}

/// An entry of a history to be written.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Entry {
    pub ticket_id: i64,
    pub place: i32,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    pub by: i64,
    pub kind: String,
    pub name: String,
    pub article_id: Option<i64>,
    pub queue_id: i64,
    pub state_id: i64,
    pub owner_id: i64,
    pub priority_id: i64,
}
