//! What a check makes of a monitor: [`step`] takes what was judged before and what is seen now.
//!
//! * **Down** after [`Rules::bad_to_go_down`] bad checks in a row, whatever it was before.
//! * **Up** again after [`Rules::good_to_come_back`] good ones in a row; from `unknown` after the first, since
//!   there is nothing to recover from.
//! * **Degraded** after as many slow ones in a row as it takes to go down; slow is good as far as up and down
//!   are concerned. It ends after as many fast ones in a row as it takes to come back.
//! * **Unknown** as soon as a check could not be judged: a green that nobody looked at would be stale. What was
//!   down stays down. Nothing is counted, so that rows of good and bad go on where they were.
//! * **Paused** stays: the answer to a check that was under way when somebody paused it changes nothing.

mod flapping;

use std::time::Duration;

use app::model::{monitor::Reason, server::State};
use time::OffsetDateTime;

/// Rows are counted up to here: the database keeps them as `smallint`.
const MOST: u16 = i16::MAX as u16;

/// What became of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is as it should be.
    Good {
        /// How long it took.
        latency: Duration,
    },
    /// It is not.
    Bad(Reason),
    /// It says nothing about the server: our own line is down, or no ping socket opens.
    Unjudged(Reason),
}

/// An outcome and when its check was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub outcome: Outcome,
}

/// How many checks it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// So many bad ones in a row are down.
    pub bad_to_go_down: u8,
    /// So many good ones in a row are up again.
    pub good_to_come_back: u8,
    /// Longer than this is slow.
    pub slow: Option<Duration>,
}

/// What is known of a monitor.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What it is.
    pub state: State,
    /// Since when.
    pub since: OffsetDateTime,
    /// Good checks in a row; while degraded, fast ones in a row.
    pub good: u16,
    /// Bad checks in a row.
    pub bad: u16,
    /// Slow checks in a row.
    pub slow: u16,
    /// The latest 21 results, the newest in the lowest bit, 1 is bad.
    pub recent: u32,
    /// How many of them there are.
    pub recent_count: u8,
    /// It changes so often that single changes say little.
    pub flapping: bool,
    /// Why it is not up, in the words of the latest check that says so; nothing when it is up.
    pub reason: Option<Reason>,
}

/// What people are told of. `from` and `to` are equal when only the flapping began or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Before.
    pub from: State,
    /// After.
    pub to: State,
    /// Which rule says so; while it is flapping, that it is.
    pub reason: Reason,
}

impl Judged {
    /// Nobody has looked yet: new, changed or no longer paused.
    #[must_use]
    pub fn new(since: OffsetDateTime) -> Self {
        Self::unseen(State::Unknown, since, "not_checked_yet")
    }

    /// Nobody looks.
    #[must_use]
    pub fn paused(since: OffsetDateTime) -> Self {
        Self::unseen(State::Paused, since, "paused")
    }

    fn unseen(state: State, since: OffsetDateTime, code: &str) -> Self {
        Self {
            state,
            since,
            good: 0,
            bad: 0,
            slow: 0,
            recent: 0,
            recent_count: 0,
            flapping: false,
            reason: Some(Reason::new(code)),
        }
    }
}

impl Rules {
    fn bad(&self) -> u16 {
        u16::from(self.bad_to_go_down).max(1)
    }

    fn good(&self) -> u16 {
        u16::from(self.good_to_come_back).max(1)
    }
}

/// What it is after this check, and what changed by it.
#[must_use]
pub fn step(before: &Judged, seen: &Seen, rules: &Rules) -> (Judged, Option<Change>) {
    if before.state == State::Paused {
        return (before.clone(), None);
    }
    let mut after = before.clone();
    let decided = match &seen.outcome {
        Outcome::Unjudged(reason) => unjudged(&mut after, reason),
        Outcome::Good { latency } => {
            let decided = good(&mut after, *latency, rules);
            flapping::overlay(before.flapping, &mut after, decided)
        }
        Outcome::Bad(reason) => {
            let decided = bad(&mut after, reason, rules);
            flapping::overlay(before.flapping, &mut after, decided)
        }
    };
    if after.state != before.state {
        after.since = seen.at;
    }
    let change = decided.map(|reason| Change { from: before.state, to: after.state, reason });
    (after, change)
}

/// Whether the next check comes after the retry interval: a row has begun that may end in another state, or
/// nobody knows anything yet.
#[must_use]
pub fn in_doubt(judged: &Judged, rules: &Rules) -> bool {
    match judged.state {
        State::Paused => false,
        State::Unknown | State::Maintenance => true,
        State::Down => (1..rules.good()).contains(&judged.good),
        State::Up | State::Degraded => (1..rules.bad()).contains(&judged.bad),
    }
}

fn unjudged(after: &mut Judged, reason: &Reason) -> Option<Reason> {
    if after.state == State::Down {
        return None;
    }
    after.reason = Some(reason.clone());
    let known = after.state != State::Unknown;
    after.state = State::Unknown;
    known.then(|| reason.clone())
}

fn good(after: &mut Judged, latency: Duration, rules: &Rules) -> Option<Reason> {
    let first = after.recent_count == 0;
    flapping::remember(after, 0);
    let too_long = rules.slow.filter(|limit| latency > *limit);
    after.bad = 0;
    after.slow = if too_long.is_some() { next(after.slow) } else { 0 };
    after.good = if too_long.is_some() && after.state == State::Degraded { 0 } else { next(after.good) };

    let is_slow = too_long.filter(|_| after.slow >= rules.bad());
    let slow = is_slow.map(|limit| Reason::new("slow").got(latency.as_millis()).wanted(limit.as_millis()));
    let in_a_row = |count: u16| Some(Reason::new("good_in_a_row").got(count));
    let decided = match (after.state, &slow) {
        (State::Down, _) if after.good < rules.good() => return None,
        (State::Down, _) => in_a_row(after.good),
        (State::Up, None) => None,
        (State::Degraded, None) if after.good < rules.good() => return None,
        (State::Degraded, None) => Some(Reason::new("fast_again")),
        (State::Degraded, Some(_)) => None,
        (_, Some(slow)) => Some(slow.clone()),
        (_, None) if first => Some(Reason::new("first_check")),
        (_, None) => in_a_row(1),
    };
    if slow.is_none() {
        after.state = State::Up;
    } else if after.state != State::Degraded {
        after.state = State::Degraded;
        after.good = 0;
    }
    after.reason = slow;
    decided
}

fn bad(after: &mut Judged, reason: &Reason, rules: &Rules) -> Option<Reason> {
    flapping::remember(after, 1);
    after.bad = next(after.bad);
    after.good = 0;
    after.slow = 0;
    let falls = after.state != State::Down && after.bad >= rules.bad();
    if falls {
        after.state = State::Down;
    }
    if !matches!(after.state, State::Up | State::Degraded) {
        after.reason = Some(reason.clone());
    }
    falls.then(|| Reason::new("bad_in_a_row").got(after.bad))
}

fn next(count: u16) -> u16 {
    count.saturating_add(1).min(MOST)
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
