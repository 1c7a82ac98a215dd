//! Tickets as the rest of the program knows them. Pure; they are made of what came over the wire in `reading`.

mod ids;
mod reading;

use time::OffsetDateTime;

pub use self::ids::{ArticleId, TicketId};
pub(super) use self::reading::{Incomplete, Reader, done, found};
use super::HostTime;

/// How much of a ticket is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Its fields, dynamic ones too, no articles.
    Fields,
    /// Also its articles with the names of their files.
    Articles,
    /// Also what is in the files, and the HTML of articles as a file named `file-2`.
    Files,
}

/// A row of one of OTRS's tables: queues, states, priorities, types, services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its number.
    pub id: i64,
    /// Its name; administrators may change it.
    pub name: String,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// His number; 1 is `root@localhost`: nobody.
    pub id: i64,
    /// His login.
    pub login: String,
}

/// What a state means, whatever its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// `new`
    New,
    /// `open`
    Open,
    /// `closed`
    Closed,
    /// `pending reminder`
    PendingReminder,
    /// `pending auto`
    PendingAuto,
    /// `removed`
    Removed,
    /// `merged`
    Merged,
    /// A kind of somebody's own.
    Other(String),
}

impl StateKind {
    /// The kind of this name.
    #[must_use]
    pub fn of(name: String) -> Self {
        let known = [
            Self::New,
            Self::Open,
            Self::Closed,
            Self::PendingReminder,
            Self::PendingAuto,
            Self::Removed,
            Self::Merged,
        ];
        known.into_iter().find(|kind| kind.name() == name).unwrap_or(Self::Other(name))
    }

    /// Its name in OTRS.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::PendingReminder => "pending reminder",
            Self::PendingAuto => "pending auto",
            Self::Removed => "removed",
            Self::Merged => "merged",
            Self::Other(name) => name,
        }
    }
}

/// When something has to be done at the latest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// The next of the others.
    pub next: Option<OffsetDateTime>,
    /// First answer.
    pub first_response: Option<OffsetDateTime>,
    /// Next answer.
    pub update: Option<OffsetDateTime>,
    /// Solution.
    pub solution: Option<OffsetDateTime>,
}

/// An additional field of this OTRS; empty: no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds; several with multiple choice.
    pub values: Vec<String>,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its number inside of OTRS.
    pub id: TicketId,
    /// Its number for people: digits, but never a number to count with.
    pub number: String,
    /// At most 191 characters; OTRS cuts longer ones without a word.
    pub title: String,
    /// Where it is.
    pub queue: Named,
    /// How far it is.
    pub state: Named,
    /// What that means.
    pub state_kind: StateKind,
    /// How urgent.
    pub priority: Named,
    /// Whether its owner has taken it.
    pub locked: bool,
    /// Who works on it.
    pub owner: Agent,
    /// Who answers for it.
    pub responsible: Agent,
    /// Login of who asked, or an e-mail address.
    pub customer_user: Option<String>,
    /// The company of who asked.
    pub customer_company: Option<String>,
    /// What sort of request, where this OTRS asks for it.
    pub kind: Option<Named>,
    /// Service, where this OTRS asks for it.
    pub service: Option<Named>,
    /// Service level agreement.
    pub sla: Option<Named>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Who made it.
    pub created_by: i64,
    /// When it was last changed, notes included.
    pub changed_at: OffsetDateTime,
    /// The same as the host's clock showed it: what searches compare.
    pub changed: HostTime,
    /// Who changed it last; 1 is OTRS itself.
    pub changed_by: i64,
    /// When its waiting ends.
    pub pending_until: Option<OffsetDateTime>,
    /// When it escalates.
    pub deadlines: Deadlines,
    /// When it was first answered.
    pub first_response_at: Option<OffsetDateTime>,
    /// When it was first taken.
    pub first_lock_at: Option<OffsetDateTime>,
    /// When it was last closed, also if it is open again.
    pub closed_at: Option<OffsetDateTime>,
    /// All additional fields of this OTRS.
    pub fields: Vec<Field>,
    /// Oldest first; none with [`Detail::Fields`].
    pub articles: Vec<Article>,
}

/// Something written in a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its number.
    pub id: ArticleId,
    /// 1, 2, … in the ticket.
    pub number: i64,
    /// When it was written.
    pub at: OffsetDateTime,
    /// Who stored it.
    pub created_by: i64,
    /// 1 e-mail, 2 telephone, 3 internal; others belong to additions of an OTRS.
    pub channel: i64,
    /// `agent`, `system` or `customer`.
    pub sender: String,
    /// Whether the customer sees it.
    pub visible_for_customer: bool,
    /// Taken back (OTOBO 11).
    pub deleted: bool,
    /// Changed afterwards (OTOBO 11).
    pub edited: bool,
    /// Headers as they stand there.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Copies.
    pub cc: String,
    /// Where answers are wanted.
    pub reply_to: String,
    /// Of a mail.
    pub message_id: String,
    /// What it is about.
    pub subject: String,
    /// Plain text, also of an HTML mail. Control characters are kept by OTRS.
    pub body: String,
    /// As it was sent, with the charset.
    pub content_type: String,
    /// Its files, by name.
    pub attachments: Vec<Attachment>,
}

/// A file of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its place in the article, from 1.
    pub n: i64,
    /// As it was sent: it may hold `../`.
    pub name: String,
    /// As it was sent.
    pub content_type: String,
    /// For pictures in an HTML text.
    pub content_id: String,
    /// Whether it is part of the text rather than added to it.
    pub inline: bool,
    /// In bytes.
    pub size: u64,
    /// Base64; only with [`Detail::Files`].
    pub content: Option<String>,
}

/// What was done: answer of a creation or change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number for people.
    pub number: String,
    /// The article, if there was one.
    pub article: Option<ArticleId>,
}

/// What happened to a ticket, oldest first. Entries have no numbers of their own; none is ever taken away or put
/// between others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The ticket.
    pub ticket: TicketId,
    /// What happened.
    pub entries: Vec<HistoryEntry>,
}

/// One thing that happened, and how the ticket was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When.
    pub at: OffsetDateTime,
    /// By whom; 1 is OTRS itself.
    pub by: i64,
    /// What: `NewTicket`, `StateUpdate`, `OwnerUpdate`, …
    pub kind: String,
    /// Raw text; values stand behind `%%`.
    pub name: String,
    /// The article that came.
    pub article: Option<ArticleId>,
    /// Queue then.
    pub queue: i64,
    /// State then.
    pub state: i64,
    /// Owner then.
    pub owner: i64,
    /// Priority then.
    pub priority: i64,
}

impl HistoryEntry {
    /// The values in the raw text.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.name.strip_prefix("%%").into_iter().flat_map(|rest| rest.split("%%"))
    }
}
