//! Announcements: heard by every node when the transaction commits.

use app::model::ids::EmployeeId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// The channel all nodes listen to.
pub const CHANNEL: &str = "vakhta";

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

/// Announces `event` when the transaction of `connection` commits.
///
/// # Errors
/// Those of the database.
pub async fn announce(connection: &mut PgConnection, event: &Event) -> sqlx::Result<()> {
    let payload = serde_json::to_string(event).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, payload).fetch_one(connection).await?;
    Ok(())
}
