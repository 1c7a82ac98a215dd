//! Reading a query: which words, numbers and addresses it may consist of.
//!
//! A query has several readings at once (`12 34` is an extension or two rooms); each is a plan, a list
//! of parts that all have to fit. Whether anybody fits is the index's business.

mod initials;
mod lexer;
mod marks;
mod numbers;
mod plans;
mod words;

use app::model::employee::Guess;

pub use numbers::Network;

use super::{layout, rank};

/// How far a search goes. Each step includes the ones before it and is taken only when those found too little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effort {
    /// The query as it is written.
    Direct,
    /// Other layout, other alphabet, look-alike letters, familiar names, without small words.
    Guess,
    /// One typing error in a word, a missing or superfluous space.
    OneError,
    /// Two typing errors in a longer word, an error in an unfinished word.
    TwoErrors,
}

impl Effort {
    /// All of them, least first.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Guess, Self::OneError, Self::TwoErrors];
}

/// Something that has to fit one place of a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// What was guessed to get it.
    pub guess: Option<Guess>,
    /// How unsure that is, see [`rank::guess_cost`].
    pub cost: u16,
    /// No more is guessed about it.
    pub most: Effort,
}

/// What a part of a query is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word of letters, perhaps with digits, folded; or the beginning of one, unless it must be `whole`.
    Word {
        /// The word.
        text: String,
        /// Beginnings of longer words do not count.
        whole: bool,
    },
    /// The first letter of the first name.
    NameInitial(String),
    /// The first letter of the patronymic.
    PatronymicInitial(String),
    /// Digits that may be a telephone, an extension, a room, a workstation.
    Number(Digits),
    /// Digits that are said to be a telephone or an extension.
    Telephone(Digits),
    /// An extension, at this number if there is one.
    Extension {
        /// The digits of the number as typed.
        at: Option<Digits>,
        /// The digits of the extension.
        ext: String,
    },
    /// What is said to be a room: letters and digits only.
    Room(String),
    /// An IPv4 address or a piece of one.
    Ip(Network),
    /// A piece of text with signs inside: an e-mail address, a login, a workstation, a room.
    Compound {
        /// As written, folded.
        text: String,
        /// Its letters and digits.
        compact: String,
    },
}

/// Digits as typed, signs left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Digits {
    /// The digits.
    pub digits: String,
    /// There was a plus in front: they begin with a country code.
    pub plus: bool,
}

/// One reading of the query: all its parts have to fit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Indexes into [`Query::parts`].
    pub parts: Vec<usize>,
    /// Fits only where all parts fit exactly, as initials without dots do.
    pub strict: bool,
    /// For words of the query that it leaves out.
    pub penalty: rank::Score,
}

/// All readings of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The parts of all plans.
    pub parts: Vec<Part>,
    /// The plans, likeliest first.
    pub plans: Vec<Plan>,
}

/// Longer queries are cut: nobody types so much about one person.
const MAX_CHARS: usize = 200;
/// Words separated by white space.
const MAX_CHUNKS: usize = 12;

impl Query {
    /// Reads a query. One without letters and digits has no plans.
    #[must_use]
    pub fn new(text: &str, effort: Effort) -> Self {
        let cut = text.char_indices().nth(MAX_CHARS).map_or(text, |(end, _)| &text[..end]);
        let chunks: Vec<&str> = cut
            .split(|c: char| c.is_whitespace())
            .filter(|chunk| chunk.contains(char::is_alphanumeric))
            .take(MAX_CHUNKS)
            .collect();
        let mut query = Self::default();
        if chunks.is_empty() {
            return query;
        }
        let direct: Vec<_> =
            cut.split_whitespace().map(|chunk| (chunk.to_owned(), None)).take(2 * MAX_CHUNKS).collect();
        plans::add(&mut query, &direct, effort);
        if effort >= Effort::Guess {
            for variant in other_layouts(&direct) {
                plans::add(&mut query, &variant, effort);
            }
        }
        query
    }

    fn part(&mut self, part: Part) -> usize {
        self.parts.iter().position(|known| *known == part).unwrap_or_else(|| {
            self.parts.push(part);
            self.parts.len() - 1
        })
    }
}

type Chunks = Vec<(String, Option<Guess>)>;

/// The query with the layout changed everywhere, and in each single word.
fn other_layouts(chunks: &Chunks) -> Vec<Chunks> {
    let mut variants: Vec<Chunks> = Vec::new();
    for convert in [layout::to_russian, layout::to_english] {
        let converted: Vec<Option<String>> =
            chunks.iter().map(|(text, _)| convert(text).filter(|new| sensible(new))).collect();
        let one = |(text, _): &(String, Option<Guess>), new: &Option<String>| match new {
            Some(new) => (new.clone(), Some(Guess::Layout)),
            None => (text.clone(), None),
        };
        let count = converted.iter().flatten().count();
        if count > 0 {
            variants.push(chunks.iter().zip(&converted).map(|(old, new)| one(old, new)).collect());
        }
        if (2..=5).contains(&chunks.len()) && count > 1 {
            variants.extend((0..chunks.len()).filter(|&only| converted[only].is_some()).map(|only| {
                let mut variant = chunks.clone();
                variant[only] = one(&chunks[only], &converted[only]);
                variant
            }));
        }
    }
    variants
}

/// Text in Latin letters is an address, a login or a computer: no other signs are in it.
fn sensible(converted: &str) -> bool {
    converted.contains(super::normalise::is_cyrillic)
        || converted.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '/' | ':'))
}

impl Part {
    fn new(kind: Kind, guess: Option<Guess>) -> Self {
        Self { kind, guess, cost: guess.map_or(0, rank::guess_cost), most: Effort::TwoErrors }
    }

    fn with_error(mut self) -> Self {
        self.cost += rank::guess_cost(Guess::Typo);
        self.guess = rank::telling(self.guess, Some(Guess::Typo));
        self
    }
}
