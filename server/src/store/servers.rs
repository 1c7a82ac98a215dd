//! Servers and their groups: one at a time, and what is written of them. The list is in [`list`].

pub mod groups;
pub mod list;

use app::model::ids::{EmployeeId, GroupId, ServerId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A whole row of `monitoring.server`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub id: ServerId,
    pub name: String,
    pub address: String,
    pub group_id: Option<i64>,
    pub group_name: Option<String>,
    pub responsible_id: Option<i64>,
    pub parent_id: Option<i64>,
    pub parent_name: Option<String>,
    pub tags: Vec<String>,
    pub notes: Option<String>,
    pub runbook_url: Option<String>,
    pub paused: bool,
    pub version: i64,
    pub deleted_at: Option<OffsetDateTime>,
    pub state: String,
    pub since: OffsetDateTime,
}

/// One server, deleted ones included.
///
/// # Errors
/// Those of the database.
pub async fn by_id(db: &mut PgConnection, id: ServerId) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        r#"select s.id, s.name, s.address, s.group_id, g.name as "group_name?", s.responsible_id, s.parent_id,
                  p.name as "parent_name?", s.tags, s.notes, s.runbook_url, s.paused, s.version, s.deleted_at, s.state,
                  s.since
           from monitoring.server s
           left join monitoring.server_group g on g.id = s.group_id
           left join monitoring.server p on p.id = s.parent_id and p.deleted_at is null
           where s.id = $1"#,
        id.get()
    )
    .fetch_optional(db)
    .await
}

/// What a server is called.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Named {
    pub id: i64,
    pub name: String,
    pub address: String,
}

/// What all servers are called.
///
/// # Errors
/// Those of the database.
pub async fn names(db: &mut PgConnection) -> sqlx::Result<Vec<Named>> {
    sqlx::query_as!(Named, "select id, name, address from monitoring.server where deleted_at is null order by id")
        .fetch_all(db)
        .await
}

/// Locks a server until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn lock(db: &mut PgConnection, id: ServerId) -> sqlx::Result<()> {
    sqlx::query!("select from monitoring.server where id = $1 for update", id.get()).execute(db).await?;
    Ok(())
}

/// How many servers are reached through this one.
///
/// # Errors
/// Those of the database.
pub async fn children(db: &mut PgConnection, id: ServerId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from monitoring.server where parent_id = $1 and deleted_at is null"#,
        id.get()
    )
    .fetch_one(db)
    .await
}

/// How many servers there are.
///
/// # Errors
/// Those of the database.
pub async fn count(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from monitoring.server where deleted_at is null"#)
        .fetch_one(db)
        .await
}

/// Whether `id` is reached through `from`, over any number of hops: making it the parent of `from` would be a circle.
///
/// # Errors
/// Those of the database.
pub async fn is_behind(db: &mut PgConnection, id: ServerId, from: ServerId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with recursive up as (
               select id, parent_id from monitoring.server where id = $1
               union
               select s.id, s.parent_id from monitoring.server s join up on s.id = up.parent_id
           )
           select exists (select 1 from up where id = $2) as "behind!""#,
        id.get(),
        from.get()
    )
    .fetch_one(db)
    .await
}

/// What is stored of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Values {
    pub name: String,
    pub address: String,
    pub group_id: Option<GroupId>,
    pub responsible_id: Option<EmployeeId>,
    pub parent_id: Option<ServerId>,
    pub tags: Vec<String>,
    pub notes: Option<String>,
    pub runbook_url: Option<String>,
    pub paused: bool,
}

/// Stores a new server.
///
/// # Errors
/// Those of the database; `server_name_key` when the name is taken.
pub async fn insert(db: &mut PgConnection, values: &Values, now: OffsetDateTime) -> sqlx::Result<ServerId> {
    let id = sqlx::query_scalar!(
        "insert into monitoring.server (name, address, group_id, responsible_id, parent_id, tags, notes, runbook_url, paused,
                                        created_at, updated_at, since)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10) returning id",
        values.name,
        values.address,
        values.group_id.map(GroupId::get),
        values.responsible_id.map(EmployeeId::get),
        values.parent_id.map(ServerId::get),
        &values.tags,
        values.notes,
        values.runbook_url,
        values.paused,
        now
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Overwrites the configuration of a server and counts its version up.
///
/// # Errors
/// Those of the database; `server_name_key` when the name is taken.
pub async fn update(db: &mut PgConnection, id: ServerId, values: &Values, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.server
         set name = $2, address = $3, group_id = $4, responsible_id = $5, parent_id = $6, tags = $7, notes = $8,
             runbook_url = $9, paused = $10, version = version + 1, updated_at = $11
         where id = $1",
        id.get(),
        values.name,
        values.address,
        values.group_id.map(GroupId::get),
        values.responsible_id.map(EmployeeId::get),
        values.parent_id.map(ServerId::get),
        &values.tags,
        values.notes,
        values.runbook_url,
        values.paused,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a server out, or brings it back.
///
/// # Errors
/// Those of the database; `server_name_key` when the name was taken meanwhile.
pub async fn set_deleted(db: &mut PgConnection, id: ServerId, at: Option<OffsetDateTime>) -> sqlx::Result<()> {
    sqlx::query!("update monitoring.server set deleted_at = $2, version = version + 1 where id = $1", id.get(), at)
        .execute(db)
        .await?;
    Ok(())
}

/// Writes what a server is judged now. Whether that is news.
///
/// # Errors
/// Those of the database.
pub async fn set_state(db: &mut PgConnection, id: ServerId, state: &str, since: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update monitoring.server set state = $2, since = $3 where id = $1 and state <> $2",
        id.get(),
        state,
        since
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The server of this name, in any case of letters.
///
/// # Errors
/// Those of the database.
pub async fn by_name(db: &mut PgConnection, name: &str) -> sqlx::Result<Option<ServerId>> {
    let id = sqlx::query_scalar!(
        r#"select id from monitoring.server where lower(name collate "C") = lower($1::text collate "C") and deleted_at is null"#,
        name
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// Says what a server is reached through. Whether that is new.
///
/// # Errors
/// Those of the database.
pub async fn set_parent(db: &mut PgConnection, id: ServerId, parent: Option<ServerId>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update monitoring.server set parent_id = $2, version = version + 1
         where id = $1 and parent_id is distinct from $2",
        id.get(),
        parent.map(ServerId::get)
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
