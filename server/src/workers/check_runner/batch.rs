//! Results on their way into the database: our own line is asked at once, and then they are written, one batch at a time.
//! Those that come meanwhile wait.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use app::model::{server::Line, settings::MonitoringSettings};
use futures_util::future::{BoxFuture, FutureExt as _};
use time::OffsetDateTime;
use tokio::time::sleep;

use super::line::OwnLine;
use crate::{
    clock,
    monitor::state::Outcome,
    services::{
        Deps,
        checks::{Finding, Looking, Verdict, is_refused, record_all},
    },
    telemetry::Metrics,
};

/// Results that wait at most, and for how long: what is older says nothing about now.
const WAITING: usize = 50_000;
const OLDEST: time::Duration = time::Duration::minutes(2);
/// Results that are written in one transaction.
const AT_ONCE: usize = 1_000;
/// The first pause after a failed write, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// Results on their way.
pub(super) struct Batch {
    deps: Deps,
    metrics: Arc<Metrics>,
    line: Arc<OwnLine>,
    /// How our line was when it was asked last.
    line_was: Line,
    found: Vec<Finding>,
    /// Not when they are written: by then the line may be another one.
    asking: Option<BoxFuture<'static, (Line, Vec<Finding>)>>,
    waiting: VecDeque<Finding>,
    writing: Option<BoxFuture<'static, Vec<Verdict>>>,
}

impl Batch {
    /// An empty one.
    pub(super) fn new(deps: Deps, metrics: Arc<Metrics>, settings: &MonitoringSettings) -> Self {
        Self {
            deps,
            metrics,
            line: Arc::new(OwnLine::new(settings)),
            line_was: Line::NotAsked,
            found: Vec::new(),
            asking: None,
            waiting: VecDeque::new(),
            writing: None,
        }
    }

    pub(super) fn configure(&mut self, settings: &MonitoringSettings) {
        self.line = Arc::new(OwnLine::new(settings));
    }

    /// A result to be written.
    pub(super) fn add(&mut self, finding: Finding) {
        self.metrics.count("vakhta_checks_total", format!("result=\"{}\"", result(&finding)));
        self.found.push(finding);
    }

    /// Lets everything go a step on that can.
    pub(super) fn flush(&mut self) {
        if self.asking.is_none() && !self.found.is_empty() {
            let found = std::mem::take(&mut self.found);
            self.asking = Some(self.line.clone().ask(self.deps.probes.clone(), found).boxed());
        }
        if self.writing.is_none() && !self.waiting.is_empty() {
            let findings: Vec<Finding> = self.waiting.drain(..self.waiting.len().min(AT_ONCE)).collect();
            let looking = Looking { line: self.line_was, ping_not_permitted: !self.deps.probes.ping_permitted() };
            self.writing = Some(write(self.deps.clone(), looking, findings).boxed());
        }
    }

    /// What was decided of the batch that is being written; waits for ever while none is.
    pub(super) async fn written(&mut self) -> Vec<Verdict> {
        loop {
            tokio::select! {
                (line, findings) = under_way(&mut self.asking) => {
                    self.asking = None;
                    self.line_was = line;
                    self.wait(findings);
                    self.flush();
                }
                verdicts = under_way(&mut self.writing) => {
                    self.writing = None;
                    if self.waiting.len() >= AT_ONCE {
                        self.flush();
                    }
                    return verdicts;
                }
            }
        }
    }

    /// Writes everything that was found.
    pub(super) async fn finish(&mut self) {
        loop {
            self.flush();
            if self.asking.is_none() && self.writing.is_none() {
                return;
            }
            self.written().await;
        }
    }

    fn wait(&mut self, findings: Vec<Finding>) {
        self.waiting.extend(findings);
        while self.waiting.len() > WAITING {
            self.waiting.pop_front();
            self.metrics.count("vakhta_checks_dropped_total", "");
        }
    }
}

/// What comes of it; waits for ever while nothing is under way.
async fn under_way<T>(future: &mut Option<BoxFuture<'static, T>>) -> T {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

/// Writes a batch, however long the database is away; a batch that was written before its answer got lost counts once.
async fn write(deps: Deps, looking: Looking, findings: Vec<Finding>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut parts = vec![findings];
    while let Some(mut findings) = parts.pop() {
        match write_part(&deps, looking, &mut findings).await {
            Ok(written) => verdicts.extend(written),
            // One that can never be written must not keep the others.
            Err(error) if findings.len() > 1 => {
                tracing::warn!(%error, checks = findings.len(), "Checks are refused; looking for the one");
                parts.push(findings.split_off(findings.len() / 2));
                parts.push(findings);
            }
            Err(error) => {
                let monitor = findings.first().map(|finding| finding.monitor.get());
                tracing::error!(%error, monitor.id = monitor, "A check cannot be written");
            }
        }
    }
    verdicts
}

/// Writes what is still fresh, however long the database is away.
///
/// # Errors
/// When the database refuses what is written, now and always.
async fn write_part(deps: &Deps, looking: Looking, findings: &mut Vec<Finding>) -> sqlx::Result<Vec<Verdict>> {
    let mut pause = PAUSES.0;
    loop {
        let now = clock::now();
        findings.retain(|finding| is_fresh(finding, now));
        match record_all(deps, findings, Some(looking), now).await {
            Err(error) if !is_refused(&error) => {
                tracing::warn!(%error, checks = findings.len(), "Checks wait to be written");
            }
            written_or_refused => return written_or_refused,
        }
        sleep(pause).await;
        pause = (pause * 2).min(PAUSES.1);
    }
}

fn is_fresh(finding: &Finding, now: OffsetDateTime) -> bool {
    now - finding.seen < OLDEST
}

const fn result(finding: &Finding) -> &'static str {
    match finding.outcome {
        Some(Outcome::Good { .. }) => "good",
        Some(Outcome::Bad(_)) => "bad",
        Some(Outcome::Unjudged(_)) => "unjudged",
        None => "silence",
    }
}
