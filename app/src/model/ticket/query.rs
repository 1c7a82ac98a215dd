//! How lists of tickets are asked for and answered, and what the live channel tells of them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{StateType, Ticket, asked::AskedField};
use crate::model::{ids::TicketId, otrs_link::TicketCopy};

/// A saved view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum View {
    /// I own them and they are not over.
    Mine,
    /// Nobody has worked on them.
    New,
    /// New or open.
    Open,
    /// Mine, and the last word is the customer's, or their waiting is over.
    Waiting,
    /// A promise is broken, or will be soon.
    Escalating,
    /// They wait for something.
    Pending,
    /// I watch them.
    Watched,
}

impl View {
    /// All of them, in the order people see them.
    pub const ALL: [Self; 7] =
        [Self::Mine, Self::New, Self::Open, Self::Waiting, Self::Escalating, Self::Pending, Self::Watched];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::New => "new",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Escalating => "escalating",
            Self::Pending => "pending",
            Self::Watched => "watched",
        }
    }

    /// The view of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == name)
    }
}

/// Whose tickets are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Mine.
    Me,
    /// Nobody's.
    None,
    /// Of the agent with this login.
    Agent(String),
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TicketSort {
    /// Last changed first.
    #[default]
    Changed,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// What escalates next first.
    Escalation,
    /// The most urgent first.
    Priority,
}

impl TicketSort {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Changed, Self::Newest, Self::Oldest, Self::Escalation, Self::Priority];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Escalation => "escalation",
            Self::Priority => "priority",
        }
    }

    /// The order of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name)
    }
}

/// Which tickets are wanted; all conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketQuery {
    /// Words of title, articles, customer, or part of the number.
    pub text: String,
    /// A saved view.
    pub view: Option<View>,
    /// In this queue or below it.
    pub queue: Option<String>,
    /// In this state, or in states of this type.
    pub state: Option<String>,
    /// Whose.
    pub owner: Option<Owner>,
    /// Asked by the customer with this login.
    pub customer: Option<String>,
    /// The order.
    pub sort: TicketSort,
}

/// A piece of a list of tickets, and how current it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketList {
    /// The tickets in order, without articles, history and details.
    pub items: Vec<Ticket>,
    /// Pass it as `cursor` to get what follows.
    pub next: Option<String>,
    /// How current the copy is.
    pub copy: TicketCopy,
    /// What of the live log it holds already: `resume` from here.
    pub seq: i64,
}

/// How many tickets there are in each view, and how current that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "they are the views, and the copy")]
pub struct TicketCounts {
    pub mine: u32,
    pub new: u32,
    pub open: u32,
    pub waiting: u32,
    pub escalating: u32,
    pub pending: u32,
    pub watched: u32,
    pub copy: TicketCopy,
}

impl TicketCounts {
    /// How many there are in this view.
    #[must_use]
    pub const fn of(&self, view: View) -> u32 {
        match view {
            View::Mine => self.mine,
            View::New => self.new,
            View::Open => self.open,
            View::Waiting => self.waiting,
            View::Escalating => self.escalating,
            View::Pending => self.pending,
            View::Watched => self.watched,
        }
    }
}

/// A queue the caller may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Queue {
    /// The whole name: `Helpdesk::Level2`.
    pub name: String,
    /// How many tickets in it are not over.
    pub open: u32,
}

/// What forms offer, as far as the copy has seen it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketChoices {
    /// Queues to which tickets can be moved: those the caller may see.
    pub queues: Vec<String>,
    /// Priorities in their order.
    pub priorities: Vec<String>,
    /// Logins of agents.
    pub agents: Vec<String>,
    /// States.
    pub states: Vec<TicketState>,
    /// Sorts of requests; none when this OTRS has no types.
    pub kinds: Vec<String>,
    /// What is asked besides, with what can be chosen.
    pub fields: Vec<AskedField>,
}

/// A state of this OTRS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketState {
    /// As it is called.
    pub name: String,
    /// What it means.
    pub kind: StateType,
}

/// What is new about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum What {
    /// It is new.
    Created,
    /// The customer wrote.
    CustomerAnswer,
    /// Somebody else wrote.
    Article,
    /// It is in another state.
    State,
    /// It has another owner.
    Owner,
    /// It is in another queue.
    Queue,
    /// A promise will be broken soon.
    Escalating,
    /// It is part of another one now.
    Merged,
    /// Anything else.
    Other,
}

/// What the live channel tells of a ticket; ask for the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TicketNews {
    /// Which one.
    pub id: TicketId,
    /// Its number for people.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Where it is.
    pub queue: String,
    /// The login of its owner.
    pub owner: Option<String>,
    /// How far it is.
    pub state_type: StateType,
    /// What it looks like now.
    pub version: String,
    /// What is new.
    pub what: Vec<What>,
    /// When it was changed.
    #[serde(with = "crate::model::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub changed_at: OffsetDateTime,
}
