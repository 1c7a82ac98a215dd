//! What people do to tickets. An action is stored before anything is sent, so that it outlives the screen.

use serde::Serialize;
use time::OffsetDateTime;

use super::{
    ids::{ActionId, EmployeeId, TicketId, UploadId},
    mailing::ActionMail,
    ticket::{HistoryEntry, asked::FieldValue},
};

/// Bytes of all files of a new ticket, or of an action.
pub const LARGEST_FILES: u64 = 12 << 20;
/// How many there may be.
pub const MOST_FILES: usize = 20;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        #[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$what])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name on the wire and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The one of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == name)
            }
        }
    };
}

names!(
    /// What is done.
    ActionKind {
        /// The author works on it from now on.
        Take = "take",
        /// The owner lets it go.
        Release = "release",
        /// It is over, successfully.
        Close = "close",
        /// It is over, unsuccessfully; `comment` says why.
        Reject = "reject",
        /// A note for agents.
        Comment = "comment",
        /// An answer that the customer sees.
        Reply = "reply",
        /// To `queue`.
        Move = "move",
        /// To `priority`.
        Priority = "priority",
        /// It waits until `until`.
        Pending = "pending",
        /// To the agent `owner`.
        Assign = "assign",
        /// It is not over after all.
        Reopen = "reopen",
        /// A new ticket; only in lists of actions.
        Create = "create",
    }
);

names!(
    /// How far an action is.
    ActionState {
        /// It can still be undone, or OTRS is away.
        Waiting = "waiting",
        /// It is on its way, or was sent and nobody knows yet whether it happened.
        Sent = "sent",
        /// OTRS has done it.
        Done = "done",
        /// The ticket moved on since the author looked at it; nothing was done.
        Conflict = "conflict",
        /// The author has to sign in to OTRS again.
        NeedsSignIn = "needs_sign_in",
        /// OTRS refuses it.
        Failed = "failed",
        /// The author took it back.
        Undone = "undone",
    }
);

/// What somebody wants to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ActionRequest {
    /// What.
    pub action: ActionKind,
    /// What is written, at most 100 000 characters; required for `comment`, `reply` and `reject`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Whether only agents see what is written; absent: as the action has it (the customer sees a `reply` alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal: Option<bool>,
    /// `version` of the ticket as the author saw it; absent: whatever it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Where to, for `move`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// For `priority`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// The login, for `assign`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// For `pending`.
    #[serde(default, with = "super::wire_time::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<OffsetDateTime>,
    /// Files of what is written, sent before with `POST /uploads`; at most 20 and 12 MiB together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<UploadId>,
    /// Type, service, SLA and additional fields, for `close` and `reject`, as the settings ask for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldValue>,
}

impl ActionRequest {
    /// This, with nothing said of it.
    #[must_use]
    pub const fn new(action: ActionKind) -> Self {
        Self {
            action,
            comment: None,
            internal: None,
            version: None,
            queue: None,
            priority: None,
            owner: None,
            until: None,
            files: Vec::new(),
            fields: Vec::new(),
        }
    }
}

/// An action, for its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Action {
    /// Stable name of the record.
    pub id: ActionId,
    /// How far it is.
    pub state: ActionState,
    /// It is not sent earlier.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub not_before: OffsetDateTime,
    /// What.
    pub action: ActionKind,
    /// On which ticket; absent until a new one is made.
    pub ticket_id: Option<TicketId>,
    /// Its number for people.
    pub ticket_number: Option<String>,
    /// What that ticket is about.
    pub ticket_title: Option<String>,
    /// What the author wrote, kept whatever becomes of it.
    pub comment: Option<String>,
    /// When it was asked for.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub created_at: OffsetDateTime,
    /// When its state last changed.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub updated_at: OffsetDateTime,
    /// Why it is not done: `otrs_away`, `otrs_refused`, `ticket_conflict`, `ticket_gone`, `half_done`, `sign_in`, `unclear`,
    /// `field_missing`, `field_invalid`.
    pub reason: Option<String>,
    /// What OTRS said of it, in its words.
    pub detail: Option<String>,
    /// The mail to the customer, where it is Vakhta that mails replies; it follows when OTRS has done the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<ActionMail>,
    /// What happened to the ticket since the author looked at it, for `conflict`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<HistoryEntry>,
}

/// A ticket to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewTicket {
    /// What it is about, 1 to 191 characters.
    pub title: String,
    /// The text.
    pub body: String,
    /// Where it goes.
    pub queue: String,
    /// Login or address of who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// Or the person in the directory: his address is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employee_id: Option<EmployeeId>,
    /// Absent: the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// What sort of request, where this OTRS has types.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Type, service, SLA and additional fields, as the settings ask for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldValue>,
    /// Whether the customer sees the text; absent: he does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal: Option<bool>,
    /// Photos and other files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<NewFile>,
}

/// A file that was sent and waits for its action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Upload {
    /// Names it in an action.
    pub id: UploadId,
    /// Its name, made safe.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// In bytes.
    pub size: u64,
}

/// A file to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewFile {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is in it, in base64.
    pub content: String,
}
