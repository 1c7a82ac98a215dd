//! One ticket's history, folded into the events that statistics count.
//!
//! The rules are those of recorded histories (322, 323) and of what OTRS does by itself there: closing, unlocking and moving
//! reset the owner, and whoever sends a change names the owner again in it, so that neither is a deed of its own. The first
//! values of an entry's name stand behind `%%`; what was reset is said in words without them. A change of this [`VERSION`]
//! makes all events anew.

mod keeping;

use std::collections::HashMap;

use time::OffsetDateTime;

use keeping::Keeping;

/// Counts the rules that there were.
pub const VERSION: u32 = 1;
/// `root@localhost`: customers, mails and OTRS itself.
pub const NOBODY: i64 = 1;
/// Within this time entries of one agent belong to one request, in seconds.
const TOGETHER_S: i64 = 5;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The ticket was made.
    Arrived,
    /// Somebody has it for the first time: taken, or given by another.
    Received,
    /// Somebody made it his own.
    Taken,
    /// An article by an agent that the customer sees, but for the one the ticket begins with.
    Answered,
    /// It came into a state that means closed. From one such state to another is no close, nor is a merge.
    Closed,
    /// The same with the state that stands for "rejected".
    Rejected,
    /// From a closed state to one in which there is something to do. Counts for whoever had closed it.
    Reopened,
}

impl Kind {
    /// Its name in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Received => "received",
            Self::Taken => "taken",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::Reopened => "reopened",
        }
    }
}

/// An event of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The entry that says it.
    pub place: i32,
    /// What happened.
    pub kind: Kind,
    /// When.
    pub at: OffsetDateTime,
    /// Whose deed it is.
    pub who: Who,
    /// In which queue.
    pub queue: i64,
    /// Seconds since arrival: with the first answer, and with the last close unless it was reopened.
    pub after_s: Option<i64>,
}

/// Whose deed something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The agent; nothing for [`NOBODY`].
    pub agent: Option<i64>,
    /// The account the service agent did it for.
    pub account: Option<i64>,
}

/// An entry of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the columns of otrs.history")]
pub struct Entry {
    pub place: i32,
    pub at: OffsetDateTime,
    pub by: i64,
    pub kind: String,
    pub name: String,
    pub article: Option<i64>,
    pub queue: i64,
    pub state: i64,
    pub owner: i64,
    /// For whom this was written, if the mark of an action stands in it.
    pub account: Option<i64>,
}

/// What must be known of states: their meanings, and which one stands for "rejected".
#[derive(Clone, Debug, Default)]
pub struct States {
    kinds: HashMap<i64, (String, String)>,
    reject: String,
}

impl States {
    /// Those that tickets named, as number, name and type, and the name of the one that stands for "rejected".
    #[must_use]
    pub fn new(known: impl IntoIterator<Item = (i64, String, String)>, reject: &str) -> Self {
        let kinds = known.into_iter().map(|(id, name, kind)| (id, (name.to_lowercase(), kind))).collect();
        Self { kinds, reject: reject.to_lowercase() }
    }

    /// What a state means; one that no ticket is in any more is told by its name as OTRS comes with it.
    fn meaning(&self, id: i64, name: &str) -> Meaning {
        let name = name.to_lowercase();
        let (name, kind) = match self.kinds.get(&id) {
            Some((name, kind)) => (name.as_str(), kind.as_str()),
            None => (name.as_str(), name.split(' ').next().unwrap_or_default()),
        };
        match kind {
            "closed" if name == self.reject => Meaning::Rejected,
            "closed" => Meaning::Closed,
            "merged" | "removed" => Meaning::Gone,
            _ => Meaning::Live,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Live,
    Closed,
    Rejected,
    Gone,
}

impl Meaning {
    const fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Rejected)
    }
}

/// Folds a history, oldest entry first. `answers` are the articles by agents that the customer sees.
#[must_use]
pub fn fold(entries: &[Entry], answers: &[i64], states: &States) -> Vec<Event> {
    let Some(first) = entries.iter().find(|entry| entry.kind == "NewTicket") else { return Vec::new() };
    let mut folding = Folding {
        events: Vec::new(),
        arrived: first.at,
        closed_by: None,
        meaning: Meaning::Live,
        keeping: Keeping::default(),
        answered: Vec::new(),
    };
    folding.tell(first, Kind::Arrived, who(entries, 0));
    let begins_with = entries.iter().find(|entry| entry.kind == "NewTicket" && entry.article.is_some());
    folding.answered.extend(begins_with.and_then(|entry| entry.article));
    let begun = value(&first.name, 3).unwrap_or_default();
    folding.turn(first, states.meaning(first.state, begun), who(entries, 0));
    for (index, entry) in entries.iter().enumerate() {
        let who = who(entries, index);
        if entry.kind == "StateUpdate" {
            let name = value(&entry.name, 1).unwrap_or_default();
            folding.turn(entry, states.meaning(entry.state, name), who);
        }
        if folding.meaning == Meaning::Live
            && let Some(had) = folding.keeping.look(entry)
        {
            folding.had(entry, &had, who);
        } else if folding.meaning != Meaning::Live {
            folding.keeping.pass(entry);
        }
        if let Some(article) = entry.article.filter(|article| answers.contains(article) && entry.by != NOBODY) {
            folding.answer(entry, article, who);
        }
    }
    folding.events
}

struct Folding {
    events: Vec<Event>,
    arrived: OffsetDateTime,
    closed_by: Option<(usize, Who)>,
    meaning: Meaning,
    keeping: Keeping,
    answered: Vec<i64>,
}

impl Folding {
    fn tell(&mut self, entry: &Entry, kind: Kind, who: Who) {
        let Entry { place, at, queue, .. } = *entry;
        self.events.push(Event { place, kind, at, who, queue, after_s: None });
    }

    /// The ticket is in another state, or in its first one.
    fn turn(&mut self, entry: &Entry, next: Meaning, who: Who) {
        let before = std::mem::replace(&mut self.meaning, next);
        if next.is_closed() && !before.is_closed() {
            // Only the last close of all ends the waiting.
            self.untime();
            let kind = if next == Meaning::Rejected { Kind::Rejected } else { Kind::Closed };
            self.tell(entry, kind, who);
            self.time();
            self.closed_by = Some((self.events.len() - 1, who));
            self.keeping.end();
        } else if before.is_closed() && next == Meaning::Live {
            self.untime();
            let whose = self.closed_by.map_or(Who::default(), |(_, who)| who);
            self.tell(entry, Kind::Reopened, whose);
        }
    }

    fn had(&mut self, entry: &Entry, had: &keeping::Had, by: Who) {
        let keeper = Who { agent: Some(had.agent), account: by.account.filter(|_| had.by_himself) };
        if had.for_the_first_time {
            self.tell(entry, Kind::Received, keeper);
        }
        if had.by_himself {
            self.tell(entry, Kind::Taken, keeper);
        }
    }

    fn answer(&mut self, entry: &Entry, article: i64, who: Who) {
        if self.answered.contains(&article) {
            return;
        }
        self.answered.push(article);
        let is_first = self.events.iter().all(|event| event.kind != Kind::Answered);
        self.tell(entry, Kind::Answered, who);
        if is_first {
            self.time();
        }
    }

    fn time(&mut self) {
        if let Some(event) = self.events.last_mut() {
            event.after_s = Some((event.at - self.arrived).whole_seconds().max(0));
        }
    }

    fn untime(&mut self) {
        if let Some(event) = self.closed_by.and_then(|(at, _)| self.events.get_mut(at)) {
            event.after_s = None;
        }
    }
}

/// Whose deed an entry is. The mark of an action stands beside its article; what the same agent changed in the same request
/// comes shortly before it.
fn who(entries: &[Entry], index: usize) -> Who {
    let Some(entry) = entries.get(index) else { return Who::default() };
    if entry.by == NOBODY {
        return Who::default();
    }
    let same = entries[index..].iter().filter(|later| later.by == entry.by);
    // An article ends a request: what comes behind it is of another one.
    let article = same
        .take_while(|later| (later.at - entry.at).whole_seconds() <= TOGETHER_S)
        .find(|later| later.article.is_some());
    Who { agent: Some(entry.by), account: article.and_then(|entry| entry.account) }
}

/// The agent that an entry names with his login, whoever he is to the ticket.
#[must_use]
pub fn named(entry: &Entry) -> Option<(i64, &str)> {
    let names = matches!(entry.kind.as_str(), "OwnerUpdate" | "ResponsibleUpdate");
    let login = value(&entry.name, 0).filter(|login| names && !login.is_empty())?;
    Some((value(&entry.name, 1)?.parse().ok()?, login))
}

/// A value of the name of an entry, the first one is 0.
fn value(name: &str, at: usize) -> Option<&str> {
    name.strip_prefix("%%")?.split("%%").nth(at)
}

#[cfg(test)]
mod tests;
