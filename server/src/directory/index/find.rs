//! Where the words of a query are among the words of a field.

use std::ops::Range;

use app::model::employee::Guess;

use super::{
    fuzzy::{self, Fuzzy, Tolerance},
    vocab::Texts,
};
use crate::directory::{
    diminutive::{self, ShortForms},
    normalise,
    query::{Effort, Part},
    rank::{guess_cost, looseness, telling},
    translit::{self, Node, Sorted as _},
};

/// Words of a field that fit a word of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) words: Range<u32>,
    pub(super) guess: Option<Guess>,
    /// Of the guess.
    pub(super) cost: u16,
    pub(super) looseness: u16,
    /// How many letters of the stored word were typed; all of them if absent.
    pub(super) letters: Option<usize>,
}

/// Whether a field has names that go by short forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    None,
    Given,
}

/// Shorter pieces in another alphabet would begin too many words by chance.
const MIN_SPELLED_BEGINNING: usize = 3;

pub(super) struct Finder<'a> {
    pub(super) words: &'a Texts,
    pub(super) fuzzy: Option<&'a Fuzzy>,
    pub(super) names: Names,
    pub(super) effort: Effort,
}

/// The word as typed and what else its letters may mean.
fn shapes(text: &str, effort: Effort) -> Vec<(String, Option<Guess>)> {
    let mut shapes = vec![(text.to_owned(), None)];
    if effort >= Effort::Guess {
        let mut twins = vec![normalise::cyrillic_twin(text), normalise::latin_twin(text)];
        twins.retain(|_| text.chars().nth(1).is_some());
        let letters = normalise::without_digits(text);
        if let Some(letters) = letters {
            twins.extend([normalise::cyrillic_twin(&letters), Some(letters)]);
        }
        shapes.extend(twins.into_iter().flatten().map(|twin| (twin, Some(Guess::Lookalike))));
    }
    shapes
}

impl Finder<'_> {
    /// The words that fit; with `whole` those that only begin so do not.
    pub(super) fn find(&self, part: &Part, text: &str, whole: bool) -> Vec<Hit> {
        let mut hits = Hits { part, whole, words: self.words, rare: 0, hits: Vec::new() };
        let letters = text.chars().count();
        for (shape, guess) in shapes(text, self.effort) {
            if let Some(node) = self.words.step(&self.words.root(), &shape) {
                hits.add(&node, &[guess], Some(letters));
            }
            if self.names == Names::Given {
                for (full, rare) in diminutive::full_names(&shape) {
                    match self.words.exactly(full) {
                        // It is the plain beginning too: better than other beginnings, and not guessed.
                        Some(word) if full.starts_with(&shape) && guess.is_none() && !whole => {
                            hits.push(word..word + 1, &[], looseness::SHORT_FORM, Some(letters));
                        }
                        Some(word) if self.effort >= Effort::Guess => {
                            hits.push(word..word + 1, &[guess, Some(Guess::Diminutive)], looseness::EXACT + rare, None);
                        }
                        _ => {}
                    }
                }
            }
        }
        if self.effort >= Effort::Guess && letters > 1 {
            self.spelled(text, &mut hits);
        }
        if self.effort >= Effort::OneError {
            self.mistyped(text, &mut hits);
        }
        hits.hits
    }

    fn spelled(&self, text: &str, hits: &mut Hits<'_>) {
        for (node, rare) in translit::walk(text, self.words) {
            hits.rare = rare;
            hits.add(&node, &[Some(Guess::Translit)], (text.chars().count() >= MIN_SPELLED_BEGINNING).then_some(0));
        }
        hits.rare = 0;
        if self.names == Names::Given && text.is_ascii() {
            for (node, _) in translit::walk(text, &ShortForms) {
                let short = ShortForms.text(node.range.start);
                for (full, rare) in diminutive::full_names(short).filter(|_| short.len() == node.depth) {
                    if let Some(word) = self.words.exactly(full) {
                        let guesses = [Some(Guess::Translit), Some(Guess::Diminutive)];
                        hits.push(word..word + 1, &guesses, looseness::EXACT + rare, None);
                    }
                }
            }
        }
    }

    fn mistyped(&self, text: &str, hits: &mut Hits<'_>) {
        let Some(fuzzy) = self.fuzzy else { return };
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if letters < text.chars().count() - letters + 3 || text.ends_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        let two = self.effort >= Effort::TwoErrors;
        let errors = match letters {
            0..4 => return,
            6.. if two => 2,
            _ => 1,
        };
        let tolerance = Tolerance { errors, unfinished: two && letters >= 5 && !hits.whole };
        for near in fuzzy.near(self.words, text, tolerance) {
            hits.push_costing(near.word, Guess::Typo, near.cost);
        }
        if text.is_ascii() {
            for near in fuzzy.near_spelling(self.words, text, Tolerance { unfinished: false, ..tolerance }) {
                hits.push_costing(near.word, Guess::Translit, near.cost + guess_cost(Guess::Translit));
            }
        }
        if self.names == Names::Given && letters >= 5 {
            for near in fuzzy::near_any(&ShortForms, text, Tolerance { errors: 1, unfinished: false }) {
                for (full, rare) in diminutive::full_names(ShortForms.text(near.word)) {
                    if let Some(word) = self.words.exactly(full) {
                        hits.push_costing(word, Guess::Diminutive, near.cost + guess_cost(Guess::Diminutive) + rare);
                    }
                }
            }
        }
    }
}

struct Hits<'a> {
    part: &'a Part,
    whole: bool,
    words: &'a Texts,
    /// Unusual readings behind what is added now.
    rare: u16,
    hits: Vec<Hit>,
}

impl Hits<'_> {
    /// The word of a place itself, and, if the letters are given, those that it begins.
    fn add(&mut self, node: &Node, guesses: &[Option<Guess>], letters: Option<usize>) {
        let Range { start, end } = node.range;
        let exact = self.words.get(start).len() == node.depth;
        if exact {
            self.push(start..start + 1, guesses, looseness::EXACT, None);
        }
        let rest = start + u32::from(exact)..end;
        if letters.is_some() && !self.whole && !rest.is_empty() {
            let letters = self.words.get(start)[..node.depth].chars().count();
            self.push(rest, guesses, looseness::BEGINNING, Some(letters));
        }
    }

    fn push(&mut self, words: Range<u32>, guesses: &[Option<Guess>], looseness: u16, letters: Option<usize>) {
        let guess = guesses.iter().fold(self.part.guess, |all, &guess| telling(all, guess));
        let cost =
            guesses.iter().flatten().map(|&guess| guess_cost(guess)).sum::<u16>() + self.part.cost + self.rare.min(9);
        self.hits.push(Hit { words, guess, cost, looseness, letters });
    }

    fn push_costing(&mut self, word: u32, guess: Guess, cost: u16) {
        let guess = telling(self.part.guess, Some(guess));
        let cost = self.part.cost + cost;
        self.hits.push(Hit { words: word..word + 1, guess, cost, looseness: looseness::EXACT, letters: None });
    }
}
