//! Employees: one record at a time or a handful, by id.
//!
//! Lists are in [`list`], what is stored in [mod@write], the history in [`changes`], reading everything for the
//! search index in [`index`]. No rule of the import and no right is known here.

pub mod changes;
pub mod index;
pub mod list;
pub mod write;

use app::model::ids::EmployeeId;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use time::{Date, OffsetDateTime};

/// A telephone as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoredPhone {
    /// E.164; absent when only the extension is known.
    pub number: Option<String>,
    /// Three to six digits.
    pub ext: Option<String>,
    /// Added by hand: an import leaves it alone.
    #[serde(default)]
    pub by_hand: bool,
}

/// An IPv4 address as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoredIp {
    /// Dotted decimal.
    pub ip: String,
    /// Added by hand: an import leaves it alone.
    #[serde(default)]
    pub by_hand: bool,
}

/// The column of the telephones.
pub type Phones = Json<Vec<StoredPhone>>;
/// The column of the addresses.
pub type Ips = Json<Vec<StoredIp>>;

/// A whole row of `employees.employee`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub id: EmployeeId,
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
    pub hired: Option<Date>,
    pub note: Option<String>,
    pub state: String,
    pub edited_fields: Vec<String>,
    pub version: i64,
    pub updated_at: OffsetDateTime,
    pub deleted_at: Option<OffsetDateTime>,
    pub merged_into: Option<i64>,
}

/// `query_as!` for whole rows: the column list is written once.
macro_rules! rows {
    ($tail:literal $(, $arg:expr)* $(,)?) => {
        sqlx::query_as!(
            $crate::store::employees::Row,
            r#"select e.id, e.surname, e.name, e.patronymic, e.email,
                      e.phones as "phones: crate::store::employees::Phones",
                      e.ips as "ips: crate::store::employees::Ips",
                      e.workstation, e.position, e.department, e.unit, e.room, e.hired, e.note, e.state,
                      e.edited_fields, e.version, e.updated_at, e.deleted_at, e.merged_into "#
                + $tail
            $(, $arg)*
        )
    };
}
pub(crate) use rows;

/// One record, deleted ones included.
///
/// # Errors
/// Those of the database.
pub async fn by_id(db: &mut PgConnection, id: EmployeeId) -> sqlx::Result<Option<Row>> {
    rows!("from employees.employee e where e.id = $1", id.get()).fetch_optional(db).await
}

/// These records without the deleted ones, in no particular order.
///
/// # Errors
/// Those of the database.
pub async fn by_ids(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Row>> {
    rows!("from employees.employee e where e.id = any($1) and e.deleted_at is null", ids).fetch_all(db).await
}

/// These records with the deleted ones, in no particular order.
///
/// # Errors
/// Those of the database.
pub async fn all_by_ids(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Row>> {
    rows!("from employees.employee e where e.id = any($1)", ids).fetch_all(db).await
}

/// Locks these records against other writers, always in the order of their ids so that two callers never
/// wait for each other in a circle. Deleted ones are included.
///
/// # Errors
/// Those of the database.
pub async fn lock(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Row>> {
    rows!("from employees.employee e where e.id = any($1) order by e.id for update of e", ids).fetch_all(db).await
}

/// Whoever has this e-mail address (lower case), deleted ones included, merged ones not.
///
/// # Errors
/// Those of the database.
pub async fn by_email(db: &mut PgConnection, email: &str) -> sqlx::Result<Option<Row>> {
    rows!("from employees.employee e where e.email = $1 and e.merged_into is null", email).fetch_optional(db).await
}
