//! What checks make of servers: written, judged and counted once.

use app::model::monitor::Reason;
use serde_json::json;
use sqlx::PgPool;
use time::Duration;
use vakhta::{monitor::state::Outcome, services::checks::record_all};

use crate::helpers::watch::{LOOKING, Watch, bad, good};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn three_bad_checks_make_it_down_and_two_good_ones_up(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    watch.see(&[monitor], &good()).await;
    assert_eq!(watch.state(&server).await, "up");
    for expected in ["up", "up", "down"] {
        watch.see(&[monitor], &bad()).await;
        assert_eq!(watch.state(&server).await, expected);
    }
    let list = watch.admin.get("/servers").await.expect(200);
    let row = &list["items"][0];
    assert_eq!((&row["down"], &row["reason"]["code"]), (&json!(["tcp"]), &json!("refused")));
    assert!(list["watch"]["checked_at"].is_string(), "{list}");
    for expected in ["down", "up"] {
        watch.see(&[monitor], &good()).await;
        assert_eq!(watch.state(&server).await, expected);
    }
    let summary = watch.admin.get("/servers/summary").await.expect(200);
    assert_eq!((&summary["up"], &summary["down"]), (&json!(1), &json!(0)));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_batch_that_is_written_twice_counts_once(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    watch.see(&[monitor], &bad()).await;
    for _ in 0..5 {
        let findings = [watch.finding(monitor, &bad())];
        record_all(&watch.app.state.deps, &findings, Some(LOOKING), watch.now).await.expect("written");
    }
    assert_eq!(watch.state(&server).await, "unknown", "one bad check, however often it is said");
    let checks =
        sqlx::query_scalar::<_, i64>("select count(*) from monitoring.\"check\"").fetch_one(&watch.app.db).await;
    assert_eq!(checks.expect("a number"), 1);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_another_node_was_quicker_to_write_is_not_judged_after_it(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    let mut late = Vec::new();
    for _ in 0..3 {
        watch.now += Duration::seconds(10);
        late.push(watch.finding(monitor, &bad()));
    }
    watch.see(&[monitor], &good()).await;
    record_all(&watch.app.state.deps, &late, Some(LOOKING), watch.now).await.expect("written");
    assert_eq!(watch.state(&server).await, "up", "three bad checks, and then a good one");

    // A clock that was put right: what is known from the future stands in nobody's way.
    watch.now -= Duration::hours(1);
    watch.goes_down(&[monitor]).await;
    assert_eq!(watch.state(&server).await, "down");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_a_server_says_can_be_kept_whatever_it_says(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    let odd = Outcome::Bad(Reason::new("json_differs").got("a\0b\u{1f600}\"").wanted("ok"));
    for _ in 0..3 {
        watch.see(&[monitor], &odd).await;
    }
    let reason = watch.admin.get(&format!("/servers/{server}")).await.expect(200)["monitors"][0]["reason"].clone();
    assert_eq!(reason["got"], "a\u{fffd}b\u{1f600}\"");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_paused_or_gone_is_not_judged(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    watch.goes_down(&[monitor]).await;
    assert_eq!(watch.incidents("open").await, ["server+0"]);
    watch.admin.patch(&format!("/monitors/{monitor}"), &json!({ "paused": true })).await.expect(200);
    assert_eq!(watch.state(&server).await, "paused");
    assert_eq!(watch.incidents("open").await, Vec::<String>::new(), "nobody waits for what nobody looks at");
    watch.goes_down(&[monitor]).await;
    assert_eq!(watch.state(&server).await, "paused");
    watch.admin.patch(&format!("/monitors/{monitor}"), &json!({ "paused": false })).await.expect(200);
    assert_eq!(watch.state(&server).await, "unknown", "what was known is too old");
    watch.admin.delete(&format!("/monitors/{monitor}")).await.expect(204);
    assert!(watch.see(&[monitor], &bad()).await.is_empty());
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_job_that_is_silent_goes_down_after_its_time(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let draft = json!({
        "name": "backup", "address": "192.0.2.1",
        "monitors": [{ "kind": "push", "interval_s": 60, "settings": { "bad_to_go_down": 1 } }]
    });
    let server = watch.admin.post_json("/servers", &draft).await.expect(201);
    let id = server["id"].as_str().expect("an id");
    let monitor = server["monitors"][0]["id"].as_str().expect("an id").parse().expect("an id");
    let silence = async |watch: &mut Watch, seconds: i64| {
        watch.now += Duration::seconds(seconds);
        let finding = vakhta::services::checks::Finding { outcome: None, ..watch.finding(monitor, &good()) };
        record_all(&watch.app.state.deps, &[finding], Some(LOOKING), watch.now).await.expect("written");
    };
    silence(&mut watch, 30).await;
    assert_eq!(watch.state(id).await, "unknown", "it has a minute to call");
    watch.see(&[monitor], &good()).await;
    assert_eq!(watch.state(id).await, "up");
    silence(&mut watch, 50).await;
    assert_eq!(watch.state(id).await, "up");
    silence(&mut watch, 60).await;
    assert_eq!(watch.state(id).await, "down");
    let reason = watch.admin.get(&format!("/servers/{id}")).await.expect(200)["monitors"][0]["reason"].clone();
    assert_eq!((&reason["code"], &reason["got"]), (&json!("silent"), &json!("110")));
    watch.see(&[monitor], &good()).await;
    // During a pause nobody listens: that is no silence.
    watch.admin.patch(&format!("/monitors/{monitor}"), &json!({ "paused": true })).await.expect(200);
    watch.admin.patch(&format!("/monitors/{monitor}"), &json!({ "paused": false })).await.expect(200);
    let resumed = "update monitoring.monitor_state set since = $1, last_check_at = $1 - interval '2 hours'";
    sqlx::query(resumed).bind(watch.now).execute(&watch.app.state.deps.db).await.expect("done");
    silence(&mut watch, 30).await;
    assert_eq!(watch.state(id).await, "unknown");
    silence(&mut watch, 60).await;
    assert_eq!(watch.state(id).await, "down");
}
