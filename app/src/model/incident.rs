//! Incidents: periods of being down, what belongs to them, and what people did.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    ids::{IncidentId, MonitorId, ServerId},
    monitor::{Kind, Reason},
};

/// Whether an incident is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum IncidentState {
    /// Somebody is still down.
    #[default]
    Open,
    /// Everybody is back, or somebody resolved it by hand.
    Closed,
}

/// Which incidents are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IncidentQuery {
    /// The open ones.
    #[default]
    Open,
    /// The closed ones, latest first.
    Closed,
    /// Open ones first, then the closed ones.
    All,
}

/// A period of being down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Incident {
    /// Stable name of the record.
    pub id: IncidentId,
    /// The server that is the cause as far as we know.
    pub server_id: ServerId,
    /// Its name.
    pub server_name: String,
    /// Whether it is over.
    pub state: IncidentState,
    /// When the first monitor was judged down.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub opened_at: OffsetDateTime,
    /// When it was over.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub closed_at: Option<OffsetDateTime>,
    /// Why its first monitor is down.
    pub reason: Reason,
    /// How many servers behind it are down with it.
    pub servers_behind: u32,
    /// It began in a planned window: nobody was told.
    #[serde(default)]
    pub quiet: bool,
    /// Who knows about it.
    pub acknowledged: Option<Acknowledged>,
    /// Who muted it, until when and why.
    pub silenced: Option<Silenced>,
    /// The monitors that are or were down; empty in lists.
    #[serde(default)]
    pub members: Vec<Member>,
    /// What happened, oldest first; empty in lists.
    #[serde(default)]
    pub events: Vec<IncidentEvent>,
}

/// Who took notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Acknowledged {
    /// His name.
    pub by: String,
    /// When.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
}

/// A silence of one incident; it ends by itself, and with the incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Silenced {
    /// Who asked for it.
    pub by: String,
    /// Until when.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub until: OffsetDateTime,
    /// Why.
    pub reason: String,
}

/// A monitor in an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Member {
    /// The monitor.
    pub monitor_id: MonitorId,
    /// How it looks.
    pub kind: Kind,
    /// Its server.
    pub server_id: ServerId,
    /// The name of that.
    pub server_name: String,
    /// Why it is down.
    pub reason: Reason,
    /// When it was judged down.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub joined_at: OffsetDateTime,
    /// When it was up again.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub recovered_at: Option<OffsetDateTime>,
}

/// Something that happened to an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct IncidentEvent {
    /// When.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
    /// What.
    pub kind: IncidentEventKind,
    /// Who did it; absent when nobody did.
    pub by: Option<String>,
    /// A comment, or the reason of a silence.
    pub text: Option<String>,
    /// Which server joined or recovered.
    pub server_name: Option<String>,
    /// Why, for what the decisions did.
    pub reason: Option<Reason>,
    /// Until when, for a silence.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<OffsetDateTime>,
}

/// What may happen to an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum IncidentEventKind {
    /// It began.
    Opened,
    /// Another monitor or server went down with it.
    Joined,
    /// A member is up again.
    MemberRecovered,
    /// Somebody took notice.
    Acknowledged,
    /// Somebody muted it.
    Silenced,
    /// Somebody unmuted it.
    Unsilenced,
    /// Somebody wrote something.
    Commented,
    /// Everybody is back.
    Recovered,
    /// Somebody says that it is over.
    Resolved,
    /// Somebody says that it is not over.
    Reopened,
    /// The planned window ended and it is still there.
    MaintenanceEnded,
}

impl IncidentEventKind {
    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Joined => "joined",
            Self::MemberRecovered => "member_recovered",
            Self::Acknowledged => "acknowledged",
            Self::Silenced => "silenced",
            Self::Unsilenced => "unsilenced",
            Self::Commented => "commented",
            Self::Recovered => "recovered",
            Self::Resolved => "resolved",
            Self::Reopened => "reopened",
            Self::MaintenanceEnded => "maintenance_ended",
        }
    }

    /// The kind of that name; the database has no others.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        [
            Self::Opened,
            Self::Joined,
            Self::MemberRecovered,
            Self::Acknowledged,
            Self::Silenced,
            Self::Unsilenced,
            Self::Commented,
            Self::Recovered,
            Self::Resolved,
            Self::Reopened,
            Self::MaintenanceEnded,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == name)
        .unwrap_or(Self::Commented)
    }
}

/// What somebody does to an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IncidentAction {
    /// Takes notice.
    Acknowledge,
    /// Mutes it for so many minutes (1 to 10 080); 0 unmutes.
    Silence {
        /// How long.
        minutes: u32,
        /// Why; required to mute.
        reason: String,
    },
    /// Writes something down.
    Comment {
        /// 1 to 4 000 characters.
        text: String,
    },
    /// Says that it is over.
    Resolve,
    /// Says that it is not over.
    Reopen,
}
