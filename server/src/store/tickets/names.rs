//! Names that tickets gave to queues, agents, states and priorities, and what is told of tickets.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::list::Sight;

/// A queue and how many tickets in it are not over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the columns")]
pub struct QueueRow {
    pub name: String,
    pub open: i64,
}

/// The queues he may see, by name.
///
/// # Errors
/// Those of the database.
pub async fn queues(db: &mut PgConnection, sight: &Sight) -> sqlx::Result<Vec<QueueRow>> {
    sqlx::query_as!(
        QueueRow,
        r#"select q.name, count(t.id) as "open!"
           from otrs.queue q
           left join otrs.ticket t on t.queue_id = q.id and t.gone_at is null
               and t.state_type not in ('closed', 'removed', 'merged')
               and not exists (select from otrs.refusal r where r.account_id = $2 and r.ticket_id = t.id)
           where q.id = any($1) group by q.name order by q.name"#,
        &sight.queues,
        sight.account
    )
    .fetch_all(db)
    .await
}

/// A name that forms offer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the columns")]
pub struct Choice {
    pub what: String,
    pub name: String,
    pub kind: String,
}

/// Priorities, agents, states, types, services and SLAs that tickets have named.
///
/// # Errors
/// Those of the database.
pub async fn choices(db: &mut PgConnection) -> sqlx::Result<Vec<Choice>> {
    sqlx::query_as!(
        Choice,
        r#"select what as "what!", name as "name!", kind as "kind!" from (
               select 'priority' as what, name, '' as kind, lpad(id::text, 20) as rank from otrs.priority
               union all select 'agent', login, '', login from otrs.agent where id <> 1
               union all select 'state', name, kind, lpad(id::text, 20) from otrs.state
               union all select distinct n.what, n.name, '', n.name from otrs.ticket t
                   cross join lateral (values ('kind', t.kind), ('service', t.service), ('sla', t.sla)) n (what, name)
                   where n.name <> '' and t.gone_at is null
           ) c order by what, rank"#
    )
    .fetch_all(db)
    .await
}

/// A value that tickets hold in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the columns")]
pub struct FieldValueRow {
    pub name: String,
    pub value: String,
}

/// The fifty usual values of each additional field, the most usual first; long ones are texts and no choices.
///
/// # Errors
/// Those of the database.
pub async fn field_values(db: &mut PgConnection) -> sqlx::Result<Vec<FieldValueRow>> {
    sqlx::query_as!(
        FieldValueRow,
        r#"select name as "name!", value as "value!" from (
               select f->>'name' as name, v as value, row_number() over (partition by f->>'name' order by count(*) desc, v) as place
               from otrs.ticket t
               cross join lateral jsonb_array_elements(t.fields) f
               cross join lateral jsonb_array_elements_text(f->'values') v
               where t.gone_at is null and length(v) <= 100
               group by f->>'name', v
           ) known where place <= 50 order by name, place"#
    )
    .fetch_all(db)
    .await
}

/// Numbers of the queues with these names.
///
/// # Errors
/// Those of the database.
pub async fn queue_ids(db: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("select id from otrs.queue where name = any($1)", names).fetch_all(db).await
}

/// All queues.
///
/// # Errors
/// Those of the database.
pub async fn all_queues(db: &mut PgConnection) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("select id from otrs.queue order by id").fetch_all(db).await
}

/// What is told of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Told {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub queue_id: i64,
    pub queue: String,
    pub state_type: String,
    pub owner_id: i64,
    pub owner: String,
    pub responsible_id: i64,
    pub responsible: String,
    pub version: String,
    pub changed_at: OffsetDateTime,
}

/// What is told of these tickets, whoever may hear it.
///
/// # Errors
/// Those of the database.
pub async fn told(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Told>> {
    sqlx::query_as!(
        Told,
        "select id, number, title, queue_id, queue, state_type, owner_id, owner, responsible_id, responsible, version, changed_at
         from otrs.ticket where id = any($1) order by id",
        ids
    )
    .fetch_all(db)
    .await
}

/// The numbers that agents with this login have; logins differ in case on some databases.
///
/// # Errors
/// Those of the database.
pub async fn agent_ids(db: &mut PgConnection, login: &str) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("select id from otrs.agent where lower(login) = lower($1)", login).fetch_all(db).await
}
