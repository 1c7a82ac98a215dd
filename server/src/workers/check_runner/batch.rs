//! Results on their way into the database: one batch at a time, and those that come meanwhile wait.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use app::model::{monitor::Reason, server::Line, settings::MonitoringSettings};
use futures_util::future::{BoxFuture, FutureExt as _};
use time::OffsetDateTime;
use tokio::{
    sync::Mutex,
    time::{Instant, sleep},
};

use crate::{
    clock,
    monitor::{allowed::Allowed, state::Outcome, target::Look},
    services::{
        Deps,
        checks::{Finding, Looking, Verdict, is_refused, record_all},
        settings,
    },
    telemetry::Metrics,
};

/// Results that wait at most, and for how long: what is older says nothing about now.
const WAITING: usize = 50_000;
const OLDEST: time::Duration = time::Duration::minutes(2);
/// Results that are written in one transaction.
const AT_ONCE: usize = 1_000;
/// How long an answer about our own line is good when somebody looks bad, and otherwise.
const LINE_URGENT: Duration = Duration::from_secs(1);
const LINE_SHOWN: Duration = Duration::from_secs(15);
/// The first pause after a failed write, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// Results on their way.
pub(super) struct Batch {
    deps: Deps,
    metrics: Arc<Metrics>,
    line: Arc<OwnLine>,
    waiting: VecDeque<Finding>,
    writing: Option<BoxFuture<'static, Vec<Verdict>>>,
}

impl Batch {
    /// An empty one.
    pub(super) fn new(deps: Deps, metrics: Arc<Metrics>, settings: &MonitoringSettings) -> Self {
        let line = Arc::new(OwnLine::new(settings));
        Self { deps, metrics, line, waiting: VecDeque::new(), writing: None }
    }

    pub(super) fn configure(&mut self, settings: &MonitoringSettings) {
        self.line = Arc::new(OwnLine::new(settings));
    }

    /// A result to be written.
    pub(super) fn add(&mut self, finding: Finding) {
        self.metrics.count("vakhta_checks_total", format!("result=\"{}\"", result(&finding)));
        if self.waiting.len() >= WAITING {
            self.waiting.pop_front();
            self.metrics.count("vakhta_checks_dropped_total", "");
        }
        self.waiting.push_back(finding);
    }

    /// Begins to write what waits, unless a batch is being written.
    pub(super) fn flush(&mut self) {
        if self.writing.is_none() && !self.waiting.is_empty() {
            let findings: Vec<Finding> = self.waiting.drain(..self.waiting.len().min(AT_ONCE)).collect();
            self.writing = Some(write(self.deps.clone(), self.line.clone(), findings).boxed());
        }
    }

    /// What was decided of the batch that is being written; waits for ever while none is.
    pub(super) async fn written(&mut self) -> Vec<Verdict> {
        let Some(writing) = &mut self.writing else { return std::future::pending().await };
        let verdicts = writing.await;
        self.writing = None;
        if self.waiting.len() >= AT_ONCE {
            self.flush();
        }
        verdicts
    }

    /// Writes everything that waits.
    pub(super) async fn finish(&mut self) {
        loop {
            self.flush();
            if self.writing.is_none() {
                return;
            }
            self.written().await;
        }
    }
}

/// Our own line: asked when somebody looks bad, and now and then to show it. Its addresses were named by an
/// administrator and need not be on the list of what may be checked.
struct OwnLine {
    looks: Vec<Look>,
    last: Mutex<Option<(Instant, Line)>>,
}

impl OwnLine {
    fn new(settings: &MonitoringSettings) -> Self {
        Self { looks: settings::line(settings), last: Mutex::default() }
    }

    async fn state(&self, deps: &Deps, is_urgent: bool) -> Line {
        let good_for = if is_urgent { LINE_URGENT } else { LINE_SHOWN };
        let mut last = self.last.lock().await;
        match *last {
            Some((asked, line)) if asked.elapsed() < good_for => line,
            _ => {
                let line = deps.probes.line(&self.looks, &Allowed::default()).await;
                *last = Some((Instant::now(), line));
                line
            }
        }
    }
}

/// Writes a batch, however long the database is away; a batch that was written before its answer got lost counts once.
async fn write(deps: Deps, line: Arc<OwnLine>, mut findings: Vec<Finding>) -> Vec<Verdict> {
    let bad = |finding: &Finding| matches!(finding.outcome, Some(Outcome::Bad(_)));
    // Before anybody is judged: is it our own line?
    let up = line.state(&deps, findings.iter().any(bad)).await;
    if up == Line::Down {
        for finding in findings.iter_mut().filter(|finding| bad(finding)) {
            finding.outcome = Some(Outcome::Unjudged(Reason::new("our_line_is_down")));
        }
    }
    let looking = Looking { line: up, ping_not_permitted: !deps.probes.ping_permitted() };
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
    now - finding.due < OLDEST
}

const fn result(finding: &Finding) -> &'static str {
    match finding.outcome {
        Some(Outcome::Good { .. }) => "good",
        Some(Outcome::Bad(_)) => "bad",
        Some(Outcome::Unjudged(_)) => "unjudged",
        None => "silence",
    }
}
