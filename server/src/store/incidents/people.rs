//! What people do to incidents. The caller holds the lock.

use app::model::ids::{AccountId, IncidentId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Somebody takes notice. Whether he is the first.
///
/// # Errors
/// Those of the database.
pub async fn acknowledge(
    db: &mut PgConnection,
    id: IncidentId,
    by: AccountId,
    at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update monitoring.incident set acknowledged_by = $2, acknowledged_at = $3
         where id = $1 and acknowledged_at is null",
        id.get(),
        by.get(),
        at
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Somebody mutes it, or unmutes it without an end.
///
/// # Errors
/// Those of the database.
pub async fn silence(
    db: &mut PgConnection,
    id: IncidentId,
    by: AccountId,
    until: Option<OffsetDateTime>,
    reason: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.incident
         set silenced_until = $3, silenced_by = case when $3::timestamptz is null then null else $2::bigint end,
             silence_reason = case when $3::timestamptz is null then null else $4 end
         where id = $1",
        id.get(),
        by.get(),
        until,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody says that it is not over.
///
/// # Errors
/// Those of the database; `incident_server_key` when the server has another one by now.
pub async fn reopen(db: &mut PgConnection, id: IncidentId) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.incident set state = 'open', closed_at = null where id = $1 and state = 'closed'",
        id.get()
    )
    .execute(db)
    .await?;
    Ok(())
}
