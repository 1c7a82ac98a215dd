//! Keeps the search index of this process abreast of the database.

use std::{sync::Arc, time::Duration};

use futures_util::{
    FutureExt as _,
    future::{Fuse, FusedFuture as _},
};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::{
    events::{Event, Listener, Signal},
    services::directory_index::DirectoryIndex,
};

/// The first pause after a failure, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));

/// Fills the index and follows the announcements until told to stop. `listener` must have been made before.
pub async fn follow(index: Arc<DirectoryIndex>, db: PgPool, listener: Listener, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = run(&index, &db, listener) => {}
    }
}

async fn run(index: &Arc<DirectoryIndex>, db: &PgPool, mut listener: Listener) {
    let mut pause = PAUSES.0;
    loop {
        match index.load(db).await {
            Ok(people) => {
                tracing::info!(people, "The search index is filled");
                break;
            }
            Err(error) => wait(&mut pause, &error).await,
        }
    }
    let mut tidying = Fuse::terminated();
    loop {
        tokio::select! {
            signal = listener.next() => match signal {
                Some(signal) => follow_up(index, db, signal, &mut listener).await,
                None => return,
            },
            // Beside the rest: with very many people it takes seconds.
            () = &mut tidying => {}
        }
        if tidying.is_terminated() && index.is_untidy() {
            tidying = tidy(index.clone()).boxed().fuse();
        }
    }
}

async fn tidy(index: Arc<DirectoryIndex>) {
    if let Err(error) = index.tidy().await {
        tracing::error!(%error, "The search index could not be tidied");
    }
}

/// Settles this signal and all that are there already in the same go.
async fn follow_up(index: &Arc<DirectoryIndex>, db: &PgPool, signal: Signal, listener: &mut Listener) {
    let mut due = Due::default();
    due.note(signal);
    while let Some(Some(signal)) = listener.next().now_or_never() {
        due.note(signal);
    }
    let mut pause = PAUSES.0;
    while let Err(error) = due.settle(index, db).await {
        wait(&mut pause, &error).await;
    }
}

async fn wait(pause: &mut Duration, error: &sqlx::Error) {
    tracing::warn!(%error, "The search index cannot read the database; trying again in {pause:?}");
    tokio::time::sleep(*pause).await;
    *pause = (*pause * 2).min(PAUSES.1);
}

/// What has to be looked at.
#[derive(Default)]
struct Due {
    ids: Vec<i64>,
    everything: bool,
}

impl Due {
    fn note(&mut self, signal: Signal) {
        match signal {
            Signal::Changed(Event::EmployeeChanged { id: Some(id) }) => self.ids.push(id.get()),
            Signal::Changed(Event::EmployeeChanged { id: None }) | Signal::Missed => self.everything = true,
            Signal::Changed(_) => {}
        }
    }

    async fn settle(&self, index: &Arc<DirectoryIndex>, db: &PgPool) -> sqlx::Result<()> {
        if self.everything { index.reconcile(db).await } else { index.refresh(db, &self.ids).await }
    }
}
