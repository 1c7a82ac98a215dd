//! How well somebody fits: the order of results, best first.
//!
//! Reading the query and looking into the directory are not here, only the weights.

use app::model::employee::Guess;

/// How one part of a query fits one field: smaller is better. What had to be guessed counts most, then
/// how exact the fit is, then which field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    pub const fn cost(self) -> u32 {
        let Self(bits) = self;
        score(bits >> 10, bits >> 5 & 31, bits & 31)
    }
}

/// Scores of the parts of a query add up; people with equal sums are ordered by name. Field by field the
/// sum cannot overflow into the next: a query has at most 16 parts.
const fn score(guess: u16, looseness: u16, field: u16) -> u32 {
    (guess as u32) << 20 | (looseness as u32) << 10 | (field as u32) << 1
}

/// What people who have left come after, everything else being equal.
pub const LEFT: u32 = 1;

/// Two parts of a query fit the same word of a name: worse than a word for each.
pub const SHARED_WORD: u32 = score(0, 12, 0);

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
    /// An initial.
    pub const INITIAL: u16 = 1;
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
