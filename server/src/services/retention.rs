//! How long things are kept that nobody looks at.

use time::{Duration, OffsetDateTime};

use crate::{services::Deps, store};

/// How long it can be looked up what somebody did to tickets; OTRS has it in its history for ever.
pub const ACTIONS: Duration = Duration::days(90);

/// Removes what is too old. Returns how many rows went.
///
/// # Errors
/// Those of the database.
pub async fn tidy(deps: &Deps, now: OffsetDateTime) -> sqlx::Result<u64> {
    let mut connection = deps.db.acquire().await?;
    let mut removed = store::retention::sessions_before(&mut connection, now - Duration::days(7)).await?;
    removed += store::retention::burned_launches_before(&mut connection, now).await?;
    removed += store::retention::idempotency_keys_before(&mut connection, now - Duration::days(7)).await?;
    removed += store::retention::actions_before(&mut connection, now - ACTIONS).await?;
    removed += store::retention::downloads_before(&mut connection, now).await?;
    removed += store::retention::updates_before(&mut connection, now - Duration::days(2)).await?;
    removed += store::retention::previews_before(&mut connection, now - Duration::days(1)).await?;
    removed += store::retention::reports_before(&mut connection, now - Duration::days(90)).await?;
    removed += store::live_log::delete_before(&mut connection, now - Duration::HOUR).await?;
    Ok(removed)
}
