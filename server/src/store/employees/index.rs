//! Reading the directory for the search index: everything once, then only what differs.

use futures_util::stream::BoxStream;
use sqlx::PgConnection;

use super::{Row, rows};

/// Everybody who is not deleted, row by row, so that memory stays bounded.
pub fn all(db: &mut PgConnection) -> BoxStream<'_, sqlx::Result<Row>> {
    rows!("from employees.employee e where e.deleted_at is null").fetch(db)
}

/// These records as they are now, deleted ones included.
///
/// # Errors
/// Those of the database.
pub async fn some(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Row>> {
    rows!("from employees.employee e where e.id = any($1)", ids).fetch_all(db).await
}

/// Which version of a record is the current one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The record.
    pub id: i64,
    /// Its version.
    pub version: i64,
}

/// The versions of all records, deleted ones included.
pub fn versions(db: &mut PgConnection) -> BoxStream<'_, sqlx::Result<Version>> {
    sqlx::query_as!(Version, "select id, version from employees.employee").fetch(db)
}
