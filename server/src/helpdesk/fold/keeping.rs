//! Who has a ticket: it is locked, and he is its owner. OTRS writes the two as two entries, in either order.

use time::OffsetDateTime;

use super::{Entry, NOBODY, TOGETHER_S, value};

/// Who has it now and who had it.
#[derive(Debug)]
pub(super) struct Keeping {
    owner: i64,
    /// Who made him the owner, and when.
    made: Option<(i64, OffsetDateTime)>,
    locked: bool,
    keeper: Option<i64>,
    had: Vec<i64>,
}

/// Somebody has it who did not have it before.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Had {
    pub(super) agent: i64,
    pub(super) by_himself: bool,
    pub(super) for_the_first_time: bool,
}

impl Default for Keeping {
    fn default() -> Self {
        Self { owner: NOBODY, made: None, locked: false, keeper: None, had: Vec::new() }
    }
}

impl Keeping {
    /// The ticket is closed: whoever has it then has it anew.
    pub(super) fn end(&mut self) {
        self.keeper = None;
    }

    /// An entry of a ticket that is over: remembered, but nobody has it by that.
    pub(super) fn pass(&mut self, entry: &Entry) {
        if self.look(entry).is_some_and(|had| had.for_the_first_time) {
            self.had.pop();
        }
        self.keeper = None;
    }

    /// Looks at the next entry.
    pub(super) fn look(&mut self, entry: &Entry) -> Option<Had> {
        match entry.kind.as_str() {
            "NewTicket" => self.owner = entry.owner,
            "OwnerUpdate" => {
                // What is reset is said without values, and the entry still names the old one.
                self.owner = value(&entry.name, 1).map_or(NOBODY, |id| id.parse().unwrap_or(entry.owner));
                self.made = Some((entry.by, entry.at));
                if self.locked {
                    return self.now(entry);
                }
            }
            "Lock" => {
                self.locked = true;
                // Locked by another, it is its owner's only if he was made that in the same request; else the owner is named next.
                let named =
                    self.made.is_some_and(|(by, at)| by == entry.by && (entry.at - at).whole_seconds() <= TOGETHER_S);
                if self.owner == entry.by || named {
                    return self.now(entry);
                }
            }
            "Unlock" => {
                self.locked = false;
                // A move takes the lock off in the name of OTRS itself, and so does time; by hand it is a release.
                if entry.by != NOBODY {
                    self.keeper = None;
                }
            }
            _ => {}
        }
        None
    }

    fn now(&mut self, entry: &Entry) -> Option<Had> {
        if self.owner == NOBODY || self.keeper == Some(self.owner) {
            return None;
        }
        let agent = self.owner;
        self.keeper = Some(agent);
        let for_the_first_time = !self.had.contains(&agent);
        if for_the_first_time {
            self.had.push(agent);
        }
        let by_himself = entry.by == agent;
        (by_himself || for_the_first_time).then_some(Had { agent, by_himself, for_the_first_time })
    }
}
