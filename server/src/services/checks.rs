//! What checks make of their monitors: a batch is written, judged and told in one transaction.
//!
//! How a check is judged is decided in [`crate::monitor::state`], what becomes of incidents in [`super::incidents`].

mod judged;
pub mod plan;
pub mod push;

use std::collections::{BTreeMap, BTreeSet};

use app::model::{
    ids::{MonitorId, ServerId},
    monitor::{Figures, Kind, Reason},
    server::{Line, State},
};
use sqlx::{PgConnection, error::DatabaseError};
use time::OffsetDateTime;

use super::{
    Deps,
    incidents::Book,
    servers::{shown, state},
};
use crate::{
    monitor::state::{Outcome, in_doubt, step},
    store::{
        self,
        checks::{NewCheck, StateRow},
    },
};

/// What was seen of a monitor.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which.
    pub monitor: MonitorId,
    /// When it was due; for a sign of life when it came.
    pub due: OffsetDateTime,
    /// When the look ended, which may have waited for others at the same host.
    pub seen: OffsetDateTime,
    /// What was seen. Nothing means that a job should have called by now: whether it did is known only here.
    pub outcome: Option<Outcome>,
    /// What an agent said of its machine.
    pub figures: Option<Figures>,
}

/// What the runner has to know of a monitor after its check was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which.
    pub monitor: MonitorId,
    /// The retry interval applies.
    pub in_doubt: bool,
}

/// How well we look ourselves, said with each batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looking {
    /// Our own line.
    pub line: Line,
    /// No ping socket opens here.
    pub ping_not_permitted: bool,
}

/// Writes, judges and tells a batch. A finding that was written before counts no second time, nor one that comes when a
/// later one is judged already. `looking` comes from whoever looks at everything; a single call of a job says nothing about that.
///
/// # Errors
/// Those of the database; then nothing of the batch is written.
pub async fn record_all(
    deps: &Deps,
    findings: &[Finding],
    looking: Option<Looking>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Verdict>> {
    let mut tx = deps.db.begin().await?;
    let mut ids: Vec<i64> = findings.iter().map(|finding| finding.monitor.get()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut rows: BTreeMap<i64, StateRow> =
        store::checks::lock_states(&mut tx, &ids).await?.into_iter().map(|row| (row.monitor_id.get(), row)).collect();
    let mut due: Vec<(&Finding, Outcome)> = findings
        .iter()
        .filter_map(|finding| Some((finding, rows.get(&finding.monitor.get())?)))
        .filter(|(finding, row)| !is_outrun(finding, row, now))
        .filter_map(|(finding, row)| Some((finding, outcome_of(finding, row)?)))
        .collect();
    due.sort_by_key(|(finding, _)| (finding.monitor.get(), finding.due));
    let checks: Vec<NewCheck> = due
        .iter()
        .filter_map(|(finding, outcome)| Some(judged::check(finding, outcome, rows.get(&finding.monitor.get())?)))
        .collect();
    let fresh: BTreeSet<(i64, OffsetDateTime)> = store::checks::insert_all(&mut tx, &checks)
        .await?
        .into_iter()
        .map(|(monitor, at)| (monitor.get(), at))
        .collect();
    let mut changes = Vec::new();
    let mut touched = BTreeSet::new();
    for (finding, outcome) in &due {
        if !fresh.contains(&(finding.monitor.get(), judged::microseconds(finding.due))) {
            continue;
        }
        let Some(row) = rows.get_mut(&finding.monitor.get()) else { continue };
        let (after, change) = step(&judged::of(row), &judged::seen(finding, outcome), &judged::rules(row));
        judged::write(row, after, finding, outcome);
        touched.insert(row.monitor_id.get());
        changes.extend(change.map(|change| (row.monitor_id.get(), change, finding.due)));
    }
    let saved: Vec<StateRow> = touched.iter().filter_map(|id| rows.get(id).cloned()).collect();
    store::checks::save_states(&mut tx, &saved).await?;
    let mut servers = BTreeSet::new();
    let mut book = Book::open(deps, &mut tx, now);
    for (monitor, change, at) in &changes {
        let Some(row) = rows.get(monitor) else { continue };
        servers.insert(row.server_id);
        match (change.from, change.to) {
            // Only that it flaps is new.
            (from, to) if from == to => {}
            (_, State::Down) => book.went_down(row, &change.reason, *at).await?,
            (State::Down, State::Up | State::Degraded) => book.came_back(&[*monitor], *at).await?,
            _ => {}
        }
    }
    let mut told = Vec::new();
    for server in servers {
        let state = state_of_server(book.connection(), server.into()).await?;
        if store::servers::set_state(book.connection(), server.into(), state.as_str(), now).await? {
            told.push(server);
        }
    }
    let mut news = book.news().await?;
    let mut rest = shown::news_of(deps, &mut tx, &told, now).await?;
    rest.append(&mut news);
    if let Some(Looking { line, ping_not_permitted }) = looking {
        store::checks::looked(&mut tx, now, line_name(line), ping_not_permitted).await?;
    }
    store::live_log::append(&mut tx, &rest, now).await?;
    tx.commit().await?;
    Ok(rows
        .values()
        .map(|row| Verdict { monitor: row.monitor_id, in_doubt: in_doubt(&judged::of(row), &judged::rules(row)) })
        .collect())
}

/// Whether the database will never take what was to be written (class 22: data exception): trying again does not help.
#[must_use]
pub fn is_refused(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(DatabaseError::code).is_some_and(|code| code.starts_with("22"))
}

/// Whether another node looked later and was quicker to write: a row of checks is counted as it happened. Calls of jobs
/// are no row, and what is known from the future is the error of a clock.
fn is_outrun(finding: &Finding, row: &StateRow, now: OffsetDateTime) -> bool {
    let is_job = row.kind == Kind::Push.as_str();
    !is_job && row.last_check_at.is_some_and(|last| judged::microseconds(finding.due) < last && last <= now)
}

/// What a finding says; nothing when there is nothing to say.
fn outcome_of(finding: &Finding, row: &StateRow) -> Option<Outcome> {
    if let Some(outcome) = &finding.outcome {
        return Some(outcome.clone());
    }
    if row.kind != Kind::Push.as_str() {
        return None;
    }
    // Before the first call it is silent since it was entered, and calls during a pause do not count.
    let unknown = row.state == State::Unknown.as_str();
    let last = row.last_check_at.filter(|last| !unknown || *last > row.since).unwrap_or(row.since);
    let silent = finding.due - last;
    (silent.whole_seconds() > i64::from(row.interval_s))
        .then(|| Outcome::Bad(Reason::new("silent").got(silent.whole_seconds())))
}

/// The worst of a server's monitors.
///
/// # Errors
/// Those of the database.
pub(super) async fn state_of_server(db: &mut PgConnection, id: ServerId) -> sqlx::Result<State> {
    let paused = store::servers::by_id(db, id).await?.is_some_and(|row| row.paused);
    if paused {
        return Ok(State::Paused);
    }
    let states = store::monitors::states_of_server(db, id).await?;
    Ok(State::worst(states.iter().map(|name| state(name))))
}

const fn line_name(line: Line) -> &'static str {
    match line {
        Line::NotAsked => "not_asked",
        Line::Up => "up",
        Line::Down => "down",
    }
}
