//! What is watched, and what is known of each monitor now.

use app::model::{
    ids::{MonitorId, ServerId},
    monitor::{Figures, Reason, Settings},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// A monitor with its state.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub id: MonitorId,
    pub server_id: ServerId,
    pub kind: String,
    pub target: String,
    pub interval_s: i32,
    pub settings: Json<Settings>,
    pub paused: bool,
    pub version: i64,
    pub state: String,
    pub since: OffsetDateTime,
    pub flapping: bool,
    pub reason: Option<Json<Reason>>,
    pub latency_ms: Option<i32>,
    pub last_check_at: Option<OffsetDateTime>,
    pub spark: Vec<u8>,
    pub figures: Option<Json<Figures>>,
}

/// `query_as!` for whole rows: the column list is written once.
macro_rules! rows {
    ($tail:literal $(, $arg:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select m.id, m.server_id, m.kind, m.target, m.interval_s, m.settings as "settings: Json<Settings>", m.paused,
                      m.version, st.state, st.since, st.flapping, st.reason as "reason: Json<Reason>",
                      st.latency_ms, st.last_check_at, st.spark, st.figures as "figures: Json<Figures>"
               from monitoring.monitor m join monitoring.monitor_state st on st.monitor_id = m.id "#
                + $tail
            $(, $arg)*
        )
    };
}

/// All monitors of a server in the order they were entered.
///
/// # Errors
/// Those of the database.
pub async fn of_server(db: &mut PgConnection, server: ServerId) -> sqlx::Result<Vec<Row>> {
    rows!("where m.server_id = $1 order by m.id", server.get()).fetch_all(db).await
}

/// One monitor of a server that is not deleted.
///
/// # Errors
/// Those of the database.
pub async fn by_id(db: &mut PgConnection, id: MonitorId) -> sqlx::Result<Option<Row>> {
    rows!("join monitoring.server s on s.id = m.server_id and s.deleted_at is null where m.id = $1", id.get())
        .fetch_optional(db)
        .await
}

/// What is stored of a monitor.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Values<'a> {
    pub kind: &'a str,
    pub target: &'a str,
    pub interval_s: i32,
    pub settings: &'a Settings,
    pub paused: bool,
    pub push_hash: Option<&'a [u8]>,
}

/// Stores a new monitor and that nothing is known of it yet.
///
/// # Errors
/// Those of the database.
pub async fn insert(
    db: &mut PgConnection,
    server: ServerId,
    values: &Values<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<MonitorId> {
    let id = sqlx::query_scalar!(
        "with new as (
             insert into monitoring.monitor (server_id, kind, target, interval_s, settings, paused, push_hash, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id
         )
         insert into monitoring.monitor_state (monitor_id, state, since)
         select id, case when $6 then 'paused' else 'unknown' end, $8 from new returning monitor_id",
        server.get(),
        values.kind,
        values.target,
        values.interval_s,
        Json(values.settings) as _,
        values.paused,
        values.push_hash,
        now
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Overwrites a monitor and counts its version up.
///
/// # Errors
/// Those of the database.
pub async fn update(db: &mut PgConnection, id: MonitorId, values: &Values<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.monitor set target = $2, interval_s = $3, settings = $4, paused = $5, version = version + 1
         where id = $1",
        id.get(),
        values.target,
        values.interval_s,
        Json(values.settings) as _,
        values.paused
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was judged of these monitors: they begin anew, or are paused.
///
/// # Errors
/// Those of the database.
pub async fn forget(db: &mut PgConnection, ids: &[i64], state: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.monitor_state
         set state = $2, since = $3, good = 0, bad = 0, slow = 0, reason = null, flapping = false
         where monitor_id = any($1) and state <> $2",
        ids,
        state,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a monitor away with its state; its past goes with the partitions. Its server, if there was one.
///
/// # Errors
/// Those of the database.
pub async fn delete(db: &mut PgConnection, id: MonitorId) -> sqlx::Result<Option<ServerId>> {
    let server = sqlx::query_scalar!("delete from monitoring.monitor where id = $1 returning server_id", id.get())
        .fetch_optional(db)
        .await?;
    Ok(server.map(Into::into))
}

/// The monitor whose job calls with this secret.
///
/// # Errors
/// Those of the database.
pub async fn by_push_hash(db: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<MonitorId>> {
    let id = sqlx::query_scalar!(
        "select m.id from monitoring.monitor m join monitoring.server s on s.id = m.server_id
         where m.push_hash = $1 and not m.paused and not s.paused and s.deleted_at is null",
        hash
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// A monitor that is to be looked at.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Watched {
    pub id: MonitorId,
    pub server_id: ServerId,
    pub address: String,
    pub kind: String,
    pub target: String,
    pub interval_s: i32,
    pub settings: Json<Settings>,
    pub version: i64,
    pub bad: i16,
    pub good: i16,
    pub state: String,
    pub last_check_at: Option<OffsetDateTime>,
}

/// All monitors that are to be looked at, or those of one server.
///
/// # Errors
/// Those of the database.
pub async fn watched(db: &mut PgConnection, server: Option<ServerId>) -> sqlx::Result<Vec<Watched>> {
    sqlx::query_as!(
        Watched,
        r#"select m.id, m.server_id, s.address, m.kind, m.target, m.interval_s, m.settings as "settings: Json<Settings>",
                  m.version + s.version as "version!", st.bad, st.good, st.state, st.last_check_at
           from monitoring.monitor m
           join monitoring.server s on s.id = m.server_id
           join monitoring.monitor_state st on st.monitor_id = m.id
           where not m.paused and not s.paused and s.deleted_at is null and ($1::bigint is null or s.id = $1)"#,
        server.map(ServerId::get)
    )
    .fetch_all(db)
    .await
}

/// What is judged of the monitors of a server that are looked at.
///
/// # Errors
/// Those of the database.
pub async fn states_of_server(db: &mut PgConnection, server: ServerId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select st.state from monitoring.monitor m
         join monitoring.monitor_state st on st.monitor_id = m.id where m.server_id = $1 and not m.paused",
        server.get()
    )
    .fetch_all(db)
    .await
}

/// How many monitors of these servers are looked at.
///
/// # Errors
/// Those of the database.
pub async fn count_of(db: &mut PgConnection, servers: &[i64]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from monitoring.monitor where server_id = any($1) and not paused"#,
        servers
    )
    .fetch_one(db)
    .await
}
