//! The right to do what one node does at a time. It hangs on a connection, and connections break: while the database is
//! away nobody else can have it either, so its holder goes on and takes it again.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection, PgPool};
use tokio::time::{sleep, timeout};

use crate::services::leases::{self, Work};

/// How often the connection is looked after, and how long its answer may take.
const PERIOD: Duration = Duration::from_secs(5);
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// The right to do a certain work.
#[derive(Debug)]
pub(super) struct Lease {
    work: Work,
    db: PgPool,
    held: PgConnection,
}

impl Lease {
    /// Takes it unless another node has it.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn take(db: &PgPool, work: Work) -> sqlx::Result<Option<Self>> {
        Ok(connect(db, work).await?.map(|held| Self { work, db: db.clone(), held }))
    }

    /// Whether the connection that it hangs on is still there.
    pub(super) async fn is_held(&mut self) -> bool {
        matches!(timeout(PERIOD, self.held.ping()).await, Ok(Ok(())))
    }

    /// Ends when another node has it.
    pub(super) async fn lost(&mut self) {
        loop {
            while let Ok(Ok(())) = timeout(PERIOD, self.held.ping()).await {
                sleep(PERIOD).await;
            }
            match connect(&self.db, self.work).await {
                Ok(Some(held)) => self.held = held,
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "A lock cannot be looked after; going on");
                    sleep(PAUSE).await;
                }
            }
        }
    }

    /// Gives it back.
    pub(super) async fn give_back(self) {
        // The end of the connection frees it, however it ends.
        let _ = timeout(PAUSE, self.held.close()).await;
    }
}

async fn connect(db: &PgPool, work: Work) -> sqlx::Result<Option<PgConnection>> {
    let mut connection = PgConnection::connect_with(&db.connect_options()).await?;
    if leases::try_take(&mut connection, work).await? {
        return Ok(Some(connection));
    }
    connection.close().await?;
    Ok(None)
}
