//! Servers, their groups, and the list of them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    ids::{EmployeeId, GroupId, IncidentId, ServerId},
    monitor::{Kind, Monitor, MonitorDraft, Reason},
};

/// What a monitor or a server was judged; of a server's monitors the worst one wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum State {
    /// As it should be.
    Up,
    /// Works, but slowly.
    Degraded,
    /// Does not work.
    Down,
    /// Nobody knows: not looked at yet, or our own line is down.
    #[default]
    Unknown,
    /// In a planned window.
    Maintenance,
    /// Not looked at.
    Paused,
}

impl State {
    /// All of them, trouble first.
    pub const ALL: [Self; 6] = [Self::Down, Self::Degraded, Self::Unknown, Self::Maintenance, Self::Up, Self::Paused];

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Degraded => "degraded",
            Self::Down => "down",
            Self::Unknown => "unknown",
            Self::Maintenance => "maintenance",
            Self::Paused => "paused",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// How urgent it is: 0 is the worst. The order of [`State::ALL`].
    #[must_use]
    pub fn urgency(self) -> usize {
        Self::ALL.into_iter().position(|state| state == self).unwrap_or_default()
    }

    /// The worst of these, which is a server's; `paused` when there are none to look at.
    #[must_use]
    pub fn worst(states: impl IntoIterator<Item = Self>) -> Self {
        states.into_iter().min_by_key(|state| state.urgency()).unwrap_or(Self::Paused)
    }
}

/// A server in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ServerRow {
    /// Stable name of the record.
    pub id: ServerId,
    /// What people call it.
    pub name: String,
    /// Host name or IP address.
    pub address: String,
    /// The name of its group.
    pub group: Option<String>,
    /// The worst of its monitors, or `maintenance` during a window.
    pub state: State,
    /// Since when.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub since: OffsetDateTime,
    /// Of the last good check of the monitor that tells most.
    pub latency_ms: Option<u32>,
    /// The latest checks of that monitor, see [`super::spark`].
    pub spark: String,
    /// Which kinds of its monitors are down.
    pub down: Vec<Kind>,
    /// Why the worst one is not up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The open incident it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentId>,
}

/// All servers that were asked for, and how current this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ServerList {
    /// Trouble first, then by group and name; at most 5 000.
    pub items: Vec<ServerRow>,
    /// Always absent: the list is not paged.
    pub next: Option<String>,
    /// When it was read.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub as_of: OffsetDateTime,
    /// What of the live log it holds already: `resume` from here.
    pub seq: i64,
    /// Whether anybody looks at the servers, and whether our own line is up.
    pub watch: Watch,
}

/// How well we look ourselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Watch {
    /// When checks were written down last; absent before the first.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub checked_at: Option<OffsetDateTime>,
    /// Our own line.
    pub line: Line,
    /// No ping socket opens here: how to allow it is in the documentation.
    pub ping_not_permitted: bool,
}

/// Our own line, asked before anybody is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Line {
    /// No addresses are set: nobody is asked.
    #[default]
    NotAsked,
    /// One of the addresses answers.
    Up,
    /// None answers: nobody is judged.
    Down,
}

/// Which servers are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerQuery {
    /// Part of the name, of the address or of a tag.
    pub text: String,
    /// Only the group of this name.
    pub group: Option<String>,
    /// Only in this state.
    pub state: Option<State>,
}

/// A server with everything that is watched on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Server {
    /// Stable name of the record.
    pub id: ServerId,
    /// What people call it.
    pub name: String,
    /// Host name or IP address.
    pub address: String,
    /// The name of its group.
    pub group: Option<String>,
    /// The worst of its monitors, or `maintenance` during a window.
    pub state: State,
    /// Since when.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub since: OffsetDateTime,
    /// Who is responsible.
    pub responsible_id: Option<EmployeeId>,
    /// What it is reached through: a switch, a host of virtual machines.
    pub parent_id: Option<ServerId>,
    /// The name of that.
    #[serde(default)]
    pub parent_name: Option<String>,
    /// How many servers are reached through this one.
    #[serde(default)]
    pub children: u32,
    /// Labels.
    pub tags: Vec<String>,
    /// Notes of the administrators.
    pub notes: Option<String>,
    /// What to do when it is down.
    pub runbook_url: Option<String>,
    /// Nothing of it is checked until somebody says so.
    #[serde(default)]
    pub paused: bool,
    /// What is legal but unwise, as codes: `address_is_loopback`, `address_is_link_local`, `address_is_private`.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The open incident it is in.
    #[serde(default)]
    pub incident: Option<IncidentId>,
    /// Grows with each change of its configuration.
    pub version: i64,
    /// What is watched, in the order it was entered.
    pub monitors: Vec<Monitor>,
}

/// A server as somebody enters it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ServerDraft {
    /// What people call it; unique, 1 to 100 characters.
    pub name: String,
    /// Host name or IP address.
    pub address: String,
    /// The name of its group; one that is not there yet is made.
    pub group: Option<String>,
    /// Who is responsible.
    pub responsible_id: Option<EmployeeId>,
    /// What it is reached through.
    pub parent_id: Option<ServerId>,
    /// Labels; at most 20 of 1 to 40 characters.
    pub tags: Vec<String>,
    /// Notes.
    pub notes: Option<String>,
    /// What to do when it is down: an `http` or `https` address.
    pub runbook_url: Option<String>,
    /// What is watched; without any, a ping.
    pub monitors: Vec<MonitorDraft>,
}

/// A change of a server: absent fields stay, `null` empties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ServerPatch {
    /// The version the person looked at; another one by now is a conflict.
    pub version: i64,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Host name or IP address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The name of its group.
    #[serde(deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub group: Option<Option<String>>,
    /// Who is responsible.
    #[serde(deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<EmployeeId>))]
    pub responsible_id: Option<Option<EmployeeId>>,
    /// What it is reached through.
    #[serde(deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<ServerId>))]
    pub parent_id: Option<Option<ServerId>>,
    /// All labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Notes.
    #[serde(deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub notes: Option<Option<String>>,
    /// What to do when it is down.
    #[serde(deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub runbook_url: Option<Option<String>>,
    /// Whether it is checked at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
}

/// A group of servers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Group {
    /// Stable name of the record.
    pub id: GroupId,
    /// What people call it; unique.
    pub name: String,
    /// How many servers are in it.
    pub servers: u32,
}

/// How many servers there are in each state: what home shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ServerSummary {
    /// As it should be.
    pub up: u32,
    /// Slow.
    pub degraded: u32,
    /// Down.
    pub down: u32,
    /// Nobody knows.
    pub unknown: u32,
    /// In a planned window.
    pub maintenance: u32,
    /// Not looked at.
    pub paused: u32,
    /// Open incidents that nobody acknowledged.
    pub unacknowledged: u32,
    /// When it was read.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub as_of: Option<OffsetDateTime>,
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn the_worst_state_wins_and_no_monitors_are_nothing_to_look_at() {
        use State::{Degraded, Down, Paused, Unknown, Up};
        for (states, expected) in [
            (vec![Up, Down, Degraded], Down),
            (vec![Up, Degraded], Degraded),
            (vec![Up, Unknown], Unknown),
            (vec![Paused, Up], Up),
            (vec![Paused], Paused),
            (vec![], Paused),
        ] {
            assert_eq!(State::worst(states.clone()), expected, "{states:?}");
        }
    }
}
