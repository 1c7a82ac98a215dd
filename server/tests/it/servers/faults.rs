//! The running check runner while its database breaks: what it decided agrees with what is stored, and with what was.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use app::model::user::Role;
use futures_util::future::{join, join_all};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection, PgPool};
use vakhta::store::leases;

use crate::helpers::{
    TestApp,
    cable::{Cable, THROUGH},
    people::User,
    replay,
    target::{DeadEnd, Target, fails, hurry, open_incidents, state_of, until},
};

/// Ends the connections of the application, or only those that hold an advisory lock.
async fn cut(db: &PgPool, only_the_lease: bool) {
    let sql = "select pg_terminate_backend(pid) from pg_stat_activity a
               where datname = current_database() and application_name = $1
               and (not $2 or exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory'))";
    sqlx::query(sql).bind(THROUGH).bind(only_the_lease).execute(db).await.expect("they end");
}

async fn enter(admin: &User, target: &Target, name: &str, parent: Option<&Value>) -> Value {
    admin.post_json("/servers", &target.draft(name, parent)).await.expect(201)
}

/// How many checks of this server are stored.
async fn stored(db: &PgPool, server: &str) -> i64 {
    let sql = "select count(*) from monitoring.\"check\" c join monitoring.monitor m on m.id = c.monitor_id
               join monitoring.server s on s.id = m.server_id where s.name = $1";
    sqlx::query_scalar(sql).bind(server).fetch_one(db).await.expect("a number")
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn connections_that_break_lose_and_double_nothing(db: PgPool) {
    let mut cable = Cable::to(&db);
    let app = TestApp::with().start(cable.pool()).await;
    let admin = app.user(Role::Admin).await;
    let mut alone = Vec::new();
    for name in ["a", "b", "c"] {
        let target = Target::open().await;
        enter(&admin, &target, name, None).await;
        alone.push((name, target));
    }
    let mut family = vec![Target::open().await, Target::open().await, Target::open().await];
    let switch = enter(&admin, &family[0], "switch", None).await;
    for (name, target) in ["left", "right"].into_iter().zip(&family[1..]) {
        enter(&admin, target, name, Some(&switch)).await;
    }

    let is_over = AtomicBool::new(false);
    let life = async {
        let alone = join_all(alone.iter_mut().map(|(name, target)| fails(&db, name, target, 3)));
        join(alone, falls_together(&db, &mut family)).await;
        is_over.store(true, Ordering::SeqCst);
    };
    let seed: u64 = rand::random();
    println!("the seed is {seed}");
    let faults = async {
        let mut dice = StdRng::seed_from_u64(seed);
        while !is_over.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(dice.random_range(20..700))).await;
            match dice.random_range(0..4) {
                0 => {
                    cable.pull();
                    tokio::time::sleep(Duration::from_millis(dice.random_range(0..900))).await;
                    cable.plug();
                }
                1 => cut(&db, true).await,
                _ => cut(&db, false).await,
            }
        }
    };
    join(life, faults).await;
    assert!(app.stop().await, "a clean stop");

    let closed: Vec<(String, i64)> = sqlx::query_as(
        "select s.name::text, count(*) from monitoring.incident i join monitoring.server s on s.id = i.server_id
         where i.state = 'closed' group by 1 order by 1",
    )
    .fetch_all(&db)
    .await
    .expect("incidents");
    let expected = [("a", 3), ("b", 3), ("c", 3), ("switch", 1)];
    assert_eq!(closed, expected.map(|(name, count)| (name.to_owned(), count)));
    assert_eq!(replay::agrees(&db).await, 12, "nine alone, three together");
}

/// A switch falls with what is behind it.
async fn falls_together(db: &PgPool, family: &mut [Target]) {
    let all = async |state: &str| {
        let states = [state_of(db, "switch").await, state_of(db, "left").await, state_of(db, "right").await];
        states.iter().all(|one| one == state)
    };
    until(db, "all are up", async || all("up").await).await;
    for target in &mut *family {
        target.close().await;
    }
    until(db, "one incident of all", async || all("down").await && open_incidents(db, "switch").await == 1).await;
    for target in family {
        target.open_again().await;
    }
    until(db, "it is over", async || all("up").await && open_incidents(db, "switch").await == 0).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn results_outlive_the_lock_under_which_they_were_found(db: PgPool) {
    let cable = Cable::to(&db);
    let app = TestApp::with().start(cable.pool()).await;
    let target = Target::open().await;
    enter(&app.user(Role::Admin).await, &target, "server", None).await;
    until(&db, "it is up", async || state_of(&db, "server").await == "up").await;

    let mut in_the_way = db.begin().await.expect("a transaction");
    sqlx::query("lock table monitoring.\"check\" in access exclusive mode")
        .execute(&mut *in_the_way)
        .await
        .expect("locked");
    let asked = target.asked();
    until(&db, "results that cannot be written", async || target.asked() > asked + 2).await;
    // Another node takes over: nobody here will look again while it lives.
    let mut other = PgConnection::connect_with(&db.connect_options()).await.expect("a connection");
    until(&db, "the lock changes hands", async || {
        cut(&db, true).await;
        leases::try_lock(&mut other, leases::CHECKS).await.expect("an answer")
    })
    .await;
    let asked = target.asked();
    until(&db, "it is noticed, and nobody looks here", async || {
        let before = target.asked();
        for _ in 0..10 {
            hurry(&db).await;
        }
        target.asked() == before
    })
    .await;
    in_the_way.rollback().await.expect("unlocked");
    until(&db, "all is written", async || stored(&db, "server").await >= i64::try_from(asked).expect("few")).await;

    other.close().await.expect("it ends");
    let asked = target.asked();
    until(&db, "this node looks again", async || target.asked() > asked).await;
    assert!(app.stop().await, "a clean stop");
    replay::agrees(&db).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn looking_goes_on_without_a_database(db: PgPool) {
    let mut cable = Cable::to(&db);
    let app = TestApp::with().start(cable.pool()).await;
    let mut target = Target::open().await;
    enter(&app.user(Role::Admin).await, &target, "server", None).await;
    until(&db, "it is up", async || state_of(&db, "server").await == "up").await;

    cable.pull();
    let asked = target.asked();
    until(&db, "looks without a database", async || target.asked() > asked + 1).await;
    let before = stored(&db, "server").await;
    target.close().await;
    cable.plug();
    until(&db, "what was seen is written", async || stored(&db, "server").await > before + 1).await;
    until(&db, "an incident", async || open_incidents(&db, "server").await == 1).await;
    target.open_again().await;
    until(&db, "it is over", async || open_incidents(&db, "server").await == 0).await;
    assert!(app.stop().await, "a clean stop");
    assert_eq!(replay::agrees(&db).await, 1);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn nobody_is_judged_afterwards_by_what_was_seen_while_our_own_line_was_down(db: PgPool) {
    let mut cable = Cable::to(&db);
    let app = TestApp::with().start(cable.pool()).await;
    let admin = app.user(Role::Admin).await;
    let (mut line, mut target, clock) = (DeadEnd::open(), Target::open().await, Target::open().await);
    let settings = json!({ "line_addresses": [line.address.to_string()], "allowed_networks": [] });
    admin.send(admin.request(Method::PUT, "/settings/monitoring").json(&settings)).await.expect(200);
    enter(&admin, &target, "server", None).await;
    enter(&admin, &clock, "clock", None).await;
    until(&db, "both are up", async || state_of(&db, "server").await == "up" && state_of(&db, "clock").await == "up")
        .await;

    // The line goes, and the database is at its other end.
    line.die().await;
    target.close().await;
    cable.pull();
    let asked = clock.asked();
    until(&db, "enough is seen to be down", async || clock.asked() > asked + 3).await;
    let before = stored(&db, "server").await;
    target.open_again().await;
    line.mend();
    cable.plug();
    until(&db, "what was seen is written", async || stored(&db, "server").await > before + 3).await;
    until(&db, "it is up", async || state_of(&db, "server").await == "up").await;
    assert!(app.stop().await, "a clean stop");
    let unjudged = "select count(*) from monitoring.\"check\" where state = 3";
    let unjudged = sqlx::query_scalar::<_, i64>(unjudged).fetch_one(&db).await.expect("a number");
    assert!(unjudged > 1, "{unjudged} checks say that it was our line");
    assert_eq!(replay::agrees(&db).await, 0, "nobody else is said to have been down");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_check_that_cannot_be_written_keeps_no_other(db: PgPool) {
    let refuse = "create function monitoring.refuse() returns trigger language plpgsql as
                  $$ begin raise exception 'never' using errcode = '22P05'; end $$";
    sqlx::query(refuse).execute(&db).await.expect("a function");
    let cable = Cable::to(&db);
    let app = TestApp::with().start(cable.pool()).await;
    let admin = app.user(Role::Admin).await;
    let (good, odd) = (Target::open().await, Target::open().await);
    enter(&admin, &good, "good", None).await;
    let odd_one = enter(&admin, &odd, "odd", None).await;
    let trigger = format!(
        "create trigger refuse before insert on monitoring.\"check\" for each row when (new.monitor_id = {}) execute function monitoring.refuse()",
        odd_one["monitors"][0]["id"].as_str().expect("an id")
    );
    sqlx::query(sqlx::AssertSqlSafe(trigger)).execute(&db).await.expect("a trigger");
    let (asked, before) = (odd.asked(), stored(&db, "good").await);
    until(&db, "the others are written", async || {
        odd.asked() > asked + 3 && stored(&db, "good").await > before + 3 && state_of(&db, "good").await == "up"
    })
    .await;
    assert!(app.stop().await, "a clean stop");
    replay::agrees(&db).await;
}
