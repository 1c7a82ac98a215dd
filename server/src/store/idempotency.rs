//! Answers kept for repetitions of a request.

use app::model::ids::AccountId;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What stands under a key.
#[derive(Debug)]
pub struct Kept {
    /// Whose answer it is.
    pub request_hash: Vec<u8>,
    /// Absent while the first request still runs.
    pub status: Option<i16>,
    /// The rest of it.
    pub response: Option<Value>,
}

/// Claims the key for a request that is about to run. Not claimed: somebody else has it. A claim without an
/// answer that is older than `stale` belonged to a process that died, and is taken over by the same request.
///
/// # Errors
/// Those of the database.
pub async fn claim(
    connection: &mut PgConnection,
    account: AccountId,
    key: &str,
    request_hash: &[u8],
    now: OffsetDateTime,
    stale: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into core.idempotency_key as kept (account_id, key, request_hash, created_at) values ($1, $2, $3, $4)
        on conflict (account_id, key) do update set created_at = excluded.created_at
        where kept.status is null and kept.request_hash = excluded.request_hash and kept.created_at < $5",
        account.get(),
        key,
        request_hash,
        now,
        stale,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the key away from whoever might still come with it: a request that never ran, or one older than `stale` whose process
/// died. Nothing changes where it ran or runs.
///
/// # Errors
/// Those of the database.
pub async fn revoke(
    connection: &mut PgConnection,
    account: AccountId,
    key: &str,
    revoked: &[u8],
    now: OffsetDateTime,
    stale: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into core.idempotency_key as kept (account_id, key, request_hash, created_at) values ($1, $2, $3, $4)
        on conflict (account_id, key) do update set request_hash = excluded.request_hash
        where kept.status is null and kept.created_at < $5",
        account.get(),
        key,
        revoked,
        now,
        stale,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What stands under the key.
///
/// # Errors
/// Those of the database.
pub async fn kept(connection: &mut PgConnection, account: AccountId, key: &str) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as!(
        Kept,
        "select request_hash, status, response from core.idempotency_key where account_id = $1 and key = $2",
        account.get(),
        key,
    )
    .fetch_optional(connection)
    .await
}

/// Keeps the answer.
///
/// # Errors
/// Those of the database.
pub async fn keep(
    connection: &mut PgConnection,
    account: AccountId,
    key: &str,
    status: i16,
    response: &Value,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update core.idempotency_key set status = $3, response = $4 where account_id = $1 and key = $2",
        account.get(),
        key,
        status,
        response,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a key back whose request changed nothing.
///
/// # Errors
/// Those of the database.
pub async fn release(connection: &mut PgConnection, account: AccountId, key: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from core.idempotency_key where account_id = $1 and key = $2 and status is null",
        account.get(),
        key,
    )
    .execute(connection)
    .await?;
    Ok(())
}
