//! Everybody who can be found, in memory.
//!
//! Immutable segments and the people removed from them since: an update adds a small segment, small
//! segments are merged as they come, large ones when the holder asks. Feeding it from the database and
//! locking are the holder's.

mod column;
mod cursor;
mod docs;
mod eval;
mod fields;
mod find;
mod fuzzy;
mod ips;
mod phones;
mod record;
mod search;
mod segment;
mod tokens;
mod top;
mod trace;
mod vocab;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use app::model::ids::EmployeeId;

pub use cursor::Cursor;
pub use record::{Line, Record};
pub(super) use trace::{Fitting, Spot, domain_words, fittings, words};

use super::{
    normalise,
    query::{Effort, Query},
    rank::Score,
};
use docs::Bits;
use search::Search;
use segment::Segment;
use top::{After, Top};

/// Everybody who can be found. Cheap to clone: a clone is a snapshot.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// From large to small.
    parts: Vec<Live>,
    /// Who was put in or taken out since it was built, for [`Index::adopt`].
    changes: Vec<EmployeeId>,
}

#[derive(Clone, Debug)]
struct Live {
    segment: Arc<Segment>,
    removed: Arc<Bits>,
    /// How many are left in it.
    count: u32,
}

/// People who fit a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
}

/// Somebody who fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Who.
    pub id: EmployeeId,
    /// Where the results after this one begin.
    pub cursor: Cursor,
}

/// Merged at once when an update is made; more would keep it waiting.
const MAX_MERGED_INLINE: u32 = 512;
/// A segment is merged with the one before it unless that is so many times larger.
const GROWTH: u32 = 6;
/// From here on searches would notice the number of segments.
const MANY: usize = 8;

impl Index {
    /// Everybody at once.
    pub fn build(records: impl Iterator<Item = Record>) -> Self {
        let mut index = Self::default();
        index.parts.extend(Live::new(records));
        index
    }

    /// How many people are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.count as usize).sum()
    }

    /// Whether nobody is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts somebody in, in place of what was known about him.
    pub fn upsert(&mut self, record: Record) {
        self.extend(std::iter::once(record));
    }

    /// Puts several people in, in place of what was known about them. Each comes once.
    pub fn extend(&mut self, records: impl Iterator<Item = Record>) {
        let added = Live::new(records.inspect(|record| self.remove(record.id)));
        self.parts.extend(added);
        while let [.., before, last] = self.parts.as_slice() {
            let together = before.count + last.count;
            if before.count > GROWTH * last.count || together > MAX_MERGED_INLINE {
                break;
            }
            let merged = Live::new(before.records().chain(last.records()));
            self.parts.truncate(self.parts.len() - 2);
            self.parts.extend(merged);
        }
        self.parts.retain(|part| part.count > 0);
    }

    /// Takes somebody out.
    pub fn remove(&mut self, id: EmployeeId) {
        self.changes.push(id);
        for part in &mut self.parts {
            if let Some(doc) = part.segment.place(id).filter(|&doc| !part.removed.contains(doc)) {
                Arc::make_mut(&mut part.removed).insert(doc);
                part.count -= 1;
            }
        }
    }

    /// Whether [`Index::compacted`] would make searching faster.
    #[must_use]
    pub fn is_fragmented(&self) -> bool {
        let removed: u32 = self.parts.iter().map(|part| part.segment.len() - part.count).sum();
        self.parts.len() > MANY || removed as usize > self.len() / 4 + 1000
    }

    /// The same people in one segment. Takes seconds for a million people: make it from a clone, without
    /// a lock, and let the index [`Index::adopt`] it.
    #[must_use]
    pub fn compacted(&self) -> Compacted {
        let parts = Live::new(self.parts.iter().flat_map(Live::records)).into_iter().collect();
        Compacted { index: Self { parts, changes: Vec::new() }, changes: self.changes.len() }
    }

    /// Goes on with what [`Index::compacted`] made of an earlier clone of this index, and the changes since.
    pub fn adopt(&mut self, compacted: Compacted) {
        let Compacted { mut index, changes } = compacted;
        for &id in &self.changes[changes.min(self.changes.len())..] {
            match self.get(id) {
                Some(record) => index.upsert(record),
                None => index.remove(id),
            }
        }
        index.changes.clear();
        *self = index;
    }

    /// What is known about somebody.
    #[must_use]
    pub fn get(&self, id: EmployeeId) -> Option<Record> {
        self.parts.iter().find_map(|part| {
            let doc = part.segment.place(id).filter(|&doc| !part.removed.contains(doc))?;
            Some(part.segment.record(doc))
        })
    }

    /// People who fit `text`, of this department if one is given, at most `limit` after `after`, best first.
    /// A query without letters and digits fits nobody.
    #[must_use]
    pub fn search(&self, text: &str, department: Option<&str>, limit: usize, after: Option<&Cursor>) -> Found {
        let fingerprint = cursor::fingerprint(text, department);
        let department = department.map(normalise::fold);
        let first = after.map_or(Effort::Direct, |after| after.effort);
        for effort in Effort::ALL.into_iter().filter(|&effort| effort >= first) {
            let query = Query::new(text, effort);
            let hits = self.page(&query, effort, department.as_deref(), limit, after);
            // Guesses follow where the direct readings leave room; errors are looked for only if nothing else fits.
            let enough =
                if effort == Effort::Direct { hits.len() >= limit } else { !hits.is_empty() || after.is_some() };
            if enough || query.plans.is_empty() || effort == Effort::TwoErrors {
                let hit =
                    |(score, names, id)| Hit { id, cursor: Cursor { query: fingerprint, effort, score, names, id } };
                return Found { hits: hits.into_iter().map(hit).collect() };
            }
        }
        Found::default()
    }

    fn page(
        &self,
        query: &Query,
        effort: Effort,
        department: Option<&str>,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Vec<(Score, [String; 3], EmployeeId)> {
        let mut all = Vec::new();
        if query.plans.is_empty() {
            return all;
        }
        for Live { segment, removed, .. } in &self.parts {
            let after =
                after.map(|after| After { score: after.score, place: segment.places_until(&after.names, after.id) });
            let mut top = Top::new(limit, after);
            Search::new(segment, removed, department, query, effort).run(&mut top);
            all.extend(top.into_best().map(|(score, doc)| (score, segment.name_key(doc), segment.ids[doc as usize])));
        }
        all.sort_unstable();
        all.truncate(limit);
        all
    }
}

/// What [`Index::compacted`] makes.
#[derive(Clone, Debug)]
pub struct Compacted {
    index: Index,
    /// How many changes of the original it has.
    changes: usize,
}

impl Live {
    fn new(records: impl Iterator<Item = Record>) -> Option<Self> {
        let segment = Segment::new(records);
        let count = segment.len();
        (count > 0).then(|| Self { removed: Arc::new(Bits::new(count)), segment: Arc::new(segment), count })
    }

    fn records(&self) -> impl Iterator<Item = Record> {
        (0..self.segment.len()).filter(|&doc| !self.removed.contains(doc)).map(|doc| self.segment.record(doc))
    }
}
