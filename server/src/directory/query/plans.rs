//! All sensible ways to go through a query from left to right.

use std::collections::HashSet;

use app::model::employee::Guess;

use super::{Effort, Part, Plan, Query, initials, lexer::Lexed, marks, numbers, words};
use crate::directory::rank::{OMITTED_WORD, Score};

/// One way to read what begins at a place.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Where the rest of the query begins.
    pub(super) next: usize,
    pub(super) parts: Vec<Part>,
    pub(super) strict: bool,
    /// Spaces were put in or left out: done once in a query at most.
    pub(super) repaired: bool,
    /// What it is less likely by.
    pub(super) penalty: Score,
}

impl Choice {
    pub(super) const fn new(next: usize, parts: Vec<Part>) -> Self {
        Self { next, parts, strict: false, repaired: false, penalty: Score::BEST }
    }
}

/// Ordinary queries have less than ten; this bounds the others.
const MAX_PLANS: usize = 60;
/// With repaired spaces there are more, and nearly all end at their first word.
const MAX_REPAIRED: usize = 400;

/// Adds the readings of a query in one layout.
pub(super) fn add(query: &mut Query, chunks: &[(String, Option<Guess>)], effort: Effort) {
    let lexed = Lexed::new(chunks);
    let mut steps = Vec::with_capacity(lexed.lexemes.len());
    for at in 0..lexed.lexemes.len() {
        let choices = choices(&lexed, at, effort);
        steps.push(choices.into_iter().map(|choice| Step::new(choice, query)).collect());
    }
    let limit = if effort < Effort::OneError { MAX_PLANS } else { MAX_REPAIRED };
    let mut walk = Walk { steps: &steps, limit, plans: Vec::new() };
    walk.go(0, &Plan { parts: Vec::new(), strict: false, penalty: Score::BEST }, false);
    let mut known: HashSet<Plan> = query.plans.iter().cloned().collect();
    query.plans.extend(walk.plans.into_iter().filter(|plan| known.insert(plan.clone())));
}

fn choices(lexed: &Lexed, at: usize, effort: Effort) -> Vec<Choice> {
    let mut out = Vec::new();
    if lexed.lexemes[at].digits {
        numbers::choices(lexed, at, &mut out);
    } else {
        numbers::marked(lexed, at, &mut out);
        initials::choices(lexed, at, &mut out);
    }
    words::choices(lexed, at, &mut out);
    if effort >= Effort::Guess && omissible(lexed, at) {
        out.push(Choice { penalty: OMITTED_WORD, ..Choice::new(at + 1, Vec::new()) });
    }
    words::repaired(lexed, at, effort, &mut out);
    out
}

/// A word that says nothing about the person, written as one.
fn omissible(lexed: &Lexed, at: usize) -> bool {
    let lexeme = &lexed.lexemes[at];
    let alone = lexeme.starts_chunk() && lexed.chunk_end(at) == at + 1 && lexed.lexemes.len() > 1;
    alone && (marks::is_small(&lexeme.text) || marks::mark(&lexeme.text).is_some())
}

/// A choice with its parts known to the query.
struct Step {
    next: usize,
    parts: Vec<usize>,
    strict: bool,
    repaired: bool,
    penalty: Score,
}

impl Step {
    fn new(choice: Choice, query: &mut Query) -> Self {
        let Choice { next, parts, strict, repaired, penalty } = choice;
        Self { next, parts: parts.into_iter().map(|part| query.part(part)).collect(), strict, repaired, penalty }
    }
}

struct Walk<'a> {
    steps: &'a [Vec<Step>],
    limit: usize,
    plans: Vec<Plan>,
}

impl Walk<'_> {
    fn go(&mut self, at: usize, so_far: &Plan, repaired: bool) {
        if self.plans.len() >= self.limit {
            return;
        }
        let Some(here) = self.steps.get(at) else {
            if !so_far.parts.is_empty() {
                self.plans.push(so_far.clone());
            }
            return;
        };
        for step in here.iter().filter(|step| !(repaired && step.repaired)) {
            let mut plan = so_far.clone();
            plan.parts.extend(&step.parts);
            plan.strict |= step.strict;
            plan.penalty = plan.penalty.and(step.penalty);
            self.go(step.next, &plan, repaired || step.repaired);
        }
    }
}
