//! The configuration as it changes: read again after a change, beside everything else, so that a database that does
//! not answer keeps nobody from looking.

use std::time::Duration;

use app::model::settings::MonitoringSettings;
use futures_util::future::{BoxFuture, FutureExt as _};
use tokio::time::{Instant, sleep_until};

use crate::services::{
    Deps,
    checks::plan::{Planned, load},
};

/// Changes that come together are read together.
const GATHER: Duration = Duration::from_millis(250);
/// How long after a failure it is read again.
const READ_AGAIN: Duration = Duration::from_secs(1);

/// What is to be looked at, and how.
pub(super) type Plan = (Vec<Planned>, MonitoringSettings);

/// Reads the configuration when it changed.
pub(super) struct Changes {
    deps: Deps,
    stale: bool,
    not_before: Instant,
    reading: Option<BoxFuture<'static, sqlx::Result<Plan>>>,
}

impl Changes {
    pub(super) fn new(deps: Deps) -> Self {
        Self { deps, stale: false, not_before: Instant::now(), reading: None }
    }

    /// What is known may no longer be so.
    pub(super) fn heard(&mut self) {
        self.stale = true;
    }

    /// The next configuration; waits for ever while nothing changes. Nothing is lost when this is dropped.
    pub(super) async fn next(&mut self) -> Plan {
        loop {
            if let Some(reading) = &mut self.reading {
                let read = reading.await;
                self.reading = None;
                match read {
                    Ok(plan) => {
                        self.not_before = Instant::now() + GATHER;
                        return plan;
                    }
                    Err(error) => {
                        tracing::warn!(%error, "The monitors cannot be read; going on with those known");
                        self.stale = true;
                        self.not_before = Instant::now() + READ_AGAIN;
                    }
                }
            } else if self.stale {
                sleep_until(self.not_before).await;
                // Before it begins: what changes while it is read is read once more.
                self.stale = false;
                let deps = self.deps.clone();
                self.reading = Some(async move { load(&deps, None).await }.boxed());
            } else {
                std::future::pending::<()>().await;
            }
        }
    }
}
