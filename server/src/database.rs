//! The database the application runs on: somebody else's by `DATABASE_URL`, or a private one of its own.

use std::{str::FromStr, time::Duration};

use anyhow::Context;
use secrecy::ExposeSecret;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{config, store::MIGRATOR};

/// Connections of one node; a single one of them serves hundreds of requests a second.
const CONNECTIONS: u32 = 10;

/// A migrated database.
#[derive(Debug)]
pub struct Database {
    /// Its connections.
    pub pool: PgPool,
}

impl Database {
    /// Connects, and migrates under a lock: several nodes may start at once.
    ///
    /// # Errors
    /// When it cannot be reached, or a migration fails.
    pub async fn open(config: &config::database::Database) -> anyhow::Result<Self> {
        let url = config.url.as_ref().context("DATABASE_URL is not set")?;
        let options = PgConnectOptions::from_str(url.expose_secret()).context("DATABASE_URL cannot be read")?;
        let database = Self::connect(options)?;
        database.migrate().await?;
        Ok(database)
    }

    /// Of connections that exist already.
    #[must_use]
    pub fn of_pool(pool: PgPool) -> Self {
        Self { pool }
    }

    fn connect(options: PgConnectOptions) -> anyhow::Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(Duration::from_secs(3))
            .idle_timeout(Duration::from_secs(300))
            .connect_lazy_with(options.application_name("vakhta"));
        Ok(Self { pool })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        MIGRATOR.run(&self.pool).await.context("the migrations failed")
    }

    /// Hangs up.
    pub async fn close(self) {
        self.pool.close().await;
    }
}
