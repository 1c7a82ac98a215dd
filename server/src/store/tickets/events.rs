//! Events of tickets: what they are made of, and keeping them. Figures of them are in [`super::figures`].

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// An entry of a history with what its fold needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct EntryRow {
    pub ticket_id: i64,
    pub place: i32,
    pub at: OffsetDateTime,
    pub by: i64,
    pub kind: String,
    pub name: String,
    pub article_id: Option<i64>,
    pub queue_id: i64,
    pub state_id: i64,
    pub owner_id: i64,
    /// For whom the service agent wrote it.
    pub account_id: Option<i64>,
}

/// Histories of these tickets, each in order.
///
/// # Errors
/// Those of the database.
pub async fn histories(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        r#"select h.ticket_id, h.place, h.at, h.by, h.kind, h.name, h.article_id, h.queue_id, h.state_id, h.owner_id,
                  (select a.account_id from otrs.action a
                   where a.ticket_id = h.ticket_id and a.login is null and strpos(h.name, a.marker) > 0 limit 1)
                      as "account_id?"
           from otrs.history h where h.ticket_id = any($1) order by h.ticket_id, h.place"#,
        ids
    )
    .fetch_all(db)
    .await
}

/// Articles by agents that the customers of these tickets see, as ticket and article.
///
/// # Errors
/// Those of the database.
pub async fn answers(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<(i64, i64)>> {
    let rows = sqlx::query!(
        "select ticket_id, id from otrs.article
         where ticket_id = any($1) and sender = 'agent' and visible and not deleted order by id",
        ids
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.ticket_id, row.id)).collect())
}

/// All states that tickets named: number, name, type.
///
/// # Errors
/// Those of the database.
pub async fn states(db: &mut PgConnection) -> sqlx::Result<Vec<(i64, String, String)>> {
    let rows = sqlx::query!("select id, name, kind from otrs.state order by id").fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name, row.kind)).collect())
}

/// An event to be written.
#[derive(Clone, Debug, serde::Serialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct EventRow {
    pub ticket_id: i64,
    pub place: i32,
    pub kind: &'static str,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    pub by: Option<i64>,
    pub account_id: Option<i64>,
    pub queue_id: i64,
    pub after_s: Option<i64>,
}

/// Puts these events in the place of those that these tickets had.
///
/// # Errors
/// Those of the database.
pub async fn replace(db: &mut PgConnection, ids: &[i64], events: &[EventRow]) -> sqlx::Result<()> {
    sqlx::query!("delete from otrs.event where ticket_id = any($1)", ids).execute(&mut *db).await?;
    sqlx::query!(
        "insert into otrs.event (ticket_id, place, kind, at, by, account_id, queue_id, after_s)
         select ticket_id, place, kind, at, by, account_id, queue_id, after_s
         from jsonb_to_recordset($1) as x (
             ticket_id bigint, place integer, kind text, at timestamptz, by bigint, account_id bigint, queue_id bigint,
             after_s bigint)",
        Json(events) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// By which rule the events are made, and up to which ticket they are; locked until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn rule(db: &mut PgConnection) -> sqlx::Result<(String, i64)> {
    let row = sqlx::query!("select rule, through from otrs.event_rule for update").fetch_one(db).await?;
    Ok((row.rule, row.through))
}

/// Remembers that.
///
/// # Errors
/// Those of the database.
pub async fn set_rule(db: &mut PgConnection, rule: &str, through: i64) -> sqlx::Result<()> {
    sqlx::query!("update otrs.event_rule set rule = $1, through = $2", rule, through).execute(db).await?;
    Ok(())
}

/// The next tickets behind this one, gone or not, in order.
///
/// # Errors
/// Those of the database.
pub async fn next(db: &mut PgConnection, after: i64, limit: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("select id from otrs.ticket where id > $1 order by id limit $2", after, limit)
        .fetch_all(db)
        .await
}
