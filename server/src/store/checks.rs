//! Checks and what they made of their monitors, written in batches.

use app::model::{
    ids::MonitorId,
    monitor::{Figures, Reason, Settings},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// A check to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCheck {
    /// Of which monitor.
    pub monitor: MonitorId,
    /// When it was due.
    pub at: OffsetDateTime,
    /// 0 good, 1 slow, 2 bad, 3 not judged.
    pub state: i16,
    /// How long it took.
    pub latency_us: Option<i32>,
    /// How much time it speaks for.
    pub covers_s: i32,
    /// Why it is not simply good.
    pub reason: Option<Reason>,
}

/// Writes checks and answers those that were not there before: a check that is written twice counts once.
///
/// # Errors
/// Those of the database.
pub async fn insert_all(db: &mut PgConnection, checks: &[NewCheck]) -> sqlx::Result<Vec<(MonitorId, OffsetDateTime)>> {
    let mut monitors = Vec::with_capacity(checks.len());
    let mut ats = Vec::with_capacity(checks.len());
    let mut states = Vec::with_capacity(checks.len());
    let mut latencies = Vec::with_capacity(checks.len());
    let mut covers = Vec::with_capacity(checks.len());
    let mut reasons = Vec::with_capacity(checks.len());
    for check in checks {
        monitors.push(check.monitor.get());
        ats.push(check.at);
        states.push(check.state);
        latencies.push(check.latency_us);
        covers.push(check.covers_s);
        reasons.push(check.reason.as_ref().map(Json));
    }
    let rows = sqlx::query!(
        r#"insert into monitoring."check" (monitor_id, at, state, latency_us, covers_s, reason)
           select * from unnest($1::bigint[], $2::timestamptz[], $3::smallint[], $4::integer[], $5::integer[], $6::jsonb[])
           on conflict do nothing returning monitor_id, at"#,
        &monitors,
        &ats,
        &states,
        latencies.as_slice() as _,
        &covers,
        reasons.as_slice() as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.monitor_id.into(), row.at)).collect())
}

/// What is known of a monitor, and what its judgement needs.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct StateRow {
    pub monitor_id: MonitorId,
    pub server_id: i64,
    pub parent_id: Option<i64>,
    pub kind: String,
    pub interval_s: i32,
    pub settings: Json<Settings>,
    pub state: String,
    pub since: OffsetDateTime,
    pub good: i16,
    pub bad: i16,
    pub slow: i16,
    pub recent: i32,
    pub recent_count: i16,
    pub flapping: bool,
    pub reason: Option<Json<Reason>>,
    pub latency_ms: Option<i32>,
    pub last_check_at: Option<OffsetDateTime>,
    pub spark: Vec<u8>,
    pub figures: Option<Json<Figures>>,
}

/// Locks what is known of these monitors, in the order of their ids so that two batches never wait for each other.
/// Monitors that were paused or deleted meanwhile are left out.
///
/// # Errors
/// Those of the database.
pub async fn lock_states(db: &mut PgConnection, monitors: &[i64]) -> sqlx::Result<Vec<StateRow>> {
    sqlx::query_as!(
        StateRow,
        r#"select st.monitor_id, m.server_id, p.id as "parent_id?", m.kind, m.interval_s, m.settings as "settings: Json<Settings>",
                  st.state, st.since, st.good, st.bad, st.slow, st.recent, st.recent_count, st.flapping,
                  st.reason as "reason: Json<Reason>", st.latency_ms, st.last_check_at, st.spark,
                  st.figures as "figures: Json<Figures>"
           from monitoring.monitor_state st
           join monitoring.monitor m on m.id = st.monitor_id
           join monitoring.server s on s.id = m.server_id
           left join monitoring.server p on p.id = s.parent_id and p.deleted_at is null and not p.paused
           where st.monitor_id = any($1) and not m.paused and not s.paused and s.deleted_at is null
           order by st.monitor_id for no key update of st"#,
        monitors
    )
    .fetch_all(db)
    .await
}

/// Writes what is known of these monitors now.
///
/// # Errors
/// Those of the database.
pub async fn save_states(db: &mut PgConnection, rows: &[StateRow]) -> sqlx::Result<()> {
    let column = |value: fn(&StateRow) -> i16| rows.iter().map(value).collect::<Vec<_>>();
    let ids: Vec<i64> = rows.iter().map(|row| row.monitor_id.get()).collect();
    let states: Vec<String> = rows.iter().map(|row| row.state.clone()).collect();
    let sinces: Vec<OffsetDateTime> = rows.iter().map(|row| row.since).collect();
    let recents: Vec<i32> = rows.iter().map(|row| row.recent).collect();
    let flapping: Vec<bool> = rows.iter().map(|row| row.flapping).collect();
    let reasons: Vec<Option<Json<&Reason>>> = rows.iter().map(|row| row.reason.as_ref().map(|r| Json(&r.0))).collect();
    let latencies: Vec<Option<i32>> = rows.iter().map(|row| row.latency_ms).collect();
    let looked: Vec<Option<OffsetDateTime>> = rows.iter().map(|row| row.last_check_at).collect();
    let sparks: Vec<Vec<u8>> = rows.iter().map(|row| row.spark.clone()).collect();
    let figures: Vec<Option<Json<Figures>>> = rows.iter().map(|row| row.figures).collect();
    sqlx::query!(
        r#"update monitoring.monitor_state st
           set state = n.state, since = n.since, good = n.good, bad = n.bad, slow = n.slow, recent = n.recent,
               recent_count = n.recent_count, flapping = n.flapping, reason = n.reason, latency_ms = n.latency_ms,
               last_check_at = n.last_check_at, spark = n.spark, figures = n.figures
           from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::smallint[], $5::smallint[], $6::smallint[],
                       $7::integer[], $8::smallint[], $9::boolean[], $10::jsonb[], $11::integer[], $12::timestamptz[],
                       $13::bytea[], $14::jsonb[])
                as n (id, state, since, good, bad, slow, recent, recent_count, flapping, reason, latency_ms,
                      last_check_at, spark, figures)
           where st.monitor_id = n.id"#,
        &ids,
        &states,
        &sinces,
        &column(|row| row.good),
        &column(|row| row.bad),
        &column(|row| row.slow),
        &recents,
        &column(|row| row.recent_count),
        &flapping,
        reasons.as_slice() as _,
        latencies.as_slice() as _,
        looked.as_slice() as _,
        &sparks,
        figures.as_slice() as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How well we look ourselves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct WatchRow {
    pub checked_at: Option<OffsetDateTime>,
    pub line: String,
    pub ping_not_permitted: bool,
}

/// How well we look ourselves.
///
/// # Errors
/// Those of the database.
pub async fn watch(db: &mut PgConnection) -> sqlx::Result<WatchRow> {
    sqlx::query_as!(WatchRow, "select checked_at, line, ping_not_permitted from monitoring.watch").fetch_one(db).await
}

/// Writes down that somebody looked.
///
/// # Errors
/// Those of the database.
pub async fn looked(
    db: &mut PgConnection,
    at: OffsetDateTime,
    line: &str,
    ping_not_permitted: bool,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update monitoring.watch set checked_at = greatest(checked_at, $1), line = $2, ping_not_permitted = $3",
        at,
        line,
        ping_not_permitted
    )
    .execute(db)
    .await?;
    Ok(())
}
