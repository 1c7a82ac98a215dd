//! The live channel: what is said over the WebSocket of `/api/v1/live`.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::ids::{AccountId, TicketId};

/// What somebody listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Servers: `server.state` with a [`super::server::ServerRow`], `server.changed` with its id.
    Servers,
    /// Tickets: `ticket.created` and `ticket.changed` with a [`super::ticket::TicketNews`], `ticket.vanished` with its id,
    /// `action.state` with an [`super::action::Action`] of one's own, `presence` with [`Presence`] while one looks.
    Tickets,
    /// Incidents: `incident.opened`, `incident.changed`, `incident.closed` with an [`super::incident::Incident`] without
    /// members and events.
    Alerts,
    /// The directory: `employee.changed` with the id, or none when they are many.
    Employees,
}

impl Topic {
    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Servers => "servers",
            Self::Tickets => "tickets",
            Self::Alerts => "alerts",
            Self::Employees => "employees",
        }
    }
}

/// The first frame of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The bearer of the session.
    pub token: String,
    /// What it listens to.
    pub topics: Vec<Topic>,
    /// The last `seq` it knows; absent starts now.
    #[serde(default)]
    pub resume: Option<i64>,
}

/// What a client says later: what is on its screen, as deep links name it (`ticket-7`); nothing when that is gone or hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looking {
    /// What it is.
    #[serde(default)]
    pub looking: Option<String>,
}

/// Who else looks at the ticket on one's screen; not kept, so its `seq` is that of the last event before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// At which one.
    pub ticket: TicketId,
    /// Each once, however many screens he has; without oneself.
    pub people: Vec<Person>,
}

/// Somebody who looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// His account here.
    pub account: AccountId,
    /// His name.
    pub name: String,
}

/// A frame of the server.
///
/// Besides the events of the topics there are two without a topic: `now`, every five seconds, whose data are
/// `{"at", "watch"}` (see [`super::server::Watch`]) and whose `seq` is the last one this client could know; and `reload`: what
/// was missed is no longer known, everything has to be asked anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Frame {
    /// Its place in the log; holes are normal.
    pub seq: i64,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// What happened.
    pub event: String,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Box<RawValue>>,
}
