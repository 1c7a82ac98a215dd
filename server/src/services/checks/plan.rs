//! What is to be looked at: the runner's view of the configuration.

use std::time::Duration;

use app::model::{
    ids::{MonitorId, ServerId},
    monitor::Kind,
};

use crate::{
    monitor::target::{self, Look},
    services::{Deps, settings},
    store::{self, monitors::Watched},
};
use app::model::settings::MonitoringSettings;

/// A monitor as the runner sees it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Which.
    pub id: MonitorId,
    /// Whose.
    pub server: ServerId,
    /// The host, which is not asked too much at once.
    pub address: String,
    /// How to look; nothing for a job's monitor, which waits.
    pub look: Option<Look>,
    /// How often.
    pub interval: Duration,
    /// How often while in doubt.
    pub retry: Duration,
    /// Grows with each change: one that is the same need not be planned anew.
    pub version: i64,
    /// The retry interval applies.
    pub in_doubt: bool,
}

/// Everything that is to be looked at, and how.
///
/// # Errors
/// Those of the database.
pub async fn load(deps: &Deps, server: Option<ServerId>) -> sqlx::Result<(Vec<Planned>, MonitoringSettings)> {
    let mut db = deps.db.acquire().await?;
    let settings = settings::monitoring(&mut db).await?;
    let rows = store::monitors::watched(&mut db, server).await?;
    Ok((rows.into_iter().filter_map(planned).collect(), settings))
}

fn planned(row: Watched) -> Option<Planned> {
    let kind = Kind::from_name(&row.kind)?;
    let interval_s = row.interval_s.unsigned_abs();
    let settings = &row.settings.0;
    let look = match kind {
        Kind::Push => None,
        _ => match target::parse(kind, &row.target, &row.address, interval_s, settings) {
            Ok(look) => Some(look),
            Err(invalid) => {
                // It was checked when it was stored: the rules have become stricter since.
                tracing::warn!(monitor.id = %row.id, field = invalid.field, "A monitor cannot be looked at any more");
                return None;
            }
        },
    };
    let bad = row.bad > 0 && i32::from(row.bad) < i32::from(settings.bad_to_go_down);
    let coming_back = row.state == "down" && row.good > 0;
    Some(Planned {
        id: row.id,
        server: row.server_id,
        address: row.address,
        look,
        interval: Duration::from_secs(interval_s.into()),
        retry: Duration::from_secs(settings.retry_interval_s.min(interval_s).into()),
        version: row.version,
        in_doubt: bad || coming_back,
    })
}
