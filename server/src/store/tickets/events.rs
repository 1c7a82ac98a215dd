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
}

/// Histories of these tickets, each in order.
///
/// # Errors
/// Those of the database.
pub async fn histories(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        "select ticket_id, place, at, by, kind, name, article_id, queue_id, state_id, owner_id
         from otrs.history where ticket_id = any($1) order by ticket_id, place",
        ids
    )
    .fetch_all(db)
    .await
}

/// An action and the mark it leaves in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct MarkRow {
    pub ticket_id: i64,
    pub marker: String,
    pub account_id: i64,
    pub login: Option<String>,
}

/// What was done from here to these tickets.
///
/// # Errors
/// Those of the database.
pub async fn marks(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<MarkRow>> {
    sqlx::query_as!(
        MarkRow,
        r#"select ticket_id as "ticket_id!", marker, account_id, login from otrs.action
           where ticket_id = any($1) and sent_at is not null"#,
        ids
    )
    .fetch_all(db)
    .await
}

/// Names of agents that only the past of tickets tells; what tickets themselves say of an agent is newer.
///
/// # Errors
/// Those of the database.
pub async fn know_agents(db: &mut PgConnection, ids: &[i64], logins: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.agent (id, login) select id, login from unnest($1::bigint[], $2::text[]) as x (id, login) order by id
         on conflict (id) do nothing",
        ids,
        logins
    )
    .execute(db)
    .await?;
    Ok(())
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
