//! The database the application runs on: somebody else's by `DATABASE_URL`, or a [`private`] one of its own.

pub mod private;

use std::{path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use anyhow::Context;
use secrecy::ExposeSecret;
use sqlx::{
    Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    config,
    error::is_away,
    store::{self, MIGRATOR},
};

pub use private::Purpose;

use private::Private;

/// Connections of one node; a single one of them serves hundreds of requests a second.
const CONNECTIONS: u32 = 10;

/// How long a database that is starting may keep us waiting.
const PATIENCE: Duration = Duration::from_secs(60);

/// A migrated database.
#[derive(Clone, Debug)]
pub struct Database {
    /// Its connections.
    pub pool: PgPool,
    private: Option<Arc<Private>>,
}

impl Database {
    /// Connects, starting the private PostgreSQL if no other is named, and migrates under a lock: several
    /// nodes may start at once.
    ///
    /// # Errors
    /// When it cannot be started or reached, or a migration fails.
    pub async fn open(config: &config::database::Database, purpose: Purpose) -> anyhow::Result<Self> {
        let database = match &config.url {
            Some(url) => {
                let options = PgConnectOptions::from_str(url.expose_secret()).context("DATABASE_URL cannot be read")?;
                Self { pool: pool(options), private: None }
            }
            None => Self::open_private(config.data_dir.clone(), purpose).await?,
        };
        let migrated = MIGRATOR.run(&database.pool).await.context("the database cannot be used");
        if migrated.is_err() {
            database.close().await;
        }
        migrated.map(|()| database)
    }

    /// Of connections that exist already.
    #[must_use]
    pub fn of_pool(pool: PgPool) -> Self {
        Self { pool, private: None }
    }

    async fn open_private(data_dir: PathBuf, purpose: Purpose) -> anyhow::Result<Self> {
        let private = tokio::task::spawn_blocking(move || Private::start(&data_dir, purpose)).await??;
        let created = create(&private).await;
        let database = Self { pool: pool(private.options()), private: Some(Arc::new(private)) };
        if created.is_err() {
            database.close().await;
        }
        created.map(|()| database)
    }

    /// Starts a private PostgreSQL again that died under us; does nothing while it lives.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn revive(&self) -> anyhow::Result<()> {
        let Some(private) = self.private.clone().filter(|private| !private.is_alive()) else { return Ok(()) };
        tracing::error!("The private PostgreSQL is gone; starting it again");
        tokio::task::spawn_blocking(move || private.revive()).await?
    }

    /// Whether the PostgreSQL is ours to look after.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.private.is_some()
    }

    /// Hangs up, and stops a private PostgreSQL that nobody else uses.
    pub async fn close(&self) {
        self.pool.close().await;
        if let Some(private) = self.private.clone() {
            let stopped = tokio::task::spawn_blocking(move || private.stop()).await;
            if let Ok(Err(error)) = stopped {
                tracing::error!(error = format!("{error:#}"), "The private PostgreSQL does not stop");
            }
        }
    }
}

fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(3))
        .idle_timeout(Duration::from_secs(300))
        .connect_lazy_with(options.application_name("vakhta"))
}

/// Creates our database in the private cluster, once it answers: an adopted one may still be recovering.
async fn create(private: &Private) -> anyhow::Result<()> {
    let options = private.maintenance_options();
    let mut connection = tokio::time::timeout(PATIENCE, async {
        loop {
            match PgConnection::connect_with(&options).await {
                Err(error) if is_away(&error) => tokio::time::sleep(Duration::from_millis(50)).await,
                connected => return connected,
            }
        }
    })
    .await
    .context("the private PostgreSQL does not answer")?
    .context("the private PostgreSQL refuses us")?;
    store::maintenance::create_database(&mut connection).await.context("the private database cannot be made")?;
    connection.close().await?;
    Ok(())
}
