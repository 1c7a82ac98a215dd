//! Ready texts.

use app::model::ids::{AccountId, ReplyId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A ready text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub id: ReplyId,
    pub title: String,
    pub body: String,
    pub queue: Option<String>,
    pub purpose: String,
    pub version: i64,
}

/// A ready text to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Values<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub queue: Option<&'a str>,
    pub purpose: &'a str,
    pub by: AccountId,
    pub now: OffsetDateTime,
}

/// All of them, by their titles.
///
/// # Errors
/// Those of the database.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select id, title, body, queue, purpose, version from otrs.reply order by lower(title), id limit 1000"
    )
    .fetch_all(db)
    .await
}

/// One of them, for a change.
///
/// # Errors
/// Those of the database.
pub async fn lock(db: &mut PgConnection, id: ReplyId) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "select id, title, body, queue, purpose, version from otrs.reply where id = $1 for update",
        id.get()
    )
    .fetch_optional(db)
    .await
}

/// Adds one.
///
/// # Errors
/// Those of the database.
pub async fn insert(db: &mut PgConnection, values: &Values<'_>) -> sqlx::Result<Row> {
    sqlx::query_as!(
        Row,
        "insert into otrs.reply (title, body, queue, purpose, account_id, updated_at) values ($1, $2, $3, $4, $5, $6)
         returning id, title, body, queue, purpose, version",
        values.title,
        values.body,
        values.queue,
        values.purpose,
        values.by.get(),
        values.now
    )
    .fetch_one(db)
    .await
}

/// Changes one and counts its version up.
///
/// # Errors
/// Those of the database.
pub async fn update(db: &mut PgConnection, id: ReplyId, values: &Values<'_>) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "update otrs.reply set title = $2, body = $3, queue = $4, purpose = $5, account_id = $6, updated_at = $7,
                               version = version + 1
         where id = $1 returning id, title, body, queue, purpose, version",
        id.get(),
        values.title,
        values.body,
        values.queue,
        values.purpose,
        values.by.get(),
        values.now
    )
    .fetch_optional(db)
    .await
}

/// Takes one away. Whether it was there.
///
/// # Errors
/// Those of the database.
pub async fn delete(db: &mut PgConnection, id: ReplyId) -> sqlx::Result<bool> {
    Ok(sqlx::query!("delete from otrs.reply where id = $1", id.get()).execute(db).await?.rows_affected() > 0)
}
