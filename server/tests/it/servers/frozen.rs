//! The built program while its PostgreSQL stands still: no error, no answer, nothing.

use std::time::Duration;

use reqwest::StatusCode;
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::time::{Instant, sleep};
use vakhta::clock;

use crate::helpers::{
    people::User,
    program::{Folder, Server},
    replay,
    target::{Target, open_incidents, state_of, until},
};

/// So long it stands still. `FREEZE_S=30` is worth a try by hand.
fn freeze() -> Duration {
    let seconds = std::env::var("FREEZE_S").ok().map(|text| text.parse().expect("seconds"));
    // Longer than anybody waits for a connection or for the lock to be confirmed.
    Duration::from_secs(seconds.unwrap_or(12))
}

#[tokio::test]
async fn what_is_seen_while_the_database_stands_still_is_written_afterwards_and_once() {
    let folder = Folder::open();
    let server = folder.serve_with(&Server::VARIABLES);
    let admin = User::admin_of(&server).await;
    let (mut falls, stays) = (Target::open().await, Target::open().await);
    for (name, target) in [("falls", &falls), ("stays", &stays)] {
        admin.post_json("/servers", &target.draft(name, None)).await.expect(201);
    }
    let db = folder.database().await;
    until(&db, "both are up", async || state_of(&db, "falls").await == "up" && state_of(&db, "stays").await == "up")
        .await;

    let froze_at = clock::now();
    let frozen = folder.freeze();
    let (began, asked) = (Instant::now(), stays.asked());
    falls.close().await;
    // What nobody can know now is not told; nothing that was green stays so.
    let answer = admin.get("/servers").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert!(server.get("/health/ready").contains("503"), "it says that it is not ready");
    while began.elapsed() < freeze() || stays.asked() < asked + 2 {
        assert!(began.elapsed() < 3 * freeze(), "nobody looks while the database stands still");
        sleep(Duration::from_millis(20)).await;
    }
    let looks = i64::try_from(stays.asked() - asked).expect("few");
    let thaws_at = clock::now();
    drop(frozen);

    until(&db, "an incident", async || open_incidents(&db, "falls").await == 1).await;
    let began_at = sqlx::query_scalar::<_, OffsetDateTime>("select opened_at from monitoring.incident");
    let began_at = began_at.fetch_one(&db).await.expect("one incident");
    assert!(began_at < thaws_at, "it was down before the database was back: {began_at}, {thaws_at}");
    falls.open_again().await;
    until(&db, "it is over", async || open_incidents(&db, "falls").await == 0).await;
    let (checks, longest_gap) = seen(&db, "stays", froze_at, thaws_at).await;
    assert!(checks >= looks - 1, "{checks} of {looks} looks are stored; one may have been due before");
    assert!(longest_gap < 10.0, "a look every five seconds, whatever the database does: {longest_gap}");
    assert_eq!(server.terminate(), 0);

    // Stopping took its PostgreSQL along; a command brings it back.
    let server = folder.serve();
    assert_eq!(replay::agrees(&folder.database().await).await, 1);
    assert_eq!(server.terminate(), 0);
}

/// How many checks of this server were due then, and the longest time between two, in seconds.
async fn seen(db: &PgPool, server: &str, from: OffsetDateTime, to: OffsetDateTime) -> (i64, f64) {
    let sql = "select count(*), max(gap)::float8 from (
                   select c.at, extract(epoch from c.at - lag(c.at) over (order by c.at)) as gap from monitoring.\"check\" c
                   join monitoring.monitor m on m.id = c.monitor_id join monitoring.server s on s.id = m.server_id
                   where s.name = $1) as checks
               where at between $2 and $3";
    sqlx::query_as(sql).bind(server).bind(from).bind(to).fetch_one(db).await.expect("numbers")
}
