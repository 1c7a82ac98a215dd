//! All sensible ways to go through a query from left to right.

use app::model::employee::Guess;

use super::{Effort, Part, Plan, Query, initials, lexer::Lexed, marks, numbers, words};

/// One way to read what begins at a place.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Where the rest of the query begins.
    pub(super) next: usize,
    pub(super) parts: Vec<Part>,
    pub(super) strict: bool,
}

impl Choice {
    pub(super) const fn new(next: usize, parts: Vec<Part>) -> Self {
        Self { next, parts, strict: false }
    }
}

/// Ordinary queries have less than ten; this bounds the others.
const MAX_PLANS: usize = 60;
/// With repaired spaces there are more, and nearly all end at their first word.
const MAX_REPAIRED: usize = 700;

/// Adds the readings of a query in one layout.
pub(super) fn add(query: &mut Query, chunks: &[(String, Option<Guess>)], effort: Effort) {
    let lexed = Lexed::new(chunks);
    let choices: Vec<Vec<Choice>> = (0..lexed.lexemes.len()).map(|at| choices(&lexed, at, effort)).collect();
    let limit = query.plans.len() + if effort < Effort::OneError { MAX_PLANS } else { MAX_REPAIRED };
    let mut path = Vec::new();
    go(query, &choices, 0, &mut path, limit);
}

fn choices(lexed: &Lexed, at: usize, effort: Effort) -> Vec<Choice> {
    let mut out = Vec::new();
    let lexeme = &lexed.lexemes[at];
    if lexeme.digits {
        numbers::choices(lexed, at, &mut out);
    } else {
        numbers::marked(lexed, at, &mut out);
        initials::choices(lexed, at, &mut out);
    }
    words::choices(lexed, at, &mut out);
    if effort >= Effort::Guess
        && lexed.lexemes.len() > 1
        && (marks::is_small(&lexeme.text) || marks::mark(&lexeme.text).is_some())
    {
        out.push(Choice::new(at + 1, Vec::new()));
    }
    words::repaired(lexed, at, effort, &mut out);
    out
}

fn go(query: &mut Query, choices: &[Vec<Choice>], at: usize, path: &mut Vec<Choice>, limit: usize) {
    if query.plans.len() >= limit {
        return;
    }
    let Some(here) = choices.get(at) else {
        let mut parts: Vec<usize> = Vec::new();
        for part in path.iter().flat_map(|choice| &choice.parts) {
            let part = query.part(part.clone());
            parts.push(part);
        }
        let plan = Plan { strict: path.iter().any(|choice| choice.strict), parts };
        if !plan.parts.is_empty() && !query.plans.contains(&plan) {
            query.plans.push(plan);
        }
        return;
    };
    for choice in here {
        path.push(choice.clone());
        go(query, choices, choice.next, path, limit);
        path.pop();
    }
}
