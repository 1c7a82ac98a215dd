//! As whom somebody acts in OTRS, how current our copy of it is, and how tickets are dealt with here.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{mailing::Mailing, ticket::asked::AskedField, user::Role};

/// Whether somebody has a login of his own in OTRS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum LinkState {
    /// None: the service agent acts for him, in the queues of his role.
    #[default]
    None,
    /// He acts himself.
    Linked,
    /// His session there ended: he has to sign in again.
    Ended,
}

/// As whom the caller acts in OTRS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OtrsLink {
    /// Whether it is with a login of his own.
    pub state: LinkState,
    /// That login.
    pub login: Option<String>,
    /// When he signed in.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub linked_at: Option<OffsetDateTime>,
    /// The queues he may see.
    pub queues: Vec<String>,
    /// How long an action can be undone, in seconds.
    pub undo_delay_s: u32,
    /// Who mails a "reply" here.
    pub mailing: Mailing,
}

/// A login in OTRS; the password is used once and not stored.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OtrsSignIn {
    /// Of the agent.
    pub login: String,
    /// His password.
    pub password: String,
}

impl std::fmt::Debug for OtrsSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OtrsSignIn").field("login", &self.login).finish_non_exhaustive()
    }
}

/// How far the copy is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum CopyState {
    /// Its first filling goes on.
    #[default]
    Filling,
    /// It follows OTRS.
    Current,
    /// OTRS does not answer; it is as of then.
    Away,
}

/// How current the copy of the tickets is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketCopy {
    /// How far it is.
    pub state: CopyState,
    /// As of when it is right; absent before it was filled for the first time.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub as_of: Option<OffsetDateTime>,
    /// How many tickets were copied.
    pub done: u32,
    /// About how many there are; absent when it is not known.
    pub of: Option<u32>,
}

/// How tickets are dealt with here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketSettings {
    /// How long an action can be undone, 0 to 60 seconds.
    pub undo_delay_s: u32,
    /// How long before a promise is broken it counts as escalating, in minutes.
    pub escalation_minutes: u32,
    /// Who mails a "reply". `vakhta` needs `SMTP_URL`.
    pub mailing: Mailing,
    /// What stands before a ticket's number in a subject, so that OTRS finds the ticket again: its setting `Ticket::Hook`
    /// with `Ticket::HookDivider`.
    pub ticket_hook: String,
    /// The name of the state for `close`; empty: the first of type `closed` that OTRS ships.
    pub close_state: String,
    /// The name of the state for `reject`.
    pub reject_state: String,
    /// The name of the state for `reopen`.
    pub open_state: String,
    /// The name of the state for `pending`.
    pub pending_state: String,
    /// The name of the state of new tickets.
    pub new_state: String,
    /// The priority of new tickets.
    pub priority: String,
    /// The additional field that holds our key of a new ticket, where this OTRS has one.
    pub key_field: String,
    /// What people without a login of their own may see.
    pub role_queues: Vec<RoleQueue>,
    /// What this OTRS wants to know beyond the usual.
    pub fields: Vec<AskedField>,
}

impl Default for TicketSettings {
    fn default() -> Self {
        Self {
            undo_delay_s: 10,
            escalation_minutes: 60,
            mailing: Mailing::Unknown,
            ticket_hook: "Ticket#".into(),
            close_state: "closed successful".into(),
            reject_state: "closed unsuccessful".into(),
            open_state: "open".into(),
            pending_state: "pending reminder".into(),
            new_state: "new".into(),
            priority: "3 normal".into(),
            key_field: String::new(),
            role_queues: Vec::new(),
            fields: Vec::new(),
        }
    }
}

/// A queue that everybody with this role may see who has no login of his own in OTRS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoleQueue {
    /// The role, or one above it.
    pub role: Role,
    /// The whole name of the queue.
    pub queue: String,
}
