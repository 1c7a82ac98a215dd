//! Telegram's updates: stored as they came, then handled one after the other.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Stores updates with their numbers; those that are known change nothing. Returns how many were new.
///
/// # Errors
/// Those of the database.
pub async fn insert(
    connection: &mut PgConnection,
    ids: &[i64],
    bodies: &[Value],
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "insert into telegram.update (update_id, body, received_at, not_before)
         select id, body, $3, $3 from unnest($1::bigint[], $2::jsonb[]) as given (id, body)
         on conflict (update_id) do nothing",
        ids,
        bodies,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// An update somebody has taken on.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Telegram's number of it.
    pub id: i64,
    /// As it came.
    pub body: Value,
    /// When it came.
    pub received_at: OffsetDateTime,
    /// How often it was taken on, this time included.
    pub attempts: i16,
}

/// Takes on the oldest update that is due, until `lease_until`: whoever dies with it loses it then.
///
/// # Errors
/// Those of the database.
pub async fn claim(
    connection: &mut PgConnection,
    now: OffsetDateTime,
    lease_until: OffsetDateTime,
) -> sqlx::Result<Option<Claimed>> {
    sqlx::query_as!(
        Claimed,
        "update telegram.update set not_before = $2, attempts = attempts + 1
         where update_id = (
             select update_id from telegram.update
             where handled_at is null and not_before <= $1
             order by update_id
             limit 1
             for update skip locked
         )
         returning update_id as id, body, received_at, attempts",
        now,
        lease_until,
    )
    .fetch_optional(connection)
    .await
}

/// Notes that an update needs no more work.
///
/// # Errors
/// Those of the database.
pub async fn finish(connection: &mut PgConnection, id: i64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update telegram.update set handled_at = $2 where update_id = $1", id, now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Puts an update off.
///
/// # Errors
/// Those of the database.
pub async fn postpone(connection: &mut PgConnection, id: i64, until: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update telegram.update set not_before = $2 where update_id = $1", id, until)
        .execute(connection)
        .await?;
    Ok(())
}
