//! Words with typing errors: which words of a field are one or two errors away.
//!
//! Letters only: a digit in the directory is never the result of an error.

use std::sync::OnceLock;

use super::vocab::Texts;
use crate::directory::{
    layout, normalise,
    translit::{self, Sorted},
};

/// What comparing needs beside the words; made when the first error is looked for.
#[derive(Debug, Default)]
pub(super) struct Fuzzy(OnceLock<Prepared>);

#[derive(Debug)]
struct Prepared {
    /// Which letters each word has.
    letters: Vec<u64>,
    /// The Latin skeletons of Cyrillic words, and their letters.
    skeletons: Texts,
    skeleton_letters: Vec<u64>,
}

/// A word near to the typed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) word: u32,
    /// See [`Distance::cost`].
    pub(super) cost: u16,
}

/// How much may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tolerance {
    /// Errors.
    pub(super) errors: u16,
    /// The typed word may be the beginning of the stored one.
    pub(super) unfinished: bool,
}

impl Fuzzy {
    fn prepared(&self, words: &Texts) -> &Prepared {
        self.0.get_or_init(|| {
            let cyrillic = |word: &str| word.contains(normalise::is_cyrillic);
            let skeletons: Texts = words
                .iter()
                .map(|word| if cyrillic(word) { translit::skeleton(word) } else { String::new() })
                .collect();
            Prepared {
                letters: words.iter().map(letters).collect(),
                skeleton_letters: skeletons.iter().map(letters).collect(),
                skeletons,
            }
        })
    }

    /// The words at most so far from the typed one.
    pub(super) fn near(&self, words: &Texts, typed: &str, tolerance: Tolerance) -> Vec<Near> {
        scan(words, &self.prepared(words).letters, typed, tolerance)
    }

    /// The same for a word in Latin letters and the Cyrillic words it may spell.
    pub(super) fn near_spelling(&self, words: &Texts, typed: &str, tolerance: Tolerance) -> Vec<Near> {
        let prepared = self.prepared(words);
        scan(&prepared.skeletons, &prepared.skeleton_letters, &translit::skeleton(typed), tolerance)
    }
}

/// The words of a short list, of which nothing is prepared.
pub(super) fn near_any(words: &impl Sorted, typed: &str, tolerance: Tolerance) -> Vec<Near> {
    let mut scan = Scan::new(typed, tolerance);
    (0..words.count()).filter_map(|word| scan.near(word, words.text(word), letters(words.text(word)))).collect()
}

fn scan(words: &Texts, of_words: &[u64], typed: &str, tolerance: Tolerance) -> Vec<Near> {
    let mut scan = Scan::new(typed, tolerance);
    (0..).zip(of_words).filter_map(|(word, &of_word)| scan.near(word, words.get(word), of_word)).collect()
}

struct Scan {
    /// The letter of each place, and all of them.
    each: Vec<u64>,
    all: u64,
    tolerance: Tolerance,
    distance: Distance,
}

impl Scan {
    fn new(typed: &str, tolerance: Tolerance) -> Self {
        let each = typed.chars().map(letter).collect();
        Self { each, all: letters(typed), tolerance, distance: Distance::new(typed) }
    }

    /// Most words are told apart by their letters alone: each one that has no counterpart is an error.
    fn near(&mut self, word: u32, text: &str, of_word: u64) -> Option<Near> {
        let allowed = u32::from(self.tolerance.errors);
        let superfluous = |each: &[u64]| each.iter().filter(|&&letter| letter & of_word == 0).count();
        let possible = (self.all & !of_word).count_ones() <= allowed
            && (self.tolerance.unfinished || (of_word & !self.all).count_ones() <= allowed)
            && superfluous(&self.each) <= allowed as usize;
        let cost = possible.then(|| self.distance.cost(text, self.tolerance))??;
        Some(Near { word, cost })
    }
}

/// A bit for each letter of a word.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | letter(c))
}

fn letter(c: char) -> u64 {
    1 << match c {
        'а'..='я' => u32::from(c) - u32::from('а'),
        'a'..='z' => u32::from(c) - u32::from('a') + 32,
        _ => 58 + u32::from(c) % 6,
    }
}

/// What one error costs in the table, before what makes it less likely.
const ERROR: u16 = 16;
const FORBIDDEN: u16 = 10_000;

/// Edit distance with neighbouring letters swapped (optimal string alignment) from one typed word.
struct Distance {
    typed: Vec<char>,
    /// The keys beside each of them.
    beside: Vec<Vec<char>>,
    stored: Vec<char>,
    rows: [Vec<u16>; 3],
}

impl Distance {
    fn new(typed: &str) -> Self {
        let beside = typed.chars().map(layout::neighbours).collect();
        Self { typed: typed.chars().collect(), beside, stored: Vec::new(), rows: Default::default() }
    }

    /// How unlikely it is that `stored` was meant: 9 and more for one error, 13 and more for one in an
    /// unfinished word, 20 and more for two, 27 and more for two in an unfinished word. A wrong first
    /// letter and a far key count a little extra.
    fn cost(&mut self, stored: &str, tolerance: Tolerance) -> Option<u16> {
        self.stored.clear();
        self.stored.extend(stored.chars());
        let (typed, stored) = (self.typed.len(), self.stored.len());
        let errors = usize::from(tolerance.errors);
        if typed > stored + errors || stored > typed + errors && !tolerance.unfinished {
            return None;
        }
        let limit = tolerance.errors * ERROR + ERROR - 1;
        let columns = stored.min(typed + errors);
        self.fill(columns, limit)?;
        let [_, last, _] = &self.rows;
        let whole = if columns == stored { last[columns] } else { FORBIDDEN };
        let begun = if tolerance.unfinished { last.iter().copied().min().unwrap_or(FORBIDDEN) } else { FORBIDDEN };
        let cost = |total: u16, whole: u16, unfinished: u16| match (total / ERROR, total % ERROR) {
            (0, _) => None,
            (1, extra) => Some(if unfinished > 0 { 13 } else { 9 } + extra),
            (_, extra) => Some(whole + unfinished + extra),
        };
        match (whole <= limit, begun <= limit) {
            (true, true) if begun / ERROR < whole / ERROR => cost(begun, 20, 7),
            (true, _) => cost(whole, 20, 0),
            (false, true) => cost(begun, 20, 7),
            (false, false) => None,
        }
    }

    /// Leaves the row of the whole typed word in the middle of `rows`.
    fn fill(&mut self, columns: usize, limit: u16) -> Option<()> {
        let Self { typed, beside, stored, rows } = self;
        let missing = |column: usize| match stored[column] {
            c if c.is_ascii_digit() => FORBIDDEN,
            _ => ERROR + if column == 0 { 2 } else { 0 },
        };
        let [before, above, row] = rows;
        for row in [&mut *before, &mut *above, &mut *row] {
            row.clear();
            row.resize(columns + 1, FORBIDDEN);
        }
        above[0] = 0;
        for column in 0..columns {
            above[column + 1] = above[column].saturating_add(missing(column)).min(FORBIDDEN);
        }
        for (at, &c) in typed.iter().enumerate() {
            // A single digit within letters is a slip of the finger, any other one is meant.
            let letter = |at: usize| typed.get(at).is_some_and(|c| c.is_alphabetic());
            let meant = c.is_ascii_digit() && !(letter(at + 1) && (at == 0 || letter(at - 1)));
            let superfluous = if meant { FORBIDDEN } else { ERROR + if at == 0 { 2 } else { 0 } };
            row[0] = (above[0] + superfluous).min(FORBIDDEN);
            let mut least = row[0];
            for column in 0..columns {
                let s = stored[column];
                let changed = match (c == s, meant || s.is_ascii_digit()) {
                    (true, _) => 0,
                    (false, true) => FORBIDDEN,
                    (false, false) => ERROR + if column == 0 { 2 } else { 0 } + u16::from(!beside[at].contains(&s)),
                };
                let mut cost = (above[column].saturating_add(changed))
                    .min(above[column + 1].saturating_add(superfluous))
                    .min(row[column].saturating_add(missing(column)));
                if at > 0 && column > 0 && c == stored[column - 1] && s == typed[at - 1] && c != s {
                    let digits = c.is_ascii_digit() || s.is_ascii_digit();
                    let swapped = if digits { FORBIDDEN } else { ERROR + if column == 1 { 2 } else { 0 } };
                    cost = cost.min(before[column - 1].saturating_add(swapped));
                }
                row[column + 1] = cost.min(FORBIDDEN);
                least = least.min(cost);
            }
            if least > limit + ERROR {
                return None;
            }
            std::mem::swap(before, above);
            std::mem::swap(above, row);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Distance, Tolerance};

    fn cost(typed: &str, stored: &str, errors: u16, unfinished: bool) -> Option<u16> {
        Distance::new(typed).cost(stored, Tolerance { errors, unfinished })
    }

    #[test]
    fn every_kind_of_error_is_one() {
        for (typed, stored) in [
            ("смринов", "смирнов"),
            ("мииронов", "миронов"),
            ("акмов", "акимов"),
            ("климоа", "климов"),
            ("комаровп", "комарова"),
            ("иванво", "иванов"),
            ("ив4нов", "иванов"),
            ("ива5нов", "иванов"),
        ] {
            assert!(cost(typed, stored, 1, false).is_some_and(|cost| (9..13).contains(&cost)), "{typed}");
        }
        assert!(cost("сминрво", "смирнов", 2, false).is_some_and(|cost| cost >= 20));
        assert_eq!(cost("сминрво", "смирнов", 1, false), None);
    }

    #[test]
    fn likelier_errors_cost_less() {
        let neighbour = cost("климоа", "климов", 1, false);
        assert!(neighbour < cost("климоз", "климов", 1, false));
        assert!(neighbour < cost("влимов", "климов", 1, false));
        assert!(neighbour < cost("климао", "климовский", 1, true));
        assert!(cost("бухгалетр", "бухгалтерия", 2, true) < cost("бухгаелтр", "бухгалтерия", 2, true));
    }

    #[test]
    fn digits_of_the_directory_are_exact() {
        assert_eq!(cost("1234", "1235", 2, true), None);
        assert_eq!(cost("попова", "попова2", 2, false), None);
        assert_eq!(cost("попова21", "попова12", 2, false), None);
    }
}
