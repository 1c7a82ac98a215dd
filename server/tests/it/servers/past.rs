//! The past: points, uptime, roll-ups, partitions.

use serde_json::json;
use sqlx::PgPool;
use time::Duration;
use vakhta::{
    clock,
    services::history,
    store::history::{Table, drop_before, ensure},
};

use crate::helpers::watch::{Watch, bad, good};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn uptime_counts_only_what_was_observed(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    watch.now -= Duration::hours(2);
    for _ in 0..9 {
        watch.see(&[monitor], &good()).await;
    }
    watch.see(&[monitor], &bad()).await;
    // The first one, of which nothing was known before, speaks for a retry interval, the others for 30 s each. Of the
    // hours in which nobody looked nothing is said.
    let path = format!("/servers/{server}/history?points=10");
    let past = watch.admin.get(&path).await.expect(200);
    assert_eq!(past["uptime"][0], json!({ "days": 1, "observed_s": 280, "up_s": 250 }));
    let points = past["points"].as_array().expect("points");
    let counted: u64 = points.iter().map(|point| point["good"].as_u64().expect("a number")).sum();
    assert_eq!((counted, &points[0]["p50_ms"]), (9, &json!(12)));
    for query in ["?points=5", "?from=2026-01-01T00:00:00Z&to=2025-01-01T00:00:00Z", "?from=yesterday", "?monitor=x"] {
        watch.admin.get(&format!("/servers/{server}/history{query}")).await.expect(422);
    }
    watch.admin.get(&format!("/servers/{server}/history?monitor=999")).await.expect_problem(404, "not_found");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn rolling_up_changes_no_number_and_happens_once(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    let end = watch.now;
    watch.now -= Duration::hours(3);
    for at in 0..60 {
        let outcome = if at % 10 == 0 { bad() } else { good() };
        watch.see(&[monitor], &outcome).await;
    }
    let path = format!("/servers/{server}/history");
    let before = watch.admin.get(&path).await.expect(200)["uptime"].clone();
    // Of a month, a quarter and two years all is counted, whatever is rolled up yet.
    let counted = async || {
        let mut counted = Vec::new();
        for days in [20, 90, 720] {
            let (from, to) = (end - Duration::days(days), end + Duration::DAY);
            let stretch = format!("{path}?points=100&from={}T00:00:00Z&to={}T00:00:00Z", from.date(), to.date());
            let points = watch.admin.get(&stretch).await.expect(200);
            let points = points["points"].as_array().expect("points").clone();
            let sum = |of: &str| points.iter().map(|point| point[of].as_u64().expect("a number")).sum::<u64>();
            counted.push((sum("good"), sum("bad")));
        }
        counted
    };
    assert_eq!(counted().await, [(54, 6); 3]);
    while history::roll_up(&watch.app.state.deps, end).await.expect("rolled up") {}
    while history::roll_up(&watch.app.state.deps, end).await.expect("rolled up") {}
    assert_eq!(watch.admin.get(&path).await.expect(200)["uptime"], before);
    assert_eq!(counted().await, [(54, 6); 3]);
    let count = async |table: &str| {
        let sql = format!("select coalesce(sum(good + bad), 0)::bigint from monitoring.{table}");
        sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql)).fetch_one(&watch.app.db).await.expect("a number")
    };
    assert_eq!((count("minute").await, count("hour").await), (60, 60));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn old_partitions_are_dropped_whole(db: PgPool) {
    let watch = Watch::start(db).await;
    let mut connection = watch.app.db.acquire().await.expect("a connection");
    let today = clock::now().date();
    let old = today - Duration::days(30);
    for table in Table::ALL {
        ensure(&mut connection, table, old).await.expect("made");
        ensure(&mut connection, table, old).await.expect("there already");
    }
    assert_eq!(drop_before(&mut connection, Table::Check, today - Duration::days(4)).await.expect("dropped"), 1);
    assert_eq!(drop_before(&mut connection, Table::Check, today - Duration::days(4)).await.expect("dropped"), 0);
    assert_eq!(drop_before(&mut connection, Table::Day, today - Duration::days(4)).await.expect("dropped"), 0);
}
