//! What administrators change while it runs.

use app::model::ids::AccountId;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The value of a setting, if one was set.
///
/// # Errors
/// Those of the database.
pub async fn get(db: &mut PgConnection, name: &str) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!("select value from core.setting where name = $1", name).fetch_optional(db).await
}

/// Sets it.
///
/// # Errors
/// Those of the database.
pub async fn set(
    db: &mut PgConnection,
    name: &str,
    value: &Value,
    by: AccountId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into core.setting (name, value, updated_at, account_id) values ($1, $2, $3, $4)
         on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at,
                                          account_id = excluded.account_id",
        name,
        value,
        now,
        by.get()
    )
    .execute(db)
    .await?;
    Ok(())
}
