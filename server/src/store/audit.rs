//! Who did what to what in administration.

use app::model::ids::AccountId;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// When.
    pub at: OffsetDateTime,
    /// By whom; absent for the command line.
    pub by: Option<AccountId>,
    /// What: `account.role`, `server.created`.
    pub action: &'a str,
    /// To what: `account:7`.
    pub object: String,
    /// More about it, such as before and after.
    pub detail: Value,
}

/// Writes it down, in the transaction that does it.
///
/// # Errors
/// Those of the database.
pub async fn insert(connection: &mut PgConnection, entry: &Entry<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into core.audit (at, account_id, action, object, detail) values ($1, $2, $3, $4, $5)",
        entry.at,
        entry.by.map(AccountId::get),
        entry.action,
        entry.object,
        entry.detail,
    )
    .execute(connection)
    .await?;
    Ok(())
}
