//! One node at a time does certain work: whoever holds a lock of the database on a connection of his own. It is free the
//! moment that connection ends, however it ends.

use sqlx::PgConnection;

use crate::store::leases;

/// What one node does at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Looking at the servers.
    Checks,
    /// Copying the tickets.
    Tickets,
}

/// Tries to take the lock; it is held for as long as `connection` lives.
///
/// # Errors
/// Those of the database.
pub async fn try_take(connection: &mut PgConnection, work: Work) -> sqlx::Result<bool> {
    let lock = match work {
        Work::Checks => leases::CHECKS,
        Work::Tickets => leases::TICKETS,
    };
    leases::try_lock(connection, lock).await
}
