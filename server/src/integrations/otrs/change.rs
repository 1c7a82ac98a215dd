//! What may be asked of OTRS: a new ticket, a change of one. Pure; how it is written is in `request`.

use time::OffsetDateTime;

/// A row of one of OTRS's tables, by its number or its exact name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By number.
    Id(i64),
    /// By the whole name, such as `3 normal` or `Helpdesk::Level2`.
    Name(String),
}

/// Whether the customer sees an article. OTRS shows what nobody says anything of (220), so it is always said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visible {
    /// Also the customer.
    Customer,
    /// Agents alone.
    Agents,
}

/// How an article came about. OTRS itself mails nothing for any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A note.
    Internal,
    /// A talk.
    Phone,
    /// A mail; To and Cc are stored with this one alone.
    Email,
}

/// On whose behalf an article stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Somebody of ours.
    Agent,
    /// Who asked.
    Customer,
}

/// An article to write; plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArticle {
    /// One line; blank or "0" counts as missing there.
    pub subject: String,
    /// The text; blank or "0" counts as missing there.
    pub body: String,
    /// Who sees it.
    pub visible: Visible,
    /// How it came about.
    pub channel: Channel,
    /// On whose behalf.
    pub sender: Sender,
    /// Header; the acting agent's name unless given.
    pub from: Option<String>,
    /// Header. OTRS ignores it in a new ticket (086).
    pub to: Option<String>,
    /// Header. As above.
    pub cc: Option<String>,
    /// What the history says of it.
    pub history_comment: Option<String>,
}

impl NewArticle {
    /// A note by an agent.
    #[must_use]
    pub fn note(subject: impl Into<String>, body: impl Into<String>, visible: Visible) -> Self {
        Self {
            subject: subject.into(),
            body: body.into(),
            visible,
            channel: Channel::Internal,
            sender: Sender::Agent,
            from: None,
            to: None,
            cc: None,
            history_comment: None,
        }
    }
}

/// A file to add to an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its type.
    pub content_type: String,
    /// What is in it; OTRS refuses an empty one.
    pub content: Vec<u8>,
}

/// When waiting ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// At this time, to the minute.
    Until(OffsetDateTime),
    /// So many minutes from now.
    Minutes(u32),
}

/// To take or to let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockChange {
    /// Take. The owner stays who it was: name one too.
    Lock,
    /// Let go. OTRS then puts the owner back to `root@localhost` (238) unless set otherwise.
    Unlock,
}

/// Additional fields to set, by name; no values clear one.
pub type Fields = Vec<super::Field>;

/// What is changed of a ticket. OTRS works it off in this order, and what is done stays done if a later step fails:
/// title, queue, lock, type, state, service, customer, priority, owner, responsible, article, fields, files.
///
/// Letting go, closing and moving take the lock off and the owner away; to move and keep the owner, name queue, lock
/// and owner together (444).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Cut to 191 characters there, without a word.
    pub title: Option<String>,
    /// Where it is.
    pub queue: Option<Reference>,
    /// Taken or not.
    pub lock: Option<LockChange>,
    /// What sort of request.
    pub kind: Option<Reference>,
    /// How far it is.
    pub state: Option<Reference>,
    /// When waiting ends; pending states need it.
    pub pending: Option<Pending>,
    /// Service.
    pub service: Option<Reference>,
    /// Service level agreement.
    pub sla: Option<Reference>,
    /// Who asked: a login, or an e-mail address.
    pub customer_user: Option<String>,
    /// How urgent.
    pub priority: Option<Reference>,
    /// Who works on it.
    pub owner: Option<Reference>,
    /// Who answers for it.
    pub responsible: Option<Reference>,
    /// Something to write.
    pub article: Option<NewArticle>,
    /// Additional fields.
    pub fields: Fields,
    /// Files of the article.
    pub files: Vec<File>,
}

/// A ticket to make. There is no idempotency: put a key of your own into a field and search for it before trying again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTicket {
    /// What is needed and may be given: title, customer, queue, state and priority must be there.
    pub ticket: Change,
    /// What it is about. From is the customer whatever is given.
    pub article: NewArticle,
}
