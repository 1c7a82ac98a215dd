//! The copy of the tickets: writing it. Reading is in [`list`] and [`one`], figures in [`figures`], how far it is in [`sync`],
//! what people mark in [`marks`].

pub mod events;
pub mod figures;
pub mod list;
pub mod marks;
pub mod names;
pub mod one;
mod rows;
pub mod sync;

pub use rows::{Article, Attachment, Entry, Name, Ticket};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// What the copy holds of a ticket before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Before {
    pub id: i64,
    pub queue_id: i64,
    pub state_id: i64,
    pub state_type: String,
    pub owner_id: i64,
    pub responsible_id: i64,
    pub last_article_id: i64,
    pub version: String,
    pub changed_at: OffsetDateTime,
    pub escalates_at: Option<OffsetDateTime>,
    pub reading: i64,
    pub gone: bool,
    pub files: i64,
}

/// What the copy holds of these, locked until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn lock(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Before>> {
    sqlx::query_as!(
        Before,
        r#"select id, queue_id, state_id, state_type, owner_id, responsible_id, last_article_id, version, changed_at, escalates_at,
                  reading, gone_at is not null as "gone!",
                  (select count(*) from otrs.attachment a where a.ticket_id = ticket.id) as "files!"
           from otrs.ticket where id = any($1) order by id for update"#,
        ids
    )
    .fetch_all(db)
    .await
}

/// A reading of OTRS begins: its number.
///
/// # Errors
/// Those of the database.
pub async fn begin_reading(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select nextval('otrs.reading') as "number!""#).fetch_one(db).await
}

/// Those of these queues in which the copy has no tickets.
///
/// # Errors
/// Those of the database.
pub async fn empty_queues(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select q.id as "id!" from unnest($1::bigint[]) as q (id)
           where not exists (select from otrs.ticket t where t.queue_id = q.id and t.gone_at is null)"#,
        ids
    )
    .fetch_all(db)
    .await
}

/// Writes the names that these tickets gave to queues, agents, states and priorities.
///
/// # Errors
/// Those of the database.
pub async fn write_names(
    db: &mut PgConnection,
    queues: &[Name],
    agents: &[Name],
    states: &[Name],
    priorities: &[Name],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.queue (id, name)
         select id, name from jsonb_to_recordset($1) as x (id bigint, name text) order by id
         on conflict (id) do update set name = excluded.name where queue.name <> excluded.name",
        Json(queues) as _
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into otrs.agent (id, login)
         select id, name from jsonb_to_recordset($1) as x (id bigint, name text) order by id
         on conflict (id) do update set login = excluded.login where agent.login <> excluded.login",
        Json(agents) as _
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into otrs.state (id, name, kind)
         select id, name, kind from jsonb_to_recordset($1) as x (id bigint, name text, kind text) order by id
         on conflict (id) do update set name = excluded.name, kind = excluded.kind
         where (state.name, state.kind) <> (excluded.name, excluded.kind)",
        Json(states) as _
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into otrs.priority (id, name)
         select id, name from jsonb_to_recordset($1) as x (id bigint, name text) order by id
         on conflict (id) do update set name = excluded.name where priority.name <> excluded.name",
        Json(priorities) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes tickets as they are now.
///
/// # Errors
/// Those of the database.
pub async fn write(db: &mut PgConnection, tickets: &[Ticket]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.ticket as t (
             id, number, title, queue_id, queue, state_id, state, state_type, priority_id, priority, locked, owner_id, owner,
             responsible_id, responsible, customer_login, customer_company, customer_name, customer_email, kind, service, sla,
             fields, created_at, changed_at, escalates_at, first_response_due, update_due, solution_due, pending_until,
             first_response_at, first_lock_at, closed_at, last_article_id, last_sender, merged_into, version, reading, search)
         select id, number, title, queue_id, queue, state_id, state, state_type, priority_id, priority, locked, owner_id, owner,
             responsible_id, responsible, customer_login, customer_company, customer_name, customer_email, kind, service, sla,
             fields, created_at, changed_at, escalates_at, first_response_due, update_due, solution_due, pending_until,
             first_response_at, first_lock_at, closed_at, last_article_id, last_sender, merged_into, version, reading,
             to_tsvector('simple', words) || to_tsvector('russian', words) || to_tsvector('russian', more_words)
         from jsonb_to_recordset($1) as x (
             id bigint, number text, title text, queue_id bigint, queue text, state_id bigint, state text, state_type text,
             priority_id bigint, priority text, locked boolean, owner_id bigint, owner text, responsible_id bigint,
             responsible text, customer_login text, customer_company text, customer_name text, customer_email text,
             kind text, service text, sla text, fields jsonb, created_at timestamptz, changed_at timestamptz,
             escalates_at timestamptz, first_response_due timestamptz, update_due timestamptz, solution_due timestamptz,
             pending_until timestamptz, first_response_at timestamptz, first_lock_at timestamptz, closed_at timestamptz,
             last_article_id bigint, last_sender text, merged_into bigint, version text, reading bigint, words text,
             more_words text)
         order by id
         on conflict (id) do update set
             number = excluded.number, title = excluded.title, queue_id = excluded.queue_id, queue = excluded.queue,
             state_id = excluded.state_id, state = excluded.state, state_type = excluded.state_type,
             priority_id = excluded.priority_id, priority = excluded.priority, locked = excluded.locked,
             owner_id = excluded.owner_id, owner = excluded.owner, responsible_id = excluded.responsible_id,
             responsible = excluded.responsible, customer_login = excluded.customer_login,
             customer_company = excluded.customer_company, customer_name = excluded.customer_name,
             customer_email = excluded.customer_email, kind = excluded.kind, service = excluded.service, sla = excluded.sla,
             fields = excluded.fields, created_at = excluded.created_at, changed_at = excluded.changed_at,
             escalates_at = excluded.escalates_at, first_response_due = excluded.first_response_due,
             update_due = excluded.update_due, solution_due = excluded.solution_due,
             pending_until = excluded.pending_until, first_response_at = excluded.first_response_at,
             first_lock_at = excluded.first_lock_at, closed_at = excluded.closed_at,
             last_article_id = excluded.last_article_id, last_sender = excluded.last_sender,
             merged_into = excluded.merged_into, version = excluded.version, reading = excluded.reading,
             search = excluded.search, gone_at = null",
        Json(tickets) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes articles and files of tickets; files keep the numbers they have.
///
/// # Errors
/// Those of the database.
pub async fn write_articles(db: &mut PgConnection, articles: &[Article], files: &[Attachment]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.article as a (id, ticket_id, at, created_by, channel, sender, visible, deleted, sent_from, sent_to, cc,
                                   subject, body, body_cut)
         select id, ticket_id, at, created_by, channel, sender, visible, deleted, sent_from, sent_to, cc, subject, body, body_cut
         from jsonb_to_recordset($1) as x (
             id bigint, ticket_id bigint, at timestamptz, created_by bigint, channel bigint, sender text, visible boolean,
             deleted boolean, sent_from text, sent_to text, cc text, subject text, body text, body_cut boolean)
         on conflict (id) do update set
             ticket_id = excluded.ticket_id, visible = excluded.visible, deleted = excluded.deleted,
             sent_from = excluded.sent_from, sent_to = excluded.sent_to, cc = excluded.cc, subject = excluded.subject,
             body = excluded.body, body_cut = excluded.body_cut
         where (a.ticket_id, a.visible, a.deleted, a.subject, a.body)
               is distinct from (excluded.ticket_id, excluded.visible, excluded.deleted, excluded.subject, excluded.body)",
        Json(articles) as _
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into otrs.attachment (ticket_id, n, article_id, place, name, kind, size, inline)
         select x.ticket_id,
                coalesce((select max(n) from otrs.attachment f where f.ticket_id = x.ticket_id), 0)
                    + row_number() over (partition by x.ticket_id order by x.article_id, x.place),
                x.article_id, x.place, x.name, x.kind, x.size, x.inline
         from jsonb_to_recordset($1) as x (
             ticket_id bigint, article_id bigint, place bigint, name text, kind text, size bigint, inline boolean)
         where not exists (
             select from otrs.attachment f where f.article_id = x.article_id and f.place = x.place)",
        Json(files) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes histories; what stands there already stays.
///
/// # Errors
/// Those of the database.
pub async fn write_history(db: &mut PgConnection, entries: &[Entry]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.history (ticket_id, place, at, by, kind, name, article_id, queue_id, state_id, owner_id, priority_id)
         select ticket_id, place, at, by, kind, name, article_id, queue_id, state_id, owner_id, priority_id
         from jsonb_to_recordset($1) as x (
             ticket_id bigint, place integer, at timestamptz, by bigint, kind text, name text, article_id bigint,
             queue_id bigint, state_id bigint, owner_id bigint, priority_id bigint)
         on conflict (ticket_id, place) do nothing",
        Json(entries) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks tickets as gone; gives those that were there, with their queues.
///
/// # Errors
/// Those of the database.
pub async fn mark_gone(db: &mut PgConnection, ids: &[i64], now: OffsetDateTime) -> sqlx::Result<Vec<Before>> {
    sqlx::query_as!(
        Before,
        r#"update otrs.ticket set gone_at = $2 where id = any($1) and gone_at is null
           returning id, queue_id, state_id, state_type, owner_id, responsible_id, last_article_id, version, changed_at, escalates_at,
                     reading, true as "gone!", 0::bigint as "files!""#,
        ids,
        now
    )
    .fetch_all(db)
    .await
}
