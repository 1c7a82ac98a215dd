//! Where failures of libraries become [`app::model::Error`]: the chain is logged here, once, and only a
//! reference goes on.

use app::model::{Error, error::Reference};

/// Turns an unexpected failure into one the caller may see. A database that is away is not our fault
/// and says so; everything else is logged under `reference`.
pub fn internal(reference: &Reference, error: impl Into<anyhow::Error>) -> Error {
    let error: anyhow::Error = error.into();
    if let Some(database) = error.downcast_ref::<sqlx::Error>()
        && is_away(database)
    {
        tracing::warn!(request.id = %reference, error = %database, "The database is away");
        return Error::Unavailable { retry_after_s: 2 };
    }
    tracing::error!(request.id = %reference, error = format!("{error:#}"), "Unexpected failure");
    Error::Internal(reference.clone())
}

/// Whether trying again later may help: no connection, or a server that is starting or stopping.
#[must_use]
pub fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(database) => {
            // Class 57P: operator intervention; 53: insufficient resources; 08: connection exception.
            database
                .code()
                .is_some_and(|code| code.starts_with("57P") || code.starts_with("53") || code.starts_with("08"))
        }
        _ => false,
    }
}

/// The name of the violated constraint, when that is what went wrong.
#[must_use]
pub fn violated(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error().and_then(|database| database.constraint())
}
