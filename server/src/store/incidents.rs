//! Incidents as the decisions write them. Reading them is in [`list`], what people do to them in [`people`].

pub mod list;
pub mod people;

use app::model::{
    ids::{AccountId, IncidentId, MonitorId, ServerId},
    incident::IncidentEventKind,
    monitor::Reason,
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// An incident that is not over, pending ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Current {
    pub id: IncidentId,
    pub server_id: ServerId,
    pub pending: bool,
}

/// Locks the incident of a server that is not over, if there is one.
///
/// # Errors
/// Those of the database.
pub async fn current_of(db: &mut PgConnection, server: ServerId) -> sqlx::Result<Option<Current>> {
    sqlx::query_as!(
        Current,
        r#"select id, server_id, state = 'pending' as "pending!" from monitoring.incident
           where server_id = $1 and state <> 'closed' for update"#,
        server.get()
    )
    .fetch_optional(db)
    .await
}

/// Locks an incident, pending and closed ones included.
///
/// # Errors
/// Those of the database.
pub async fn lock(db: &mut PgConnection, id: IncidentId) -> sqlx::Result<Option<(ServerId, String)>> {
    let row = sqlx::query!("select server_id, state from monitoring.incident where id = $1 for update", id.get())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| (row.server_id.into(), row.state)))
}

/// Begins an incident; with `open_after` it waits until then and nobody sees it.
///
/// # Errors
/// Those of the database; `incident_server_key` when the server has one.
pub async fn insert(
    db: &mut PgConnection,
    server: ServerId,
    opened_at: OffsetDateTime,
    open_after: Option<OffsetDateTime>,
    reason: &Reason,
    quiet: bool,
) -> sqlx::Result<IncidentId> {
    let id = sqlx::query_scalar!(
        "insert into monitoring.incident (server_id, state, opened_at, open_after, reason, quiet)
         values ($1, case when $3::timestamptz is null then 'open' else 'pending' end, $2, $3, $4, $5) returning id",
        server.get(),
        opened_at,
        open_after,
        Json(reason) as _,
        quiet
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Lets a pending incident wait longer.
///
/// # Errors
/// Those of the database.
pub async fn postpone(db: &mut PgConnection, id: IncidentId, until: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update monitoring.incident set open_after = $2 where id = $1 and state = 'pending'", id.get(), until)
        .execute(db)
        .await?;
    Ok(())
}

/// Makes a pending incident visible.
///
/// # Errors
/// Those of the database.
pub async fn open(db: &mut PgConnection, id: IncidentId) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.incident set state = 'open', open_after = null where id = $1 and state = 'pending'",
        id.get()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away a pending incident, its members included.
///
/// # Errors
/// Those of the database.
pub async fn drop_pending(db: &mut PgConnection, id: IncidentId) -> sqlx::Result<()> {
    sqlx::query!("delete from monitoring.incident where id = $1 and state = 'pending'", id.get()).execute(db).await?;
    Ok(())
}

/// Ends an incident and its silence.
///
/// # Errors
/// Those of the database.
pub async fn close(db: &mut PgConnection, id: IncidentId, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.incident
         set state = 'closed', closed_at = $2, silenced_by = null, silenced_until = null, silence_reason = null
         where id = $1 and state = 'open'",
        id.get(),
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Incidents that begin by now unless their parent explains them, the longest waiting first.
///
/// # Errors
/// Those of the database.
pub async fn due(db: &mut PgConnection, now: OffsetDateTime, limit: i64) -> sqlx::Result<Vec<Pending>> {
    sqlx::query_as!(
        Pending,
        r#"select i.id, i.server_id, i.opened_at, p.id as "parent_id?"
           from monitoring.incident i join monitoring.server s on s.id = i.server_id
           left join monitoring.server p on p.id = s.parent_id and p.deleted_at is null and not p.paused
           where i.state = 'pending' and i.open_after <= $1 order by i.open_after, i.id limit $2
           for update of i skip locked"#,
        now,
        limit
    )
    .fetch_all(db)
    .await
}

/// Incidents of servers right behind this one that still wait.
///
/// # Errors
/// Those of the database.
pub async fn pending_behind(db: &mut PgConnection, parent: ServerId) -> sqlx::Result<Vec<Pending>> {
    sqlx::query_as!(
        Pending,
        r#"select i.id, i.server_id, i.opened_at, s.parent_id
           from monitoring.incident i join monitoring.server s on s.id = i.server_id
           where i.state = 'pending' and s.parent_id = $1 order by i.id for update of i"#,
        parent.get()
    )
    .fetch_all(db)
    .await
}

/// An incident that waits for its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Pending {
    pub id: IncidentId,
    pub server_id: ServerId,
    pub opened_at: OffsetDateTime,
    pub parent_id: Option<i64>,
}

/// Adds a monitor that is down. Whether it was not in an incident before.
///
/// # Errors
/// Those of the database.
pub async fn add_member(
    db: &mut PgConnection,
    incident: IncidentId,
    monitor: MonitorId,
    at: OffsetDateTime,
    reason: &Reason,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into monitoring.incident_member (incident_id, monitor_id, joined_at, reason) values ($1, $2, $3, $4)
         on conflict (monitor_id) where recovered_at is null do nothing",
        incident.get(),
        monitor.get(),
        at,
        Json(reason) as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Says that these monitors are no longer down. The incidents they were in.
///
/// # Errors
/// Those of the database.
pub async fn recover_members(
    db: &mut PgConnection,
    monitors: &[i64],
    at: OffsetDateTime,
) -> sqlx::Result<Vec<IncidentId>> {
    let ids = sqlx::query_scalar!(
        "update monitoring.incident_member set recovered_at = $2
         where monitor_id = any($1) and recovered_at is null returning incident_id",
        monitors,
        at
    )
    .fetch_all(db)
    .await?;
    let mut ids: Vec<IncidentId> = ids.into_iter().map(Into::into).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// A member that is still down.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Down {
    pub monitor_id: MonitorId,
    pub server_id: ServerId,
    pub reason: Json<Reason>,
}

/// Members of an incident that are still down.
///
/// # Errors
/// Those of the database.
pub async fn still_down(db: &mut PgConnection, incident: IncidentId) -> sqlx::Result<Vec<Down>> {
    sqlx::query_as!(
        Down,
        r#"select mm.monitor_id, m.server_id, mm.reason as "reason: Json<Reason>"
           from monitoring.incident_member mm join monitoring.monitor m on m.id = mm.monitor_id
           where mm.incident_id = $1 and mm.recovered_at is null order by mm.id"#,
        incident.get()
    )
    .fetch_all(db)
    .await
}

/// Takes the members that are still down from one incident to another: all of them, or those of one server.
///
/// # Errors
/// Those of the database.
pub async fn move_members(
    db: &mut PgConnection,
    from: IncidentId,
    to: IncidentId,
    server: Option<ServerId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.incident_member mm set incident_id = $2
         from monitoring.monitor m
         where mm.incident_id = $1 and mm.recovered_at is null and m.id = mm.monitor_id
           and ($3::bigint is null or m.server_id = $3)",
        from.get(),
        to.get(),
        server.map(ServerId::get)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Something that happened to an incident.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct NewEvent<'a> {
    pub incident: IncidentId,
    pub at: OffsetDateTime,
    pub kind: IncidentEventKind,
    pub by: Option<AccountId>,
    pub text: Option<&'a str>,
    pub server: Option<ServerId>,
    pub reason: Option<&'a Reason>,
    pub until: Option<OffsetDateTime>,
}

impl NewEvent<'_> {
    /// An event of which no more is to be said.
    #[must_use]
    pub const fn new(incident: IncidentId, kind: IncidentEventKind, at: OffsetDateTime) -> Self {
        Self { incident, at, kind, by: None, text: None, server: None, reason: None, until: None }
    }
}

/// Writes down what happened.
///
/// # Errors
/// Those of the database.
pub async fn note(db: &mut PgConnection, event: &NewEvent<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into monitoring.incident_event (incident_id, at, kind, account_id, text, server_id, reason, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        event.incident.get(),
        event.at,
        event.kind.as_str(),
        event.by.map(AccountId::get),
        event.text,
        event.server.map(ServerId::get),
        event.reason.map(Json) as _,
        event.until
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the quiet from the open incidents of all servers but these: their planned window ended. Which ones.
///
/// # Errors
/// Those of the database.
pub async fn no_longer_quiet(db: &mut PgConnection, in_window: &[i64]) -> sqlx::Result<Vec<IncidentId>> {
    let ids = sqlx::query_scalar!(
        "update monitoring.incident set quiet = false
         where state = 'open' and quiet and not (server_id = any($1)) returning id",
        in_window
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Which of these monitors are down in which incident, by their servers.
///
/// # Errors
/// Those of the database.
pub async fn members_down(db: &mut PgConnection, monitors: &[i64]) -> sqlx::Result<Vec<(IncidentId, ServerId)>> {
    let rows = sqlx::query!(
        "select mm.incident_id, m.server_id from monitoring.incident_member mm
         join monitoring.monitor m on m.id = mm.monitor_id where mm.monitor_id = any($1) and mm.recovered_at is null",
        monitors
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.incident_id.into(), row.server_id.into())).collect())
}

/// How many seconds one more look at a server takes at most; nothing when it is not looked at.
///
/// # Errors
/// Those of the database.
pub async fn seconds_to_retry(db: &mut PgConnection, server: ServerId) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"select max((m.settings->>'retry_interval_s')::bigint + ceil((m.settings->>'timeout_ms')::bigint / 1000.0)::bigint)
           from monitoring.monitor m where m.server_id = $1 and not m.paused and m.kind <> 'push'"#,
        server.get()
    )
    .fetch_one(db)
    .await
}

/// Whether a monitor of this server was bad last and is not judged down yet.
///
/// # Errors
/// Those of the database.
pub async fn is_in_doubt(db: &mut PgConnection, server: ServerId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from monitoring.monitor m join monitoring.monitor_state st on st.monitor_id = m.id
               where m.server_id = $1 and not m.paused and st.bad > 0 and st.state <> 'down') as "doubt!""#,
        server.get()
    )
    .fetch_one(db)
    .await
}
