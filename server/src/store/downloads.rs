//! One-time addresses.

use app::model::ids::AccountId;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Keeps what the token with this hash gives until `expires_at`.
///
/// # Errors
/// Those of the database.
pub async fn insert(
    connection: &mut PgConnection,
    token_hash: &[u8],
    account: AccountId,
    what: &Value,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into core.download (token_hash, account_id, what, expires_at) values ($1, $2, $3, $4)",
        token_hash,
        account.get(),
        what,
        expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes it: the second one to ask gets nothing.
///
/// # Errors
/// Those of the database.
pub async fn take(
    connection: &mut PgConnection,
    token_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!(
        "delete from core.download where token_hash = $1 and expires_at > $2 returning what",
        token_hash,
        now,
    )
    .fetch_optional(connection)
    .await
}
