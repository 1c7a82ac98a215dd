//! Reading incidents.

use app::model::{
    ids::{IncidentId, MonitorId, ServerId},
    monitor::Reason,
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// An incident with the names people know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct IncidentRow {
    pub id: IncidentId,
    pub server_id: ServerId,
    pub server_name: String,
    pub state: String,
    pub opened_at: OffsetDateTime,
    pub closed_at: Option<OffsetDateTime>,
    pub reason: Json<Reason>,
    pub quiet: bool,
    /// Other servers that went down with it, recovered ones included once it is over.
    pub behind: i64,
    pub acknowledged_by: Option<String>,
    pub acknowledged_at: Option<OffsetDateTime>,
    pub silenced_by: Option<String>,
    pub silenced_until: Option<OffsetDateTime>,
    pub silence_reason: Option<String>,
}

/// `query_as!` for incidents: the column list is written once.
macro_rules! rows {
    ($tail:literal $(, $arg:expr)* $(,)?) => {
        sqlx::query_as!(
            IncidentRow,
            r#"select i.id, i.server_id, s.name as server_name, i.state, i.opened_at, i.closed_at,
                      i.reason as "reason: Json<Reason>", i.quiet,
                      (select count(distinct m.server_id) from monitoring.incident_member mm
                       join monitoring.monitor m on m.id = mm.monitor_id
                       where mm.incident_id = i.id and m.server_id <> i.server_id
                         and (mm.recovered_at is null or i.state = 'closed')) as "behind!",
                      k.name as "acknowledged_by?", i.acknowledged_at, q.name as "silenced_by?", i.silenced_until,
                      i.silence_reason
               from monitoring.incident i
               join monitoring.server s on s.id = i.server_id
               left join core.account k on k.id = i.acknowledged_by
               left join core.account q on q.id = i.silenced_by "#
                + $tail
            $(, $arg)*
        )
    };
}

/// One incident; pending ones are nobody's.
///
/// # Errors
/// Those of the database.
pub async fn by_id(db: &mut PgConnection, id: IncidentId) -> sqlx::Result<Option<IncidentRow>> {
    rows!("where i.id = $1 and i.state <> 'pending'", id.get()).fetch_optional(db).await
}

/// These incidents, in the order of their ids.
///
/// # Errors
/// Those of the database.
pub async fn by_ids(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<IncidentRow>> {
    rows!("where i.id = any($1) and i.state <> 'pending' order by i.id", ids).fetch_all(db).await
}

/// Where a list goes on: after this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// Whether it is over: the open ones come first.
    pub closed: bool,
    /// When it began.
    pub opened_at: OffsetDateTime,
    /// Its id.
    pub id: i64,
}

/// Incidents in these states, open ones first, then latest first.
///
/// # Errors
/// Those of the database.
pub async fn page(
    db: &mut PgConnection,
    states: &[String],
    server: Option<ServerId>,
    after: Option<After>,
    limit: i64,
) -> sqlx::Result<Vec<IncidentRow>> {
    rows!(
        "where i.state = any($1)
           and ($2::bigint is null or i.server_id = $2
                or exists (select 1 from monitoring.incident_member mm join monitoring.monitor m on m.id = mm.monitor_id
                           where mm.incident_id = i.id and m.server_id = $2))
           and ($3::boolean is null or (i.state = 'closed', -extract(epoch from i.opened_at), -i.id)
                                     > ($3, -extract(epoch from $4::timestamptz), -$5::bigint))
         order by i.state = 'closed', i.opened_at desc, i.id desc limit $6",
        states,
        server.map(ServerId::get),
        after.map(|after| after.closed),
        after.map(|after| after.opened_at),
        after.map(|after| after.id),
        limit
    )
    .fetch_all(db)
    .await
}

/// A member with the names people know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct MemberRow {
    pub monitor_id: MonitorId,
    pub kind: String,
    pub server_id: ServerId,
    pub server_name: String,
    pub reason: Json<Reason>,
    pub joined_at: OffsetDateTime,
    pub recovered_at: Option<OffsetDateTime>,
}

/// The members of an incident: those still down first.
///
/// # Errors
/// Those of the database.
pub async fn members(db: &mut PgConnection, id: IncidentId, limit: i64) -> sqlx::Result<Vec<MemberRow>> {
    sqlx::query_as!(
        MemberRow,
        r#"select mm.monitor_id, m.kind, m.server_id, s.name as server_name, mm.reason as "reason: Json<Reason>",
                  mm.joined_at, mm.recovered_at
           from monitoring.incident_member mm
           join monitoring.monitor m on m.id = mm.monitor_id
           join monitoring.server s on s.id = m.server_id
           where mm.incident_id = $1 order by mm.recovered_at is not null, mm.id limit $2"#,
        id.get(),
        limit
    )
    .fetch_all(db)
    .await
}

/// An event with the names people know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct EventRow {
    pub at: OffsetDateTime,
    pub kind: String,
    pub by: Option<String>,
    pub text: Option<String>,
    pub server_name: Option<String>,
    pub reason: Option<Json<Reason>>,
    pub until: Option<OffsetDateTime>,
}

/// What happened to an incident, oldest first: the first and the latest of very many.
///
/// # Errors
/// Those of the database.
pub async fn events(db: &mut PgConnection, id: IncidentId, limit: i64) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as!(
        EventRow,
        r#"select e.at, e.kind, a.name as "by?", e.text, s.name as "server_name?", e.reason as "reason?: Json<Reason>", e.until
           from (select * from monitoring.incident_event where incident_id = $1 order by id desc limit $2) e
           left join core.account a on a.id = e.account_id
           left join monitoring.server s on s.id = e.server_id
           order by e.id"#,
        id.get(),
        limit
    )
    .fetch_all(db)
    .await
}

/// How many open incidents nobody acknowledged.
///
/// # Errors
/// Those of the database.
pub async fn unacknowledged(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from monitoring.incident where state = 'open' and acknowledged_at is null"#
    )
    .fetch_one(db)
    .await
}

/// How many open incidents have one of these servers as their cause.
///
/// # Errors
/// Those of the database.
pub async fn open_of(db: &mut PgConnection, servers: &[i64]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from monitoring.incident where state = 'open' and server_id = any($1)"#,
        servers
    )
    .fetch_one(db)
    .await
}
