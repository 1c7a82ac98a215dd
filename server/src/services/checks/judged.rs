//! Between what is stored of a monitor and what the decisions take.

use std::time::Duration;

use app::model::{
    monitor::Kind,
    server::State,
    spark::{self, LENGTH},
};
use sqlx::types::Json;
use time::OffsetDateTime;

use super::{Finding, state};
use crate::{
    monitor::state::{Judged, Outcome, Rules, Seen, in_doubt},
    store::checks::{NewCheck, StateRow},
};

/// What is known of a monitor.
pub(super) fn of(row: &StateRow) -> Judged {
    Judged {
        state: state(&row.state),
        since: row.since,
        good: row.good.unsigned_abs(),
        bad: row.bad.unsigned_abs(),
        slow: row.slow.unsigned_abs(),
        recent: row.recent.unsigned_abs(),
        recent_count: u8::try_from(row.recent_count).unwrap_or_default(),
        flapping: row.flapping,
        reason: row.reason.as_ref().map(|reason| reason.0.clone()),
    }
}

/// How a monitor is judged.
pub(super) fn rules(row: &StateRow) -> Rules {
    let settings = &row.settings.0;
    Rules {
        bad_to_go_down: settings.bad_to_go_down,
        good_to_come_back: settings.good_to_come_back,
        slow: settings.slow_ms.map(|ms| Duration::from_millis(ms.into())),
    }
}

/// What the decisions take of a finding.
pub(super) fn seen(finding: &Finding, outcome: &Outcome) -> Seen {
    Seen { at: finding.due, outcome: outcome.clone() }
}

/// The check as it is written.
pub(super) fn check(finding: &Finding, outcome: &Outcome, row: &StateRow) -> NewCheck {
    let settings = &row.settings.0;
    let (state, latency, reason) = match outcome {
        Outcome::Good { latency } => {
            let slow = settings.slow_ms.is_some_and(|limit| latency.as_millis() > u128::from(limit));
            (i16::from(slow), Some(*latency), None)
        }
        Outcome::Bad(reason) => (2, None, Some(reason.clone())),
        Outcome::Unjudged(reason) => (3, None, Some(reason.clone())),
    };
    let retry = i32::try_from(settings.retry_interval_s).unwrap_or(i32::MAX);
    let covers_s = if in_doubt(&of(row), &rules(row)) { row.interval_s.min(retry) } else { row.interval_s };
    NewCheck {
        monitor: finding.monitor,
        at: microseconds(finding.due),
        state,
        latency_us: latency.map(|latency| i32::try_from(latency.as_micros()).unwrap_or(i32::MAX)),
        covers_s,
        reason,
    }
}

/// Writes back what was decided and what was seen.
pub(super) fn write(row: &mut StateRow, after: Judged, finding: &Finding, outcome: &Outcome) {
    let small = |number: u16| i16::try_from(number).unwrap_or(i16::MAX);
    after.state.as_str().clone_into(&mut row.state);
    row.since = after.since;
    row.good = small(after.good);
    row.bad = small(after.bad);
    row.slow = small(after.slow);
    row.recent = after.recent.cast_signed();
    row.recent_count = after.recent_count.into();
    row.flapping = after.flapping;
    row.reason = after.reason.map(Json);
    let byte = match outcome {
        Outcome::Good { latency } => {
            let ms = u32::try_from(latency.as_millis()).unwrap_or(u32::MAX);
            row.latency_ms = Some(i32::try_from(ms).unwrap_or(i32::MAX));
            spark::byte(ms)
        }
        Outcome::Bad(_) => spark::BAD,
        Outcome::Unjudged(_) => spark::NOTHING,
    };
    row.spark.push(byte);
    let surplus = row.spark.len().saturating_sub(LENGTH);
    row.spark.drain(..surplus);
    // Silence is no sign of life: what counts is when the job called last.
    if row.kind != Kind::Push.as_str() || finding.outcome.is_some() {
        row.last_check_at = row.last_check_at.max(Some(finding.due));
    }
    if let Some(figures) = finding.figures {
        row.figures = Some(Json(figures));
    }
    debug_assert!(State::from_name(&row.state).is_some());
}

/// As the database keeps it.
pub(super) fn microseconds(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_nanosecond(at.nanosecond() / 1_000 * 1_000).unwrap_or(at)
}
