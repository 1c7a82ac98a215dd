//! What is written in a ticket, and what happened to it.

use serde::Serialize;
use time::OffsetDateTime;

use crate::model::ids::ArticleId;

/// How an article came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Channel {
    /// A mail.
    Email,
    /// A talk.
    Phone,
    /// A note, or the customer's portal.
    Internal,
    /// An addition of this OTRS: a chat, a message.
    #[default]
    #[serde(other)]
    Other,
}

/// On whose behalf an article stands there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Sender {
    /// Somebody of ours.
    Agent,
    /// Who asked.
    Customer,
    /// OTRS itself.
    #[default]
    #[serde(other)]
    System,
}

impl Sender {
    /// The one of that name in OTRS.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "agent" => Self::Agent,
            "customer" => Self::Customer,
            _ => Self::System,
        }
    }
}

/// Something written in a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Article {
    /// Its number inside of OTRS.
    pub id: ArticleId,
    /// When it was written.
    #[serde(with = "crate::model::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
    /// As it stands there: a name, an address, or both.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Copies.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cc: String,
    /// What it is about.
    pub subject: String,
    /// Plain text, also of an HTML mail; without control characters other than line feeds and tabs.
    pub body: String,
    /// How it came about.
    pub channel: Channel,
    /// On whose behalf it stands there.
    pub sender: Sender,
    /// Whether the customer sees it.
    pub visible_for_customer: bool,
    /// Nobody of the caller's has seen it yet.
    #[serde(default)]
    pub unread: bool,
    /// The body is cut; the whole is in OTRS.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
    /// Its files.
    pub attachments: Vec<Attachment>,
}

/// A file of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// Its number in the ticket.
    pub n: u32,
    /// Its name, made safe.
    pub name: String,
    /// Its type: one that a browser only shows, else `application/octet-stream`.
    #[serde(rename = "type")]
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// It is part of the text rather than added to it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
    /// Its first page may be looked at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preview: bool,
}

/// Something that happened to a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    /// When.
    #[serde(with = "crate::model::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
    /// The login of who did it, where it is known; absent for OTRS itself.
    pub by: Option<String>,
    /// What, as OTRS calls it: `NewTicket`, `StateUpdate`, `OwnerUpdate`, `Move`, `Lock`, `AddNote`, …
    pub kind: String,
    /// More about it, as OTRS writes it down: the old and the new state, …
    pub values: Vec<String>,
    /// The article that came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
}
