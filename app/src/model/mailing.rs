//! Who mails a reply to the customer, how that is found out, and how far a mail of ours is.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ids::TicketId;

/// Who mails what operators answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Mailing {
    /// Nobody has found out yet; the customer sees it in the portal.
    #[default]
    Unknown,
    /// This OTRS does.
    Otrs,
    /// Nobody: the customer sees it in the portal.
    Portal,
    /// Vakhta does (`SMTP_URL`).
    Vakhta,
}

impl Mailing {
    /// The one of that name on the wire.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "otrs" => Self::Otrs,
            "portal" => Self::Portal,
            "vakhta" => Self::Vakhta,
            _ => Self::Unknown,
        }
    }
}

/// How far the mail of a reply is, where it is Vakhta that mails it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum MailState {
    /// It will be sent, or the mail server is away.
    #[default]
    Waiting,
    /// The mail server has it.
    Sent,
    /// It was refused. The author may have it sent again.
    Failed,
    /// The connection broke when its text was handed over: it may have gone, so it is not sent again by itself.
    Unclear,
    /// The author does without it.
    Dropped,
}

impl MailState {
    /// The one of that name, on the wire and in the database.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "sent" => Self::Sent,
            "failed" => Self::Failed,
            "unclear" => Self::Unclear,
            "dropped" => Self::Dropped,
            _ => Self::Waiting,
        }
    }

    /// It waits for its author.
    #[must_use]
    pub const fn is_stopped(self) -> bool {
        matches!(self, Self::Failed | Self::Unclear)
    }
}

/// The mail of a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ActionMail {
    /// How far it is.
    pub state: MailState,
    /// To which address.
    pub to: String,
    /// Why it is not sent: `no_address`, `smtp_away`, `smtp_refused`, `unclear`, `smtp_not_configured`.
    pub reason: Option<String>,
    /// What the mail server said, in its words.
    pub detail: Option<String>,
}

/// What is known of mails to customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MailingReport {
    /// Who mails them, as it is set.
    pub mailing: Mailing,
    /// As whom Vakhta would mail; absent without `SMTP_URL`.
    pub from: Option<String>,
    /// The last check.
    pub check: Option<MailCheck>,
}

/// A check whether this OTRS mails, begun by an administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MailCheckRequest {
    /// The number (for people) of a ticket whose customer may get a mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// Or an address of one's own: a ticket is made for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Where that ticket goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

/// What was done to find it out, and what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MailCheck {
    /// In which ticket a mail to its customer was written.
    pub ticket_id: TicketId,
    /// Its number for people.
    pub ticket_number: String,
    /// To which address.
    pub to: String,
    /// When.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
    /// What the history of the ticket shows since then, as OTRS calls it.
    pub seen: Vec<String>,
    /// One of it says that the customer was mailed. Without one nothing is proven: a mail server may send without a trace here.
    pub sign: bool,
    /// Whether the mail arrived, as the administrator says.
    #[serde(default)]
    pub arrived: Option<bool>,
}

/// What the administrator says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MailArrived {
    /// The mail of the check is there.
    pub arrived: bool,
}
