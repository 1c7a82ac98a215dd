//! Events of tickets: what they are made of, keeping them, and figures of them.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use super::list::Sight;

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

/// Which events are summed up.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Beginnings of the steps in order, and the end of the last one.
    pub bounds: Vec<OffsetDateTime>,
    /// The whole name of a queue; those below it count.
    pub queue: Option<String>,
    /// Whose: agents by their numbers, accounts by their numbers below zero; absent: everybody's.
    pub whose: Option<Vec<i64>>,
    /// What may be counted; absent: everything.
    pub sight: Option<Sight>,
}

/// Sums of one operator, one queue, one step, or of all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the figures")]
pub struct Sums {
    /// What it is of, as bits of what is not told apart: 3 an operator, 5 a queue, 6 a step, 7 all of it.
    pub of: i32,
    pub who: Option<i64>,
    pub queue_id: Option<i64>,
    /// The first step is 1.
    pub step: Option<i32>,
    pub arrived: i64,
    pub received: i64,
    pub taken: i64,
    pub answered: i64,
    pub closed: i64,
    pub rejected: i64,
    pub reopened: i64,
    pub first_answer_p50: Option<i64>,
    pub first_answer_p90: Option<i64>,
    pub close_p50: Option<i64>,
    pub close_p90: Option<i64>,
}

/// Sums events up. Percentiles are by nearest rank.
///
/// Whoever has a linked login is one with what the service agent did for him. A queue that an event was in counts within a
/// sight only if it is one of the sight, or the one in which the visible ticket is now.
///
/// # Errors
/// Those of the database.
pub async fn sums(db: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Vec<Sums>> {
    let (sight, everything) = (wanted.sight.clone().unwrap_or_default(), wanted.sight.is_none());
    sqlx::query_as!(
        Sums,
        r#"with agent as materialized (
               select a.id, coalesce(-l.account_id, a.id) as who
               from otrs.agent a left join otrs.link l on lower(l.login) = lower(a.login)
           ), event as materialized (
               select e.kind, e.after_s, e.queue_id, width_bucket(e.at, $1::timestamptz[]) as step, w.who
               from otrs.event e
               join otrs.ticket t on t.id = e.ticket_id
               left join agent a on a.id = e.by
               cross join lateral (select coalesce(-e.account_id, a.who, e.by) as who) w
               where e.at >= $2 and e.at < $3 and t.gone_at is null
                 and ($4::text is null or e.queue_id in (
                     select q.id from otrs.queue q where q.name = $4 or starts_with(q.name, $4 || '::')))
                 and ($5::bigint[] is null or w.who = any($5))
                 and ($6 or ((t.queue_id = any($7) or lower(t.owner) = $8 or lower(t.responsible) = $8)
                     and (e.queue_id = any($7) or e.queue_id = t.queue_id)
                     and not exists (select from otrs.refusal r where r.account_id = $9 and r.ticket_id = t.id)))
           )
           select grouping(who, queue_id, step) as "of!", who as "who?", queue_id as "queue_id?", step as "step?",
                  count(*) filter (where kind = 'arrived') as "arrived!",
                  count(*) filter (where kind = 'received') as "received!",
                  count(*) filter (where kind = 'taken') as "taken!",
                  count(*) filter (where kind = 'answered') as "answered!",
                  count(*) filter (where kind = 'closed') as "closed!",
                  count(*) filter (where kind = 'rejected') as "rejected!",
                  count(*) filter (where kind = 'reopened') as "reopened!",
                  percentile_disc(0.5) within group (order by after_s) filter (where kind = 'answered') as first_answer_p50,
                  percentile_disc(0.9) within group (order by after_s) filter (where kind = 'answered') as first_answer_p90,
                  percentile_disc(0.5) within group (order by after_s) filter (where kind in ('closed', 'rejected')) as close_p50,
                  percentile_disc(0.9) within group (order by after_s) filter (where kind in ('closed', 'rejected')) as close_p90
           from event group by grouping sets ((), (who), (queue_id), (step))"#,
        &wanted.bounds,
        wanted.bounds.first(),
        wanted.bounds.last(),
        wanted.queue,
        wanted.whose.as_deref(),
        everything,
        &sight.queues,
        sight.login,
        sight.account
    )
    .fetch_all(db)
    .await
}

/// How somebody is called.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the columns")]
pub struct NameRow {
    pub who: i64,
    pub login: Option<String>,
    pub name: Option<String>,
}

/// How these agents and accounts are called.
///
/// # Errors
/// Those of the database.
pub async fn names(db: &mut PgConnection, whose: &[i64]) -> sqlx::Result<Vec<NameRow>> {
    sqlx::query_as!(
        NameRow,
        r#"select -c.id as "who!", l.login as "login?", c.name as "name?"
           from core.account c left join otrs.link l on l.account_id = c.id where -c.id = any($1)
           union all
           select a.id, a.login, null from otrs.agent a where a.id = any($1)"#,
        whose
    )
    .fetch_all(db)
    .await
}

/// Names of these queues.
///
/// # Errors
/// Those of the database.
pub async fn queue_names(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<(i64, String)>> {
    let rows = sqlx::query!("select id, name from otrs.queue where id = any($1)", ids).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Agents and accounts behind this login.
///
/// # Errors
/// Those of the database.
pub async fn behind(db: &mut PgConnection, login: &str) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select a.id as "who!" from otrs.agent a where lower(a.login) = lower($1)
           union all select -l.account_id from otrs.link l where lower(l.login) = lower($1)"#,
        login
    )
    .fetch_all(db)
    .await
}
