//! Reading the directory for the search index: everything once, then only what differs.

use futures_util::stream::BoxStream;
use sqlx::PgConnection;

use super::{Ips, Phones};

/// What can be searched of a record, and which version it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Indexed {
    pub id: i64,
    pub version: i64,
    pub deleted: bool,
    pub state: String,
    pub surname: String,
    pub name: String,
    pub patronymic: Option<String>,
    pub email: Option<String>,
    pub phones: Phones,
    pub ips: Ips,
    pub workstation: Option<String>,
    pub position: Option<String>,
    pub department: Option<String>,
    pub unit: Option<String>,
    pub room: Option<String>,
}

/// Everybody who is not deleted, row by row, so that memory stays bounded.
pub fn all(db: &mut PgConnection) -> BoxStream<'_, sqlx::Result<Indexed>> {
    sqlx::query_as!(
        Indexed,
        r#"select id, version, false as "deleted!", state, surname, name, patronymic, email,
                  phones as "phones: Phones", ips as "ips: Ips", workstation, position, department, unit, room
           from employees.employee where deleted_at is null"#
    )
    .fetch(db)
}

/// These records as they are now, deleted ones included.
///
/// # Errors
/// Those of the database.
pub async fn some(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Indexed>> {
    sqlx::query_as!(
        Indexed,
        r#"select id, version, deleted_at is not null as "deleted!", state, surname, name, patronymic, email,
                  phones as "phones: Phones", ips as "ips: Ips", workstation, position, department, unit, room
           from employees.employee where id = any($1)"#,
        ids
    )
    .fetch_all(db)
    .await
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
