//! What can be out of order with a ticket system.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// How the whole of it behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// Works.
    #[default]
    None,
    /// Its database is away: 500 to everything (446-450).
    DatabaseDown,
    /// A proxy in front of it answers 502 with a page of its own.
    BadGateway,
    /// Takes questions and says nothing.
    Silence,
}

/// What happens to a single question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// 500, and nothing was done.
    ServerError,
    /// It was done, and the connection breaks before the answer.
    AnswerLost,
    /// The connection breaks, and nothing was done.
    QuestionLost,
    /// A change stops after its first step.
    HalfUpdate,
}

/// Everything that is out of order now.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// The whole of it.
    pub outage: Outage,
    /// How long each answer takes longer, in milliseconds.
    pub delay_ms: u64,
    /// The next questions to an operation, first in first out.
    pub next: HashMap<String, Vec<Fault>>,
}

impl Faults {
    /// What becomes of a question to this operation. Half an update is the business of the update.
    pub(super) fn take(&mut self, operation: &str) -> Option<Fault> {
        self.take_if(operation, |fault| fault != Fault::HalfUpdate)
    }

    pub(super) fn take_half(&mut self) -> bool {
        self.take_if("TicketUpdate", |fault| fault == Fault::HalfUpdate).is_some()
    }

    fn take_if(&mut self, operation: &str, fits: impl Fn(Fault) -> bool) -> Option<Fault> {
        let faults = self.next.get_mut(operation)?;
        if fits(*faults.first()?) { Some(faults.remove(0)) } else { None }
    }
}
