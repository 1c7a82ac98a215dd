//! The built program, killed again and again while servers go down and come back.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use futures_util::future::{join, join_all};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use sqlx::{ConnectOptions as _, PgPool};
use tokio::task::spawn_blocking;

use crate::helpers::{
    people::User,
    program::{Folder, Server},
    replay,
    target::{Target, fails},
};

/// At least so often.
const KILLS: usize = 4;

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_kill_at_any_point_loses_and_doubles_nothing(db: PgPool) {
    let folder = std::sync::Arc::new(Folder::open());
    let url = db.connect_options().to_url_lossy().to_string();
    let start = async || {
        let (folder, url) = (folder.clone(), url.clone());
        let started = spawn_blocking(move || {
            let mut variables = Server::VARIABLES.to_vec();
            variables.push(("DATABASE_URL", &url));
            folder.serve_with(&variables)
        });
        started.await.expect("it starts")
    };
    let mut server = start().await;
    let admin = User::admin_of(&server).await;
    let mut targets = Vec::new();
    for name in ["a", "b", "c", "d"] {
        let target = Target::open().await;
        admin.post_json("/servers", &target.draft(name, None)).await.expect(201);
        targets.push((name, target));
    }

    let is_over = AtomicBool::new(false);
    let life = async {
        join_all(targets.iter_mut().map(|(name, target)| fails(&db, name, target, 3))).await;
        is_over.store(true, Ordering::SeqCst);
    };
    let seed: u64 = rand::random();
    println!("the seed is {seed}");
    let kills = async {
        let mut dice = StdRng::seed_from_u64(seed);
        let mut kills = 0;
        while kills < KILLS || !is_over.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(dice.random_range(50..2_000))).await;
            server.kill();
            server = start().await;
            kills += 1;
        }
        server
    };
    let ((), server) = join(life, kills).await;
    assert_eq!(spawn_blocking(|| server.terminate()).await.expect("it ends"), 0);
    assert_eq!(replay::agrees(&db).await, 12, "four servers, three outages each");
}
