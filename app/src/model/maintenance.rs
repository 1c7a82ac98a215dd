//! Planned windows: while one is open, checks are recorded and nobody is told.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ids::{MaintenanceId, ServerId};

/// When a window is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Schedule {
    /// Once.
    Once {
        /// The beginning.
        #[serde(with = "super::wire_time")]
        #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
        from: OffsetDateTime,
        /// The end.
        #[serde(with = "super::wire_time")]
        #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
        to: OffsetDateTime,
    },
    /// On days of the week.
    Weekly {
        /// 1 is Monday, 7 is Sunday.
        days: Vec<u8>,
        /// `HH:MM` in the organisation's zone.
        at: String,
        /// 1 to 10 080.
        minutes: u32,
    },
    /// By a cron expression of five fields in the organisation's zone.
    Cron {
        /// `minute hour day-of-month month day-of-week`.
        expression: String,
        /// 1 to 10 080.
        minutes: u32,
    },
}

/// A planned window as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MaintenanceDraft {
    /// What is going on; 1 to 200 characters.
    pub title: String,
    /// These servers.
    #[serde(default)]
    pub servers: Vec<ServerId>,
    /// The servers of these groups.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Everything.
    #[serde(default)]
    pub everything: bool,
    /// When.
    pub schedule: Schedule,
}

/// A planned window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Maintenance {
    /// Stable name of the record.
    pub id: MaintenanceId,
    /// What is going on.
    pub title: String,
    /// These servers.
    pub servers: Vec<ServerId>,
    /// The servers of these groups.
    pub groups: Vec<String>,
    /// Everything.
    pub everything: bool,
    /// When.
    pub schedule: Schedule,
    /// Who planned it.
    pub by: Option<String>,
    /// The window that is open or the next one; absent when there is none any more.
    pub window: Option<Window>,
    /// It is open now.
    pub open: bool,
}

/// One opening of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Window {
    /// The beginning.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub from: OffsetDateTime,
    /// The end, not included.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub to: OffsetDateTime,
}

/// What a window would mute, before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MaintenancePreview {
    /// How many servers.
    pub servers: u32,
    /// The names of the first 20.
    pub names: Vec<String>,
    /// How many monitors.
    pub monitors: u32,
    /// How many open incidents would fall silent.
    pub open_incidents: u32,
    /// The next three windows.
    pub windows: Vec<Window>,
}
