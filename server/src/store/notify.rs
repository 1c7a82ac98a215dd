//! Announcements: heard by every node when the transaction commits.

use app::model::ids::{EmployeeId, ServerId};
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
    /// The configuration of a server or of its monitors; absent when they are many.
    #[serde(rename = "server.changed")]
    ServerChanged {
        /// Which.
        id: Option<ServerId>,
    },
    /// Somebody wants a server to be looked at now.
    #[serde(rename = "server.check_now")]
    CheckNow {
        /// Which.
        id: ServerId,
    },
    /// Who looks at which tickets: what one node says to all. Nothing of it is stored.
    #[serde(rename = "looking")]
    Looking {
        /// Some of its screens.
        lookers: Vec<Looker>,
    },
    /// The live log has grown.
    #[serde(rename = "live")]
    Live {
        /// The last number.
        seq: i64,
    },
}

/// A screen, and the ticket on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looker {
    /// Which screen; drawn at random, so that no two nodes give the same.
    pub screen: i64,
    /// Whose.
    pub account: i64,
    /// His name, not too long: an announcement has little room.
    pub name: String,
    /// The ticket; absent when he looks no longer.
    pub at: Option<i64>,
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
