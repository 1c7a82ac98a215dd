//! Looks at all monitors when they are due. One node at a time does it: whoever holds the lock.
//!
//! Nothing is locked while it waits for an answer, and nothing waits for the database but what needs it: the lock is looked
//! after, the configuration read and results are written beside the looking. While the database is away looking goes
//! on, and its results wait.

mod agenda;
mod batch;
mod line;
mod looking;
mod plan;

use std::{sync::Arc, time::Duration};

use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use self::{agenda::Agenda, batch::Batch, looking::Looks, plan::Changes};
use crate::{
    clock,
    events::{Event, Hub, Listener, Signal},
    services::{Deps, checks, leases::Work},
    telemetry::Metrics,
    workers::{lease::Lease, supervisor::Outcome},
};

/// How often results are handed over.
const FLUSH: Duration = Duration::from_millis(250);
/// What is still to be written at a stop gets this long.
const LAST_FLUSH: Duration = Duration::from_secs(3);

/// Whatever looking takes.
#[derive(Clone)]
pub struct Runner {
    deps: Deps,
    hub: Arc<Hub>,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
}

impl Runner {
    /// One that ends with `stop`.
    #[must_use]
    pub fn new(deps: Deps, hub: Arc<Hub>, metrics: Arc<Metrics>, stop: CancellationToken) -> Self {
        Self { deps, hub, metrics, stop }
    }

    /// Looks at everything for as long as this node holds the lock.
    ///
    /// # Errors
    /// Those of the database before the first look; later ones are waited out.
    pub async fn run_once(&self) -> anyhow::Result<Outcome> {
        let begun = tokio::select! {
            () = self.stop.cancelled() => None,
            begun = self.begin() => begun?,
        };
        if let Some((lease, watch)) = begun {
            self.look(lease, watch).await;
        }
        Ok(Outcome::Idle)
    }

    /// Takes the lock and reads what is to be looked at; nothing when another node has it.
    async fn begin(&self) -> anyhow::Result<Option<(Lease, Watch)>> {
        let Some(lease) = Lease::take(&self.deps.db, Work::Checks).await? else { return Ok(None) };
        tracing::info!("This node looks at the servers");
        // Before the first look at the configuration, so that no change falls between.
        let heard = self.hub.subscribe();
        let (planned, settings) = checks::plan::load(&self.deps, None).await?;
        let watch = Watch {
            heard,
            changes: Changes::new(self.deps.clone()),
            agenda: Agenda::new(planned, clock::now()),
            looks: Looks::new(self.deps.probes.clone(), &settings),
            batch: Batch::new(self.deps.clone(), self.metrics.clone(), &settings),
        };
        Ok(Some((lease, watch)))
    }

    async fn look(&self, mut lease: Lease, mut watch: Watch) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = lease.lost() => tracing::warn!("Another node looks at the servers"),
            () = watch.look() => {}
        }
        // What was seen is still written; what is being looked at is seen by the next one.
        let mut batch = watch.batch;
        tokio::select! {
            () = batch.finish() => {}
            () = async { self.stop.cancelled().await; sleep(LAST_FLUSH).await } => {}
        }
        lease.give_back().await;
    }
}

/// All that is under way while this node looks.
struct Watch {
    heard: Listener,
    changes: Changes,
    agenda: Agenda,
    looks: Looks,
    batch: Batch,
}

impl Watch {
    /// Ends when the hub is gone.
    async fn look(&mut self) {
        let Self { heard, changes, agenda, looks, batch } = self;
        let mut flush = interval(FLUSH);
        flush.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                signal = heard.next() => match signal {
                    Some(Signal::Changed(Event::CheckNow { id })) => agenda.now(id, clock::now()),
                    Some(Signal::Changed(Event::ServerChanged { .. }) | Signal::Missed) => changes.heard(),
                    Some(Signal::Changed(_)) => {}
                    None => return,
                },
                verdicts = batch.written() => agenda.learn(&verdicts, clock::now()),
                (monitor, finding) = looks.next() => {
                    agenda.ended(monitor);
                    if let Some(finding) = finding {
                        batch.add(finding);
                    }
                }
                _ = flush.tick() => batch.flush(),
                (planned, settings) = changes.next() => {
                    agenda.replace(planned, clock::now());
                    looks.configure(&settings);
                    batch.configure(&settings);
                }
                () = agenda.wait(clock::now()) => {
                    for (planned, due) in agenda.due(clock::now()) {
                        looks.start(planned, due);
                    }
                }
            }
        }
    }
}
