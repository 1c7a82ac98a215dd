//! One node at a time looks at the servers: whoever holds a lock of the database on a connection of his own. It is free
//! the moment that connection ends, however it ends.

use sqlx::PgConnection;

use crate::store;

/// Tries to take the lock; it is held for as long as `connection` lives.
///
/// # Errors
/// Those of the database.
pub async fn try_take(connection: &mut PgConnection) -> sqlx::Result<bool> {
    store::leases::try_lock(connection, store::leases::CHECKS).await
}
