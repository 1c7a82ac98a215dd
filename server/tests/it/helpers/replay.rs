//! What the stored checks say when they are judged once more, one after the other: everything that was decided meanwhile has
//! to agree.

use std::time::Duration;

use app::model::{
    ids::MonitorId,
    monitor::{Reason, Settings},
    server::State,
};
use sqlx::{PgPool, types::Json};
use time::OffsetDateTime;
use vakhta::monitor::state::{Judged, Outcome, Rules, Seen, step};

/// From the deciding check to the one that ended it.
type Outage = (OffsetDateTime, Option<OffsetDateTime>);

/// When it was due, its state, how long it took, and why it was bad.
type Check = (OffsetDateTime, i16, Option<i32>, Option<Json<Reason>>);

#[derive(sqlx::FromRow)]
struct Monitor {
    id: i64,
    server_id: i64,
    server: String,
    has_parent: bool,
    settings: Json<Settings>,
    state: String,
    good: i16,
    bad: i16,
    recent: i32,
    recent_count: i16,
}

/// How many outages were there, all of them with the incidents that they should have.
///
/// # Panics
/// When a decision or an incident is not what the checks say.
pub async fn agrees(db: &PgPool) -> usize {
    let monitors: Vec<Monitor> = sqlx::query_as(
        "select m.id, m.server_id, s.name as server, s.parent_id is not null as has_parent, m.settings, st.state, st.good, st.bad,
                st.recent, st.recent_count
         from monitoring.monitor m join monitoring.monitor_state st on st.monitor_id = m.id
         join monitoring.server s on s.id = m.server_id order by m.id",
    )
    .fetch_all(db)
    .await
    .expect("monitors");
    let mut all = 0;
    for monitor in monitors {
        let (judged, outages) = judge(db, &monitor).await;
        let kept = (&*monitor.state, monitor.good, monitor.bad, monitor.recent, monitor.recent_count);
        let said = (
            judged.state.as_str(),
            judged.good.cast_signed(),
            judged.bad.cast_signed(),
            judged.recent.cast_signed(),
            i16::from(judged.recent_count),
        );
        assert_eq!(kept, said, "{}: what is kept, and what its checks say", monitor.server);
        let members = members(db, monitor.id.into()).await;
        if monitor.has_parent {
            // Who comes back while his parent is looked at was in none.
            assert!(members.iter().all(|member| outages.contains(member)), "{members:?} of {outages:?}");
        } else {
            assert_eq!(members, outages, "{}: members of incidents, and outages", monitor.server);
            assert_eq!(incidents(db, monitor.server_id).await, outages, "{}: incidents, and outages", monitor.server);
        }
        all += outages.len();
    }
    all
}

async fn judge(db: &PgPool, monitor: &Monitor) -> (Judged, Vec<Outage>) {
    let settings = &monitor.settings.0;
    let rules = Rules {
        bad_to_go_down: settings.bad_to_go_down,
        good_to_come_back: settings.good_to_come_back,
        slow: settings.slow_ms.map(|ms| Duration::from_millis(ms.into())),
    };
    let checks: Vec<Check> = sqlx::query_as(
        "select at, state, latency_us, reason from monitoring.\"check\" where monitor_id = $1 order by at",
    )
    .bind(monitor.id)
    .fetch_all(db)
    .await
    .expect("checks");
    let mut judged = Judged::new(OffsetDateTime::UNIX_EPOCH);
    let mut outages: Vec<Outage> = Vec::new();
    for (at, state, latency_us, reason) in checks {
        let reason = reason.map(|reason| reason.0).unwrap_or_default();
        let outcome = match state {
            2 => Outcome::Bad(reason),
            3 => Outcome::Unjudged(reason),
            _ => Outcome::Good { latency: Duration::from_micros(latency_us.unwrap_or_default().unsigned_abs().into()) },
        };
        let (after, change) = step(&judged, &Seen { at, outcome }, &rules);
        match change.map(|change| (change.from, change.to)) {
            Some((from, State::Down)) if from != State::Down => outages.push((at, None)),
            Some((State::Down, State::Up | State::Degraded)) => {
                outages.last_mut().expect("it was down").1 = Some(at);
            }
            _ => {}
        }
        judged = after;
    }
    (judged, outages)
}

async fn members(db: &PgPool, monitor: MonitorId) -> Vec<Outage> {
    let rows = sqlx::query_as(
        "select joined_at, recovered_at from monitoring.incident_member where monitor_id = $1 order by joined_at",
    );
    rows.bind(monitor.get()).fetch_all(db).await.expect("members")
}

async fn incidents(db: &PgPool, server: i64) -> Vec<Outage> {
    let rows =
        sqlx::query_as("select opened_at, closed_at from monitoring.incident where server_id = $1 order by opened_at");
    rows.bind(server).fetch_all(db).await.expect("incidents")
}
