//! Groups of servers.

use app::model::ids::GroupId;
use sqlx::PgConnection;

/// A group and how many servers are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct GroupRow {
    pub id: GroupId,
    pub name: String,
    pub servers: i64,
}

/// All groups by name.
///
/// # Errors
/// Those of the database.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<GroupRow>> {
    sqlx::query_as!(
        GroupRow,
        r#"select g.id, g.name, count(s.id) as "servers!"
           from monitoring.server_group g
           left join monitoring.server s on s.group_id = g.id and s.deleted_at is null
           group by g.id order by g.name, g.id"#
    )
    .fetch_all(db)
    .await
}

/// One group.
///
/// # Errors
/// Those of the database.
pub async fn by_id(db: &mut PgConnection, id: GroupId) -> sqlx::Result<Option<GroupRow>> {
    sqlx::query_as!(
        GroupRow,
        r#"select g.id, g.name, (select count(*) from monitoring.server s where s.group_id = g.id and s.deleted_at is null)
                  as "servers!"
           from monitoring.server_group g where g.id = $1"#,
        id.get()
    )
    .fetch_optional(db)
    .await
}

/// The group of this name, made if it is not there yet.
///
/// # Errors
/// Those of the database.
pub async fn named(db: &mut PgConnection, name: &str) -> sqlx::Result<GroupId> {
    // The update changes nothing; it makes the row come back.
    let id = sqlx::query_scalar!(
        "insert into monitoring.server_group (name) values ($1)
         on conflict on constraint server_group_name_key do update set name = excluded.name returning id",
        name
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Makes a group.
///
/// # Errors
/// Those of the database; `server_group_name_key` when the name is taken.
pub async fn insert(db: &mut PgConnection, name: &str) -> sqlx::Result<GroupId> {
    let id = sqlx::query_scalar!("insert into monitoring.server_group (name) values ($1) returning id", name)
        .fetch_one(db)
        .await?;
    Ok(id.into())
}

/// Renames a group. Whether there is one.
///
/// # Errors
/// Those of the database; `server_group_name_key` when the name is taken.
pub async fn rename(db: &mut PgConnection, id: GroupId, name: &str) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("update monitoring.server_group set name = $2 where id = $1", id.get(), name).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// Takes a group away; its servers are without one. Whether there was one.
///
/// # Errors
/// Those of the database.
pub async fn delete(db: &mut PgConnection, id: GroupId) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from monitoring.server_group where id = $1", id.get()).execute(db).await?;
    Ok(done.rows_affected() > 0)
}
