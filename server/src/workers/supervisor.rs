//! Repeats a worker's unit of work until it is time to stop. A panic or an error is a failed attempt, never a
//! dead worker.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use time::OffsetDateTime;

use crate::{clock, shutdown::Shutdown, telemetry::Metrics};

/// What one unit of work found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There may be more: go on at once.
    Busy,
    /// Nothing to do until the next period.
    Idle,
}

/// The longest wait after failures: what waits for the database goes on soon after it is back.
const LONGEST: Duration = Duration::from_secs(10);

/// Starts workers and stops them.
#[derive(Clone, Debug)]
pub struct Supervisor {
    shutdown: Shutdown,
    metrics: Arc<Metrics>,
}

impl Supervisor {
    /// One whose workers end with `shutdown`.
    #[must_use]
    pub fn new(shutdown: Shutdown, metrics: Arc<Metrics>) -> Self {
        Self { shutdown, metrics }
    }

    /// Runs `run_once` every `period`, at once again while it is [`Outcome::Busy`], and after growing pauses
    /// when it fails.
    pub fn run_forever<F, R>(&self, name: &'static str, period: Duration, mut run_once: F)
    where
        F: FnMut(OffsetDateTime) -> R + Send + 'static,
        R: Future<Output = anyhow::Result<Outcome>> + Send,
    {
        let Self { shutdown, metrics } = self.clone();
        let token = shutdown.token.clone();
        shutdown.tasks.spawn(async move {
            let mut failures: u32 = 0;
            while !token.is_cancelled() {
                // The unit that is held is finished: a stop waits for it.
                let attempt = AssertUnwindSafe(async { run_once(clock::now()).await }).catch_unwind().await;
                let pause = match attempt {
                    Ok(Ok(outcome)) => {
                        failures = 0;
                        metrics.count("vakhta_worker_runs_total", format!("worker=\"{name}\",result=\"ok\""));
                        if outcome == Outcome::Busy { Duration::ZERO } else { period }
                    }
                    failed => {
                        failures = failures.saturating_add(1);
                        metrics.count("vakhta_worker_runs_total", format!("worker=\"{name}\",result=\"failed\""));
                        let pause = back_off(failures);
                        match failed {
                            Ok(Err(error)) => {
                                let error = format!("{error:#}");
                                tracing::warn!(
                                    worker = name,
                                    failures,
                                    error,
                                    "Worker failed; trying again in {pause:?}"
                                );
                            }
                            _ => tracing::error!(worker = name, failures, "Worker panicked; trying again in {pause:?}"),
                        }
                        pause
                    }
                };
                tokio::select! {
                    () = token.cancelled() => {}
                    () = tokio::time::sleep(pause) => {}
                }
            }
        });
    }
}

fn back_off(failures: u32) -> Duration {
    Duration::from_millis(50).saturating_mul(2_u32.saturating_pow(failures.min(12))).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_panic_and_an_error_are_failed_attempts() {
        let shutdown = Shutdown::default();
        let metrics = Arc::new(Metrics::default());
        let runs = Arc::new(AtomicU32::new(0));
        let (count, token) = (runs.clone(), shutdown.token.clone());
        Supervisor::new(shutdown.clone(), metrics.clone()).run_forever("test", Duration::ZERO, move |_| {
            let (run, token) = (count.fetch_add(1, Ordering::SeqCst), token.clone());
            async move {
                match run {
                    0 => panic!("once"),
                    1 => anyhow::bail!("twice"),
                    2 => Ok(Outcome::Busy),
                    _ => {
                        token.cancel();
                        Ok(Outcome::Idle)
                    }
                }
            }
        });
        assert!(shutdown.tasks.close());
        shutdown.tasks.wait().await;
        assert_eq!(runs.load(Ordering::SeqCst), 4);
        let text = metrics.render();
        assert!(text.contains("result=\"failed\"} 2"), "{text}");
        assert!(text.contains("result=\"ok\"} 2"), "{text}");
    }
}
