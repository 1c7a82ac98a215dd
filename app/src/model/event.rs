//! What is announced when something changes.

use serde::{Deserialize, Serialize};

use super::ids::EmployeeId;

/// Something changed; whoever cares looks at it anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data")]
pub enum Event {
    /// People of the directory.
    #[serde(rename = "employee.changed")]
    EmployeeChanged {
        /// Who; absent when they are many.
        id: Option<EmployeeId>,
    },
}
