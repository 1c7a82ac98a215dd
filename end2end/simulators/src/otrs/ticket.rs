//! What is stored. Times are what the host's clock showed, as seconds since 1970 of that clock: the database of the
//! product holds texts without a zone.

use std::collections::BTreeMap;

use serde_json::Value;

/// A ticket.
#[derive(Clone, Debug, Default)]
pub struct Ticket {
    /// Its number inside.
    pub id: i64,
    /// Its number for people.
    pub number: String,
    /// Title.
    pub title: String,
    /// Queue.
    pub queue: i64,
    /// State.
    pub state: i64,
    /// Priority.
    pub priority: i64,
    /// Whether it is taken.
    pub locked: bool,
    /// Type.
    pub type_id: i64,
    /// Service.
    pub service: Option<i64>,
    /// Service level agreement.
    pub sla: Option<i64>,
    /// Owner.
    pub owner: i64,
    /// Responsible.
    pub responsible: i64,
    /// Company.
    pub customer: Option<String>,
    /// Customer user.
    pub customer_user: Option<String>,
    /// When it was made.
    pub created: i64,
    /// Who made it.
    pub created_by: i64,
    /// When it was changed.
    pub changed: i64,
    /// Who changed it.
    pub changed_by: i64,
    /// Absolute; 0 is none.
    pub unlock_timeout: i64,
    /// Absolute; 0 is none.
    pub pending: i64,
    /// When first answer, next answer and solution are due, absolute; 0 is none.
    pub due: [i64; 3],
    /// Values of dynamic fields.
    pub fields: BTreeMap<String, Value>,
    /// Oldest first.
    pub articles: Vec<Article>,
    /// Oldest first.
    pub history: Vec<Entry>,
}

/// An article.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Its number.
    pub id: i64,
    /// 1 e-mail, 2 telephone, 3 internal.
    pub channel: i64,
    /// `agent` or `customer`.
    pub sender: &'static str,
    /// Whether the customer sees it.
    pub visible: bool,
    /// Header.
    pub from: String,
    /// Header.
    pub to: String,
    /// Header.
    pub cc: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Without the charset.
    pub mime_type: String,
    /// Charset.
    pub charset: String,
    /// When it was stored.
    pub created: i64,
    /// Who stored it.
    pub created_by: i64,
    /// The same, absolute.
    pub incoming: i64,
    /// Time spent.
    pub time_unit: i64,
    /// By name.
    pub attachments: Vec<Attachment>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its type.
    pub content_type: String,
    /// What is in it.
    pub content: Vec<u8>,
    /// Whether it is the HTML of the article.
    pub is_html_body: bool,
}

/// Something that happened, and how the ticket was then.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: i64,
    /// By whom.
    pub by: i64,
    /// What.
    pub kind: &'static str,
    /// Values behind `%%`.
    pub name: String,
    /// The article, or 0.
    pub article: i64,
    /// Queue then.
    pub queue: i64,
    /// State then.
    pub state: i64,
    /// Owner then.
    pub owner: i64,
    /// Priority then.
    pub priority: i64,
    /// Type then.
    pub type_id: i64,
}

/// Kinds of senders, in the order of their numbers from 1.
pub const SENDERS: [&str; 3] = ["agent", "system", "customer"];

/// Channels, in the order of their numbers from 1.
pub const CHANNELS: [&str; 3] = ["Email", "Phone", "Internal"];
