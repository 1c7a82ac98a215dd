//! Keeps what this node knows of other people's screens abreast of what the nodes say.

use std::{sync::Arc, time::Duration};

use sqlx::PgPool;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{
    clock,
    events::{Event, Listener, Signal},
    services::presence::Presence,
};

/// How often a node says who looks at its screens.
const AGAIN: Duration = Duration::from_secs(8);

/// Follows what is said until told to stop. `heard` must have been made before.
pub async fn follow(presence: Arc<Presence>, db: PgPool, heard: Listener, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = run(&presence, &db, heard) => {}
    }
}

async fn run(presence: &Presence, db: &PgPool, mut heard: Listener) {
    let mut again = interval(AGAIN);
    again.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            signal = heard.next() => match signal {
                Some(Signal::Changed(Event::Looking { lookers })) => presence.hear(lookers, clock::now()),
                // What was missed is said again soon.
                Some(Signal::Changed(_) | Signal::Missed) => {}
                None => return,
            },
            _ = again.tick() => if let Err(error) = presence.say_again(db, clock::now()).await {
                tracing::debug!(%error, "Nobody hears who looks at the screens of this node");
            },
        }
    }
}
