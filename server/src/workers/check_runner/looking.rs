//! Looks that are under way: limited overall and for each host, so that a slow host delays nobody else.

use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Arc};

use app::model::{ids::MonitorId, settings::MonitoringSettings};
use futures_util::FutureExt as _;
use time::OffsetDateTime;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    clock,
    monitor::{allowed::Allowed, probe::Probes},
    services::{
        checks::{Finding, plan::Planned},
        settings,
    },
};

/// Looks at a time: each may hold a socket, and a process has about a thousand.
const AT_ONCE: usize = 512;
/// Looks at one host at a time.
const AT_ONE_HOST: usize = 4;

/// Looks that are under way.
pub(super) struct Looks {
    probes: Probes,
    allowed: Arc<Allowed>,
    all: Arc<Semaphore>,
    hosts: HashMap<String, Arc<Semaphore>>,
    running: JoinSet<(MonitorId, Option<Finding>)>,
}

impl Looks {
    pub(super) fn new(probes: Probes, settings: &MonitoringSettings) -> Self {
        Self {
            probes,
            allowed: Arc::new(settings::allowed(settings)),
            all: Arc::new(Semaphore::new(AT_ONCE)),
            hosts: HashMap::new(),
            running: JoinSet::new(),
        }
    }

    pub(super) fn configure(&mut self, settings: &MonitoringSettings) {
        self.allowed = Arc::new(settings::allowed(settings));
        self.hosts.retain(|_, host| host.available_permits() < AT_ONE_HOST);
    }

    /// Looks at a monitor that was due then.
    pub(super) fn start(&mut self, planned: Arc<Planned>, due: OffsetDateTime) {
        let (probes, allowed, all) = (self.probes.clone(), self.allowed.clone(), self.all.clone());
        let host = self.hosts.entry(planned.address.clone());
        let host = host.or_insert_with(|| Arc::new(Semaphore::new(AT_ONE_HOST))).clone();
        self.running.spawn(async move {
            let look = async {
                match &planned.look {
                    // Whether a job called is known where its calls are written.
                    None => None,
                    Some(look) => {
                        // The host first: who waits for a slow one takes no place from others.
                        let _host = host.acquire().await;
                        let _all = all.acquire().await;
                        Some(probes.look(look, &allowed).await.outcome)
                    }
                }
            };
            let Ok(outcome) = AssertUnwindSafe(look).catch_unwind().await else {
                tracing::error!(monitor.id = %planned.id, "A look panicked");
                return (planned.id, None);
            };
            (planned.id, Some(Finding { monitor: planned.id, due, seen: clock::now(), outcome, figures: None }))
        });
    }

    /// Who was looked at, and with what result, unless the look failed in itself; waits for ever while nothing is under way.
    pub(super) async fn next(&mut self) -> (MonitorId, Option<Finding>) {
        loop {
            match self.running.join_next().await {
                Some(Ok(looked)) => return looked,
                Some(Err(error)) => tracing::error!(%error, "A look was cut off"),
                None => std::future::pending().await,
            }
        }
    }
}
