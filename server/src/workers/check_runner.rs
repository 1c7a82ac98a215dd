//! Looks at all monitors when they are due. One node at a time does it: whoever holds the lock.
//!
//! Nothing is locked while it waits for an answer. Results are gathered and handed over in batches, and while the
//! database is away they wait, so that looking never depends on writing.

mod agenda;
mod batch;
mod looking;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use sqlx::{Connection, PgConnection};
use tokio::{
    sync::Mutex,
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;

use self::{agenda::Agenda, batch::Batch, looking::Looks};
use crate::{
    clock,
    events::{Event, Hub, Listener, Signal},
    services::{
        Deps,
        checks::{self, Finding},
    },
    telemetry::Metrics,
    workers::supervisor::Outcome,
};

/// How often results are handed over.
const FLUSH: Duration = Duration::from_millis(250);
/// How often the lock is looked after, and how long that may take.
const LOCK_CHECK: Duration = Duration::from_secs(5);
/// What is still to be written at a stop gets this long.
const LAST_FLUSH: Duration = Duration::from_secs(3);
/// How long after a failure the configuration is read again.
const READ_AGAIN: Duration = Duration::from_secs(1);

/// Whatever looking takes.
#[derive(Clone)]
pub struct Runner {
    deps: Deps,
    hub: Arc<Hub>,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
    /// What could not be written before the lock was lost.
    unwritten: Arc<Mutex<VecDeque<Finding>>>,
}

impl Runner {
    /// One that ends with `stop`.
    #[must_use]
    pub fn new(deps: Deps, hub: Arc<Hub>, metrics: Arc<Metrics>, stop: CancellationToken) -> Self {
        Self { deps, hub, metrics, stop, unwritten: Arc::default() }
    }

    /// Looks at everything for as long as this node holds the lock.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run_once(&self) -> anyhow::Result<Outcome> {
        let mut lock = PgConnection::connect_with(&self.deps.db.connect_options()).await?;
        if checks::lease::try_take(&mut lock).await? {
            tracing::info!("This node looks at the servers");
            // Before the first look at the configuration, so that no change falls between.
            let heard = self.hub.subscribe();
            self.look(&mut lock, heard).await?;
        }
        lock.close().await?;
        Ok(Outcome::Idle)
    }

    async fn look(&self, lock: &mut PgConnection, heard: Listener) -> anyhow::Result<()> {
        let (planned, settings) = checks::plan::load(&self.deps, None).await?;
        let agenda = Agenda::new(planned, clock::now());
        let looks = Looks::new(self.deps.probes.clone(), &settings);
        let mut unwritten = self.unwritten.lock().await;
        let before = std::mem::take(&mut *unwritten);
        let mut batch = Batch::new(self.deps.clone(), self.metrics.clone(), &settings, before);
        let looked = self.look_with(lock, heard, agenda, looks, &mut batch).await;
        if looked.is_ok() {
            // What was seen is still written; what is being looked at is seen by the next one.
            let _ = timeout(LAST_FLUSH, batch.finish()).await;
        }
        *unwritten = batch.unwritten();
        looked
    }

    async fn look_with(
        &self,
        lock: &mut PgConnection,
        mut heard: Listener,
        mut agenda: Agenda,
        mut looks: Looks,
        batch: &mut Batch,
    ) -> anyhow::Result<()> {
        let mut flush = interval(FLUSH);
        flush.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut lock_check = interval(LOCK_CHECK);
        lock_check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut stale = false;
        let mut read_at = Instant::now();
        loop {
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break,
                signal = heard.next() => match signal {
                    Some(Signal::Changed(Event::CheckNow { id })) => agenda.now(id, clock::now()),
                    Some(Signal::Changed(Event::ServerChanged { .. }) | Signal::Missed) => stale = true,
                    Some(Signal::Changed(_)) => {}
                    None => break,
                },
                verdicts = batch.written() => agenda.learn(&verdicts, clock::now()),
                finding = looks.next() => {
                    agenda.ended(finding.monitor);
                    batch.add(finding);
                }
                _ = flush.tick() => batch.flush(),
                _ = lock_check.tick() => timeout(LOCK_CHECK, lock.ping()).await??,
                () = sleep_until(read_at), if stale => {
                    match checks::plan::load(&self.deps, None).await {
                        Ok((planned, settings)) => {
                            stale = false;
                            agenda.replace(planned, clock::now());
                            looks.configure(&settings);
                            batch.configure(&settings);
                        }
                        Err(error) => tracing::warn!(%error, "The monitors cannot be read; going on with those known"),
                    }
                    read_at = Instant::now() + if stale { READ_AGAIN } else { FLUSH };
                }
                () = agenda.wait(clock::now()) => {
                    for (planned, due) in agenda.due(clock::now()) {
                        looks.start(planned, due);
                    }
                }
            }
        }
        Ok(())
    }
}
