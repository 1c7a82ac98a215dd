//! The best of many, after those that were shown before.

use std::collections::BTreeSet;

use crate::directory::rank::Score;

/// Where a page begins: behind this score, and behind this many people of the segment within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct After {
    pub(super) score: Score,
    pub(super) place: u32,
}

/// The best people of a segment: by score, then by place.
#[derive(Debug)]
pub(super) struct Top {
    limit: usize,
    after: Option<After>,
    best: BTreeSet<(Score, u32)>,
}

impl Top {
    pub(super) fn new(limit: usize, after: Option<After>) -> Self {
        Self { limit, after, best: BTreeSet::new() }
    }

    /// Whether somebody with this score or a worse one at this place or later could still be among them.
    pub(super) fn admits(&self, score: Score, place: u32) -> bool {
        self.best.len() < self.limit || self.best.last().is_some_and(|&worst| (score, place) < worst)
    }

    /// `score` is the best one the person has.
    pub(super) fn push(&mut self, score: Score, place: u32) {
        let shown = self.after.is_some_and(|after| (score, place) < (after.score, after.place));
        if !shown && self.admits(score, place) && self.best.insert((score, place)) && self.best.len() > self.limit {
            self.best.pop_last();
        }
    }

    pub(super) fn into_best(self) -> impl Iterator<Item = (Score, u32)> {
        self.best.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{After, Score, Top};

    #[test]
    fn the_best_are_kept_in_order_and_once() {
        let mut top = Top::new(3, None);
        for (score, place) in [(5, 1), (1, 9), (5, 0), (1, 9), (0, 3), (7, 2)] {
            top.push(Score(score), place);
        }
        assert!(!top.admits(Score(5), 0) && top.admits(Score(4), 100));
        assert_eq!(top.into_best().collect::<Vec<_>>(), [(Score(0), 3), (Score(1), 9), (Score(5), 0)]);
    }

    #[test]
    fn a_page_begins_behind_the_one_before() {
        let mut top = Top::new(9, Some(After { score: Score(1), place: 5 }));
        for (score, place) in [(1, 4), (1, 5), (0, 7), (2, 0)] {
            top.push(Score(score), place);
        }
        assert_eq!(top.into_best().collect::<Vec<_>>(), [(Score(1), 5), (Score(2), 0)]);
    }
}
