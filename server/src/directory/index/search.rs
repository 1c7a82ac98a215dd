//! A whole query against one segment.

use std::cell::OnceCell;

use super::{
    docs::Bits,
    eval::{self, PartEval},
    segment::{Segment, Shared},
    top::Top,
};
use crate::directory::{
    query::{Effort, Plan, Query},
    rank::{Fit, SHARED_WORD, Score, looseness},
};

pub(super) struct Search<'a> {
    segment: &'a Segment,
    removed: &'a Bits,
    /// Values of the department that are wanted; all if absent.
    departments: Option<Vec<u32>>,
    query: &'a Query,
    effort: Effort,
    /// By part of the query; most plans fail at their first part and never ask for the others.
    evals: Vec<OnceCell<PartEval>>,
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
            effort,
            evals: query.parts.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    fn eval(&self, part: usize) -> &PartEval {
        self.evals[part].get_or_init(|| PartEval::new(self.segment, &self.query.parts[part], self.effort))
    }

    /// The plans of which every part fits somebody.
    fn ready(&self) -> Vec<Ready<'a, '_>> {
        let ready = self.query.plans.iter().filter_map(|plan| {
            let mut parts = Vec::with_capacity(plan.parts.len());
            for &part in &plan.parts {
                parts.push(Some(self.eval(part)).filter(|eval| eval.size() > 0)?);
            }
            parts.sort_by_key(|eval| eval.size());
            parts.truncate(MAX_PARTS);
            Some(Ready { plan, parts })
        });
        ready.collect()
    }

    pub(super) fn run(&self, top: &mut Top) {
        let plans = self.ready();
        let mut budget = BUDGET;
        for plan in &plans {
            self.run_plan(&plans, plan, top, &mut budget);
        }
    }

    /// The rarest part leads, from its best tier on, until nobody can be better than what was found; the
    /// others are asked about each of its people.
    fn run_plan(&self, plans: &[Ready<'_, '_>], plan: &Ready<'_, '_>, top: &mut Top, budget: &mut usize) {
        let Some((lead, others)) = plan.parts.split_first() else { return };
        let others = others.iter().fold(plan.plan.penalty, |least, eval| least.and(eval.best().cost()));
        for (fit, sources) in lead.tiers(self.segment) {
            let least = others.and(fit.cost());
            if !top.admits(least, 0) {
                break;
            }
            if plan.plan.strict && fit.looseness() != looseness::EXACT {
                continue;
            }
            for doc in eval::united(&sources, self.segment.len()).iter() {
                if !top.admits(least, doc) {
                    break;
                }
                if *budget == 0 {
                    return;
                }
                *budget -= 1;
                if plan.parts.len() == 1 || self.plan_score(plan, doc, Some(top)).is_some() {
                    self.offer(plans, doc, top);
                }
            }
        }
    }

    fn offer(&self, plans: &[Ready<'_, '_>], doc: u32, top: &mut Top) {
        let wanted = self.departments.as_ref().is_none_or(|departments| {
            self.segment.column(Shared::Department).value(doc).is_some_and(|value| departments.contains(&value))
        });
        if wanted && !self.removed.contains(doc) {
            let score = plans.iter().filter_map(|plan| self.plan_score(plan, doc, None)).min();
            if let Some(score) = score {
                top.push(if self.segment.left.contains(doc) { score.of_one_who_left() } else { score }, doc);
            }
        }
    }

    /// The plan by which somebody fits best.
    pub(super) fn best_plan(&self, doc: u32) -> Option<&'a Plan> {
        let plans = self.ready();
        let scored = plans.iter().filter_map(|plan| self.plan_score(plan, doc, None).map(|score| (score, plan)));
        scored.min_by_key(|&(score, _)| score).map(|(_, best)| best.plan)
    }

    /// The score by one plan, if everything fits and `top` can still take it.
    fn plan_score(&self, Ready { plan, parts }: &Ready<'_, '_>, doc: u32, top: Option<&Top>) -> Option<Score> {
        let mut fits: [([Fit; 3], Fit); MAX_PARTS] = [([Fit::NONE; 3], Fit::NONE); MAX_PARTS];
        let (mut least, mut taken) = (plan.penalty, [0_u8; 3]);
        for (part, slot) in parts.iter().zip(&mut fits) {
            let (mut names, mut rest) = part.fits(self.segment, doc);
            if plan.strict {
                let exact =
                    |fit: Fit| if fit.is_some() && fit.looseness() == looseness::EXACT { fit } else { Fit::NONE };
                names = names.map(exact);
                rest = exact(rest);
            }
            let (best, at) = names.into_iter().chain([rest]).zip(0..).min()?;
            if !best.is_some() {
                return None;
            }
            least = least.and(best.cost());
            if top.is_some_and(|top| !top.admits(least, doc)) {
                return None;
            }
            if at < 3 {
                taken[at] += 1;
            }
            *slot = (names, rest);
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
        Some(plan.penalty.and(spread(&fits[..parts.len()], room)))
    }
}

/// A plan and how its parts fit, the rarest first.
struct Ready<'q, 's> {
    plan: &'q Plan,
    parts: Vec<&'s PartEval>,
}

/// So many people are looked at for one page: far more than a query that means somebody needs.
const BUDGET: usize = 150_000;

/// More parts say nothing more about a person.
const MAX_PARTS: usize = 16;

/// The least score where each word of a name serves one part; a part without a word of its own pays for
/// sharing. `room` is how many words each name has.
fn spread(fits: &[([Fit; 3], Fit)], room: [u8; 3]) -> Score {
    const STATES: usize = 64;
    let used = |state: usize, name: usize| state >> (2 * name) & 3;
    let mut best = [Score::NONE; STATES];
    best[0] = Score::BEST;
    for (names, rest) in fits {
        let mut next = [Score::NONE; STATES];
        for (state, &score) in best.iter().enumerate().filter(|(_, score)| **score != Score::NONE) {
            let mut take = |state: usize, cost: Score| next[state] = next[state].min(score.and(cost));
            if rest.is_some() {
                take(state, rest.cost());
            }
            for (name, fit) in names.iter().enumerate().filter(|(_, fit)| fit.is_some()) {
                if used(state, name) < usize::from(room[name].min(3)) {
                    take(state + (1 << (2 * name)), fit.cost());
                } else {
                    take(state, fit.cost().and(SHARED_WORD));
                }
            }
        }
        best = next;
    }
    best.into_iter().min().unwrap_or(Score::NONE)
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
            exact.cost().and(later.cost())
        );
        let shared = [([exact, Fit::NONE, Fit::NONE], Fit::NONE), ([begun, Fit::NONE, Fit::NONE], Fit::NONE)];
        assert_eq!(spread(&shared, [1, 1, 1]), exact.cost().and(begun.cost()).and(SHARED_WORD));
        assert_eq!(spread(&shared, [2, 1, 1]), exact.cost().and(begun.cost()));
    }
}
