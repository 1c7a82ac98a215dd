//! What administrators change while the service runs.

use serde::{Deserialize, Serialize};

/// How servers are watched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MonitoringSettings {
    /// Asked before anybody is judged: `host` (ping) or `host:port` (TCP); at most 10. Without any nobody is asked.
    pub line_addresses: Vec<String>,
    /// The networks that may be checked: `10.0.0.0/8`; at most 200. Without any all may be.
    pub allowed_networks: Vec<String>,
}
