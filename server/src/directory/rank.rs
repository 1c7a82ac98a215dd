//! How well somebody fits: the order of results, best first.
//!
//! Reading the query and looking into the directory are not here, only the weights.

use std::cmp::Ordering;

use app::model::employee::Guess;

/// How one part of a query fits one field: smaller is better. A direct reading comes before any guess;
/// then counts how much was guessed and how exact the fit is, then which field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fit(u16);

impl Fit {
    /// Does not fit.
    pub const NONE: Self = Self(u16::MAX);

    /// `guess` below 63, `looseness` and `field` below 32.
    #[must_use]
    pub const fn new(guess: u16, looseness: u16, field: u16) -> Self {
        debug_assert!(guess < 63 && looseness < 32 && field < 32);
        Self(guess << 10 | looseness << 5 | field)
    }

    /// Whether it fits at all.
    #[must_use]
    pub fn is_some(self) -> bool {
        self != Self::NONE
    }

    /// How loosely it fits, see [`looseness`].
    #[must_use]
    pub const fn looseness(self) -> u16 {
        self.0 >> 5 & 31
    }

    /// What it adds to the score of the whole query.
    #[must_use]
    pub const fn cost(self) -> Score {
        let Self(bits) = self;
        if bits == Self::NONE.0 {
            return Score::NONE;
        }
        let guessed = if bits >> 10 > 0 { GUESSED } else { 0 };
        let distance = (bits >> 10) as u32 + (bits >> 5 & 31) as u32;
        Score(guessed | distance << 12 | ((bits & 31) as u32) << 1)
    }
}

impl Ord for Fit {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cost().cmp(&other.cost()).then(self.0.cmp(&other.0))
    }
}

impl PartialOrd for Fit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How somebody fits the whole query: smaller is better; equal ones are ordered by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(pub u32);

const GUESSED: u32 = 1 << 31;

impl Score {
    /// Everything fits as well as it can.
    pub const BEST: Self = Self(0);
    /// Does not fit.
    pub const NONE: Self = Self(u32::MAX);

    /// Whether anything had to be guessed.
    #[must_use]
    pub const fn is_guess(self) -> bool {
        self.0 & GUESSED > 0
    }

    /// The score of two parts together: guessed if one is. A query has too few parts to overflow.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self((self.0 | other.0) & GUESSED | ((self.0 & !GUESSED) + (other.0 & !GUESSED)))
    }

    /// The same for somebody who has left: he comes after the others, everything else being equal.
    #[must_use]
    pub const fn of_one_who_left(self) -> Self {
        Self(self.0 | 1)
    }
}

/// Two parts of a query fit the same word of a name: worse than a word for each.
pub const SHARED_WORD: Score = Fit::new(0, 12, 0).cost();

/// A small or marking word of the query was left out: a guess, though not about the letters.
pub const OMITTED_WORD: Score = Fit::new(1, 13, 0).cost();

/// A piece with signs inside is taken for several words: `ivanov.ip` is the login rather than both words.
pub const TAKEN_APART: Score = Fit::new(0, 2, 0).cost();

/// The first half of a double name is taken for all of it.
pub const HALF_NAME: Score = Fit::new(0, looseness::BEGINNING + 1, 0).cost();

/// How sure a guess is: the smaller, the surer. A typing error outweighs any change of script.
#[must_use]
pub const fn guess_cost(guess: Guess) -> u16 {
    match guess {
        Guess::Lookalike => 1,
        Guess::Diminutive => 2,
        Guess::Translit | Guess::Layout => 3,
        Guess::Typo => 9,
    }
}

/// The one to show where several had to be made.
#[must_use]
pub fn telling(a: Option<Guess>, b: Option<Guess>) -> Option<Guess> {
    const fn weight(guess: Guess) -> u8 {
        match guess {
            Guess::Typo => 0,
            Guess::Lookalike => 1,
            Guess::Translit => 2,
            Guess::Diminutive => 3,
            Guess::Layout => 4,
        }
    }
    a.into_iter().chain(b).max_by_key(|&guess| weight(guess))
}

/// How exactly a word or number fits.
pub mod looseness {
    /// The whole word, number or address.
    pub const EXACT: u16 = 0;
    /// A part of a room or the like that stands for itself.
    pub const PART: u16 = 1;
    /// An initial that is meant as one.
    pub const INITIAL: u16 = 0;
    /// The beginning of a word that is also a short form of it.
    pub const SHORT_FORM: u16 = 3;
    /// The beginning of a word.
    pub const BEGINNING: u16 = 4;
    /// The end of a number or address.
    pub const ENDING: u16 = 6;
}

/// Where it fits: the smaller, the likelier it was meant.
pub mod field {
    /// The family name.
    pub const SURNAME: u16 = 0;
    /// The first name.
    pub const NAME: u16 = 2;
    /// The patronymic.
    pub const PATRONYMIC: u16 = 4;
    /// The login of the e-mail address.
    pub const LOGIN: u16 = 3;
    /// An extension, a telephone number, an IP address.
    pub const NUMBER: u16 = 1;
    /// The workstation.
    pub const WORKSTATION: u16 = 2;
    /// The room.
    pub const ROOM: u16 = 3;
    /// The position.
    pub const POSITION: u16 = 6;
    /// The department.
    pub const DEPARTMENT: u16 = 7;
    /// The unit.
    pub const UNIT: u16 = 8;
    /// The domain of the e-mail address.
    pub const DOMAIN: u16 = 10;
    /// One of several words.
    pub const ONE_OF_SEVERAL: u16 = 1;
}
