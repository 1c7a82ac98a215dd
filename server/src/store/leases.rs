//! Locks that a connection holds for as long as it lives.

use sqlx::PgConnection;

/// The lock of the node that looks at the servers. Any number that nobody else uses.
pub const CHECKS: i64 = 0x76_61_6b_68_01;

/// Takes a lock unless somebody else has it.
///
/// # Errors
/// Those of the database.
pub async fn try_lock(db: &mut PgConnection, lock: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "taken!""#, lock).fetch_one(db).await
}
