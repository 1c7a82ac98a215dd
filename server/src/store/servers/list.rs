//! The list of servers, with what their monitors say, in one query.

use app::model::{
    ids::{IncidentId, ServerId},
    monitor::Reason,
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// A server in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct ListRow {
    pub id: ServerId,
    pub name: String,
    pub address: String,
    pub group_id: Option<i64>,
    pub group_name: Option<String>,
    pub tags: Vec<String>,
    pub state: String,
    pub since: OffsetDateTime,
    /// Of the monitor that tells most about latency.
    pub latency_ms: Option<i32>,
    /// Of the same one.
    pub spark: Option<Vec<u8>>,
    /// Kinds that are down.
    pub down: Option<Vec<String>>,
    /// Of the monitor that is worst for the longest time.
    pub reason: Option<Json<Reason>>,
    /// The open incident it is in.
    pub incident_id: Option<i64>,
}

impl ListRow {
    /// The incident it is in.
    #[must_use]
    pub fn incident(&self) -> Option<IncidentId> {
        self.incident_id.map(Into::into)
    }
}

/// These servers, or all of them, by group and name.
///
/// # Errors
/// Those of the database.
pub async fn rows(db: &mut PgConnection, ids: Option<&[i64]>, limit: i64) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as!(
        ListRow,
        r#"select s.id, s.name, s.address, s.group_id, g.name as "group_name?", s.tags, s.state, s.since,
                  t.latency_ms as "latency_ms?", t.spark as "spark?", d.down as "down?",
                  w.reason as "reason?: Json<Reason>", i.incident_id as "incident_id?"
           from monitoring.server s
           left join monitoring.server_group g on g.id = s.group_id
           left join lateral (
               select st.latency_ms, st.spark
               from monitoring.monitor m join monitoring.monitor_state st on st.monitor_id = m.id
               where m.server_id = s.id and not m.paused
               order by array_position(array['ping', 'http', 'tcp', 'dns', 'tls', 'push'], m.kind), m.id limit 1
           ) t on true
           left join lateral (
               select array_agg(distinct m.kind) as down
               from monitoring.monitor m join monitoring.monitor_state st on st.monitor_id = m.id
               where m.server_id = s.id and st.state = 'down' and s.state = 'down'
           ) d on true
           left join lateral (
               select st.reason
               from monitoring.monitor m join monitoring.monitor_state st on st.monitor_id = m.id
               where m.server_id = s.id and st.state = s.state and s.state in ('down', 'degraded', 'unknown')
               order by st.since limit 1
           ) w on true
           left join lateral (
               select mm.incident_id
               from monitoring.monitor m
               join monitoring.incident_member mm on mm.monitor_id = m.id and mm.recovered_at is null
               join monitoring.incident ii on ii.id = mm.incident_id and ii.state = 'open'
               where m.server_id = s.id and s.state = 'down' limit 1
           ) i on true
           where s.deleted_at is null and ($1::bigint[] is null or s.id = any($1))
           order by g.name nulls last, s.name, s.id limit $2"#,
        ids,
        limit
    )
    .fetch_all(db)
    .await
}
