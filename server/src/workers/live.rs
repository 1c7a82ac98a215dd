//! Keeps the live feed of this node abreast of the log.

use std::{sync::Arc, time::Duration};

use futures_util::FutureExt as _;
use sqlx::PgPool;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{
    clock,
    events::{Event, Listener, Signal},
    services::live::Feed,
};

/// How often open screens hear that all is well; a third of the time after which they believe it no longer.
const BEAT: Duration = Duration::from_secs(5);
/// The pause after a failure.
const PAUSE: Duration = Duration::from_millis(500);

/// Follows the log until told to stop. `heard` must have been made before.
pub async fn follow(feed: Arc<Feed>, db: PgPool, heard: Listener, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = run(&feed, &db, heard) => {}
    }
}

async fn run(feed: &Feed, db: &PgPool, mut heard: Listener) {
    while let Err(error) = feed.begin(db).await {
        tracing::warn!(%error, "The live log cannot be read; trying again in {PAUSE:?}");
        tokio::time::sleep(PAUSE).await;
    }
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let done = tokio::select! {
            signal = heard.next() => match signal {
                Some(Signal::Changed(Event::Live { .. }) | Signal::Missed) => {
                    // Several announcements are one look.
                    while let Some(Some(_)) = heard.next().now_or_never() {}
                    feed.catch_up(db).await
                }
                Some(Signal::Changed(_)) => Ok(()),
                None => return,
            },
            _ = beat.tick() => async { feed.catch_up(db).await?; feed.beat(db, clock::now()).await }.await,
        };
        if let Err(error) = done {
            // Screens hear no beat and say so; the next beat catches up.
            tracing::warn!(%error, "The live log cannot be read");
            tokio::time::sleep(PAUSE).await;
        }
    }
}
