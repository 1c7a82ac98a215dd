//! Our own line: asked when somebody looks bad, and now and then to show it. Its addresses were named by an administrator
//! and need not be on the list of what may be checked.

use std::{sync::Arc, time::Duration};

use app::model::{monitor::Reason, server::Line, settings::MonitoringSettings};
use tokio::{sync::Mutex, time::Instant};

use crate::{
    monitor::{allowed::Allowed, probe::Probes, state::Outcome, target::Look},
    services::{checks::Finding, settings},
};

/// How long an answer is good when somebody looks bad, and otherwise.
const URGENT: Duration = Duration::from_secs(1);
const SHOWN: Duration = Duration::from_secs(15);

/// Our own line.
pub(super) struct OwnLine {
    looks: Vec<Look>,
    last: Mutex<Option<(Instant, Line)>>,
}

impl OwnLine {
    pub(super) fn new(settings: &MonitoringSettings) -> Self {
        Self { looks: settings::line(settings), last: Mutex::default() }
    }

    /// How it is now that this was found. While it is down, what looks bad says nothing of anybody.
    pub(super) async fn ask(self: Arc<Self>, probes: Probes, mut findings: Vec<Finding>) -> (Line, Vec<Finding>) {
        let bad = |finding: &Finding| matches!(finding.outcome, Some(Outcome::Bad(_)));
        let line = self.state(&probes, if findings.iter().any(bad) { URGENT } else { SHOWN }).await;
        if line == Line::Down {
            for finding in findings.iter_mut().filter(|finding| bad(finding)) {
                finding.outcome = Some(Outcome::Unjudged(Reason::new("our_line_is_down")));
            }
        }
        (line, findings)
    }

    async fn state(&self, probes: &Probes, good_for: Duration) -> Line {
        let mut last = self.last.lock().await;
        match *last {
            Some((asked, line)) if asked.elapsed() < good_for => line,
            _ => {
                let line = probes.line(&self.looks, &Allowed::default()).await;
                *last = Some((Instant::now(), line));
                line
            }
        }
    }
}
