//! Planned windows. Whether one is open is not decided here.

use app::model::{
    ids::{AccountId, MaintenanceId},
    maintenance::Schedule,
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// A window as it is stored, with the names people know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub id: MaintenanceId,
    pub title: String,
    pub servers: Vec<i64>,
    pub groups: Vec<i64>,
    pub group_names: Vec<String>,
    pub everything: bool,
    pub schedule: Json<Schedule>,
    pub by: Option<String>,
}

/// All windows that nobody cancelled.
///
/// # Errors
/// Those of the database.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"select w.id, w.title, w.servers, w.groups, w.everything, w.schedule as "schedule: Json<Schedule>",
                  a.name as "by?",
                  array(select g.name from monitoring.server_group g where g.id = any(w.groups) order by g.name)
                      as "group_names!"
           from monitoring.maintenance w left join core.account a on a.id = w.account_id
           where w.ended_at is null order by w.id"#
    )
    .fetch_all(db)
    .await
}

/// Stores a window.
///
/// # Errors
/// Those of the database.
pub async fn insert(
    db: &mut PgConnection,
    title: &str,
    (servers, groups, everything): (&[i64], &[i64], bool),
    schedule: &Schedule,
    by: AccountId,
    now: OffsetDateTime,
) -> sqlx::Result<MaintenanceId> {
    let id = sqlx::query_scalar!(
        "insert into monitoring.maintenance (title, servers, groups, everything, schedule, account_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        title,
        servers,
        groups,
        everything,
        Json(schedule) as _,
        by.get(),
        now
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Cancels a window. Whether there was one.
///
/// # Errors
/// Those of the database.
pub async fn end(db: &mut PgConnection, id: MaintenanceId, now: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update monitoring.maintenance set ended_at = $2 where id = $1 and ended_at is null",
        id.get(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The groups of these names, in no particular order.
///
/// # Errors
/// Those of the database.
pub async fn groups_named(db: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("select id from monitoring.server_group where name = any($1)", names).fetch_all(db).await
}
