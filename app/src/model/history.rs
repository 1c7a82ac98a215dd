//! What was seen over time: latency, and how much of the observed time a monitor was up.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ids::MonitorId;

/// Which stretch of a server's past is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Which of its monitors; absent is the one that tells most.
    pub monitor: Option<MonitorId>,
    /// The beginning.
    pub from: OffsetDateTime,
    /// The end.
    pub to: OffsetDateTime,
    /// About how many points, 10 to 500.
    pub points: u32,
}

/// A stretch of a monitor's past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct History {
    /// Which monitor; absent when the server has none that is looked at.
    pub monitor: Option<MonitorId>,
    /// Seconds that a point stands for.
    pub step_s: u32,
    /// In order; where nothing was observed there is no point.
    pub points: Vec<Point>,
    /// How much of the observed time it was up.
    pub uptime: Vec<Uptime>,
}

/// What was seen in one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Point {
    /// The beginning of the step.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: OffsetDateTime,
    /// Good checks.
    pub good: u32,
    /// Bad checks.
    pub bad: u32,
    /// The median latency of the good ones.
    pub p50_ms: Option<u32>,
    /// Its 95th percentile.
    pub p95_ms: Option<u32>,
    /// Its maximum.
    pub max_ms: Option<u32>,
}

/// How much of the time that was really observed a monitor was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Uptime {
    /// Of the last so many days: 1, 7, 30, 90.
    pub days: u16,
    /// Seconds observed.
    pub observed_s: u64,
    /// Seconds of these in which it was up or degraded.
    pub up_s: u64,
}
