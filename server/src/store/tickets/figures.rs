//! Figures: sums of events, and how those are called whose figures they are.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::list::Sight;

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

/// Sums events up. Percentiles are by nearest rank; steps have none. What is alike is counted first, and sorted only where times
/// are: a year of 50 000 tickets takes some tenths of a second.
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
           ), counted as (
               select who, queue_id, step,
                      count(*) filter (where kind = 'arrived') as arrived,
                      count(*) filter (where kind = 'received') as received,
                      count(*) filter (where kind = 'taken') as taken,
                      count(*) filter (where kind = 'answered') as answered,
                      count(*) filter (where kind = 'closed') as closed,
                      count(*) filter (where kind = 'rejected') as rejected,
                      count(*) filter (where kind = 'reopened') as reopened
               from event group by who, queue_id, step
           ), counts as (
               select grouping(who, queue_id, step) as of, who, queue_id, step,
                      sum(arrived)::bigint as arrived, sum(received)::bigint as received, sum(taken)::bigint as taken,
                      sum(answered)::bigint as answered, sum(closed)::bigint as closed,
                      sum(rejected)::bigint as rejected, sum(reopened)::bigint as reopened
               from counted group by grouping sets ((), (who), (queue_id), (step))
           ), times as (
               select grouping(who, queue_id) * 2 + 1 as of, who, queue_id,
                      percentile_disc(array[0.5, 0.9]) within group (order by after_s)
                          filter (where kind = 'answered') as answer,
                      percentile_disc(array[0.5, 0.9]) within group (order by after_s)
                          filter (where kind <> 'answered') as close
               from event where after_s is not null group by grouping sets ((), (who), (queue_id))
           )
           select c.of as "of!", c.who as "who?", c.queue_id as "queue_id?", c.step as "step?",
                  coalesce(c.arrived, 0) as "arrived!", coalesce(c.received, 0) as "received!",
                  coalesce(c.taken, 0) as "taken!", coalesce(c.answered, 0) as "answered!",
                  coalesce(c.closed, 0) as "closed!", coalesce(c.rejected, 0) as "rejected!",
                  coalesce(c.reopened, 0) as "reopened!",
                  t.answer[1] as "first_answer_p50?", t.answer[2] as "first_answer_p90?",
                  t.close[1] as "close_p50?", t.close[2] as "close_p90?"
           from counts c
           left join times t on t.of = c.of and t.who is not distinct from c.who
               and t.queue_id is not distinct from c.queue_id"#,
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
