//! Locks that a connection holds for as long as it lives, or a transaction.

use sqlx::PgConnection;

/// The lock of the node that looks at the servers. Any number that nobody else uses.
pub const CHECKS: i64 = 0x76_61_6b_68_01;

/// The lock of the node that copies the tickets.
pub const TICKETS: i64 = 0x76_61_6b_68_03;

/// The lock of whoever makes partitions.
pub const PARTITIONS: i64 = 0x76_61_6b_68_02;

/// Waits for a lock that is held until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn wait_for(db: &mut PgConnection, lock: i64) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock($1)", lock).fetch_one(db).await?;
    Ok(())
}

/// Takes a lock unless somebody else has it.
///
/// # Errors
/// Those of the database.
pub async fn try_lock(db: &mut PgConnection, lock: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "taken!""#, lock).fetch_one(db).await
}
