//! All SQL and nothing but SQL: one function per query, each on a connection its caller owns, so that the
//! caller owns the transaction. No rule lives here that the database does not enforce.

pub mod accounts;
pub mod actions;
pub mod audit;
pub mod checks;
pub mod downloads;
pub mod employees;
pub mod health;
pub mod history;
pub mod idempotency;
pub mod imports;
pub mod incidents;
pub mod leases;
pub mod live_log;
pub mod maintenance;
pub mod monitors;
pub mod notify;
pub mod otrs_links;
pub mod replies;
pub mod retention;
pub mod servers;
pub mod sessions;
pub mod settings;
pub mod staged;
pub mod tickets;
pub mod updates;
pub mod uploads;
pub mod windows;

/// The migrations, embedded; run at start under a lock.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");
