//! A whole query against one segment.

use super::{
    docs::{Bits, Docs},
    eval::{PartEval, Source},
    segment::{Segment, Shared},
    top::Top,
};
use crate::directory::{
    query::{Effort, Plan, Query},
    rank::{Fit, LEFT, SHARED_WORD, looseness},
};

pub(super) struct Search<'a> {
    segment: &'a Segment,
    removed: &'a Bits,
    /// Values of the department that are wanted; all if absent.
    departments: Option<Vec<u32>>,
    query: &'a Query,
    evals: Vec<PartEval>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        segment: &'a Segment,
        removed: &'a Bits,
        department: Option<&str>,
        query: &'a Query,
        effort: Effort,
    ) -> Self {
        Self {
            segment,
            removed,
            departments: department.map(|folded| segment.column(Shared::Department).values_folded(folded)),
            query,
            evals: query.parts.iter().map(|part| PartEval::new(segment, part, effort)).collect(),
        }
    }

    pub(super) fn run(&self, top: &mut Top) {
        for plan in &self.query.plans {
            // The rarest part leads, the others are asked about each of its people.
            let Some(&rarest) = plan.parts.iter().min_by_key(|&&part| self.evals[part].size()) else { continue };
            match plan.parts.len() {
                _ if self.evals[rarest].size() == 0 => {}
                1 => self.run_tiers(plan, rarest, top),
                _ => self.run_all(plan, rarest, top),
            }
        }
    }

    /// A single part: its tiers from the best on, until the page is full.
    fn run_tiers(&self, plan: &Plan, part: usize, top: &mut Top) {
        for (fit, sources) in self.evals[part].tiers(self.segment) {
            if !top.admits(fit.cost(), 0) {
                break;
            }
            if plan.strict && fit.looseness() > looseness::INITIAL {
                continue;
            }
            let size = sources.iter().map(Source::len).sum();
            let docs = sources.into_iter().flat_map(Source::iter);
            let docs = Docs::collect(docs, size, self.segment.len());
            for doc in docs.iter() {
                if !top.admits(fit.cost(), doc) {
                    break;
                }
                self.offer(doc, top);
            }
        }
    }

    fn run_all(&self, plan: &Plan, rarest: usize, top: &mut Top) {
        for doc in self.evals[rarest].docs(self.segment).iter() {
            if self.plan_score(plan, doc, Some(top)).is_some() {
                self.offer(doc, top);
            }
        }
    }

    fn offer(&self, doc: u32, top: &mut Top) {
        let wanted = self.departments.as_ref().is_none_or(|departments| {
            self.segment.column(Shared::Department).value(doc).is_some_and(|value| departments.contains(&value))
        });
        if wanted
            && !self.removed.contains(doc)
            && let Some(score) = self.score(doc).map(|(score, _)| score)
        {
            top.push(score, doc);
        }
    }

    /// The best score of a person and the plan that gives it.
    pub(super) fn score(&self, doc: u32) -> Option<(u32, &'a Plan)> {
        let left = if self.segment.left.contains(doc) { LEFT } else { 0 };
        self.query
            .plans
            .iter()
            .filter(|plan| plan.parts.iter().all(|&part| self.evals[part].size() > 0))
            .filter_map(|plan| self.plan_score(plan, doc, None).map(|score| (score + left, plan)))
            .min_by_key(|&(score, _)| score)
    }

    /// The score by one plan, if everything fits and `top` can still take it.
    fn plan_score(&self, plan: &Plan, doc: u32, top: Option<&Top>) -> Option<u32> {
        let mut fits: [([Fit; 3], Fit); MAX_PARTS] = [([Fit::NONE; 3], Fit::NONE); MAX_PARTS];
        let parts = &plan.parts[..plan.parts.len().min(MAX_PARTS)];
        let (mut least, mut taken) = (0, [0_u8; 3]);
        for (&part, slot) in parts.iter().zip(&mut fits) {
            let (mut names, mut rest) = self.evals[part].fits(self.segment, doc);
            if plan.strict {
                let exact =
                    |fit: Fit| if fit.is_some() && fit.looseness() <= looseness::INITIAL { fit } else { Fit::NONE };
                names = names.map(exact);
                rest = exact(rest);
            }
            let (best, at) = names.into_iter().chain([rest]).zip(0..).min()?;
            if !best.is_some() {
                return None;
            }
            least += best.cost();
            if at < 3 {
                taken[at] += 1;
            }
            *slot = (names, rest);
        }
        if top.is_some_and(|top| !top.admits(least, doc)) {
            return None;
        }
        if taken.iter().all(|&taken| taken <= 1) {
            return Some(least);
        }
        let room = [Shared::Surname, Shared::Name, Shared::Patronymic].map(|shared| {
            let column = self.segment.column(shared);
            column.value(doc).map_or(0, |value| column.word_count(value))
        });
        if taken.iter().zip(room).all(|(&taken, room)| taken <= room) {
            return Some(least);
        }
        Some(spread(&fits[..parts.len()], room))
    }
}

/// More parts say nothing more about a person.
const MAX_PARTS: usize = 16;

/// The least score where each word of a name serves one part; a part without a word of its own pays for
/// sharing. `room` is how many words each name has.
fn spread(fits: &[([Fit; 3], Fit)], room: [u8; 3]) -> u32 {
    const STATES: usize = 64;
    let used = |state: usize, name: usize| state >> (2 * name) & 3;
    let mut best = [u32::MAX; STATES];
    best[0] = 0;
    for (names, rest) in fits {
        let mut next = [u32::MAX; STATES];
        for (state, &score) in best.iter().enumerate().filter(|(_, score)| **score != u32::MAX) {
            let mut take = |state: usize, cost: u32| next[state] = next[state].min(score + cost);
            if rest.is_some() {
                take(state, rest.cost());
            }
            for (name, fit) in names.iter().enumerate().filter(|(_, fit)| fit.is_some()) {
                if used(state, name) < usize::from(room[name].min(3)) {
                    take(state + (1 << (2 * name)), fit.cost());
                } else {
                    take(state, fit.cost() + SHARED_WORD);
                }
            }
        }
        best = next;
    }
    best.into_iter().min().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::spread;
    use crate::directory::rank::{Fit, SHARED_WORD};

    #[test]
    fn each_word_of_a_name_serves_one_part() {
        let (exact, begun) = (Fit::new(0, 0, 0), Fit::new(0, 4, 0));
        let later = Fit::new(0, 4, 2);
        // иванов ив: the second part fits the surname too, but the first name is free.
        assert_eq!(
            spread(&[([exact, Fit::NONE, Fit::NONE], Fit::NONE), ([begun, later, Fit::NONE], Fit::NONE)], [1, 1, 1]),
            exact.cost() + later.cost()
        );
        let shared = [([exact, Fit::NONE, Fit::NONE], Fit::NONE), ([begun, Fit::NONE, Fit::NONE], Fit::NONE)];
        assert_eq!(spread(&shared, [1, 1, 1]), exact.cost() + begun.cost() + SHARED_WORD);
        assert_eq!(spread(&shared, [2, 1, 1]), exact.cost() + begun.cost());
    }
}
