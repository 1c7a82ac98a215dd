//! Where a part of a query fits, field by field.

use app::model::employee::Guess;

use super::{
    column::Cut,
    find::{Finder, Hit, Names},
    fuzzy::Fuzzy,
    segment::{Segment, Shared},
    tokens::Tokens,
    vocab::Texts,
};
use crate::directory::{
    normalise,
    query::{Digits, Effort, Kind, Part},
    rank::{guess_cost, looseness, telling},
    translit::{self, Sorted as _},
};

/// Everything that fits a part.
#[derive(Debug, Default)]
pub(super) struct FieldHits {
    pub(super) columns: [Vec<Hit>; 8],
    pub(super) logins: Vec<Hit>,
    pub(super) workstations: Vec<Hit>,
    pub(super) numbers: Vec<Numbers>,
    pub(super) people: Vec<People>,
}

/// Telephone numbers that fit, in order. A company's line has half of the people: they are not listed.
#[derive(Debug)]
pub(super) struct Numbers {
    pub(super) numbers: Vec<u32>,
    pub(super) guess: Option<Guess>,
    pub(super) cost: u16,
    pub(super) looseness: u16,
}

/// People who fit by a field that is no list of words.
#[derive(Debug)]
pub(super) struct People {
    pub(super) place: Place,
    pub(super) docs: Vec<u32>,
    pub(super) guess: Option<Guess>,
    pub(super) cost: u16,
    pub(super) looseness: u16,
}

/// Such a field, with what is needed to show the match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The beginning of the address, that many letters.
    Email(usize),
    /// The beginning of the name, that many letters and digits.
    Workstation(usize),
    Extension,
    NumberAndExtension,
    Ip,
}

/// Shorter beginnings of names of computers are found by their tokens.
const MIN_WORKSTATION: usize = 3;

pub(super) fn find(segment: &Segment, part: &Part, effort: Effort) -> FieldHits {
    let mut hits = FieldHits::default();
    let look = Look { segment, part, effort: effort.min(part.most) };
    match &part.kind {
        Kind::Word { text, whole } => {
            for shared in Shared::ALL {
                hits.columns[shared as usize] = look.column(shared, text, *whole);
            }
            hits.logins = look.tokens(&segment.logins, text, *whole, Some(&segment.login_fuzzy));
            hits.workstations = look.tokens(&segment.workstations, text, *whole, None);
            if !whole {
                look.whole_login(text, &mut hits);
                // Otherwise the name's tokens say the same.
                if hits.workstations.is_empty() {
                    look.workstation(text, &mut hits);
                }
            }
        }
        Kind::NameInitial(letter) => hits.columns[Shared::Name as usize] = look.initial(Shared::Name, letter),
        Kind::PatronymicInitial(letter) => {
            hits.columns[Shared::Patronymic as usize] = look.initial(Shared::Patronymic, letter);
        }
        Kind::Number(digits) => {
            let text = &digits.digits;
            if !digits.plus {
                for shared in [Shared::Position, Shared::Department, Shared::Unit, Shared::Room] {
                    hits.columns[shared as usize] = look.column(shared, text, false);
                }
                hits.logins = look.tokens(&segment.logins, text, false, None);
                hits.workstations = look.tokens(&segment.workstations, text, false, None);
                look.lines(Place::Extension, segment.phones.by_ext(text), &mut hits);
            }
            look.numbers(digits, &mut hits);
        }
        Kind::Telephone(digits) => {
            look.numbers(digits, &mut hits);
            look.lines(Place::Extension, segment.phones.by_ext(&digits.digits), &mut hits);
        }
        Kind::Extension { at: None, ext } => look.lines(Place::Extension, segment.phones.by_ext(ext), &mut hits),
        Kind::Extension { at: Some(at), ext } => {
            look.lines(Place::NumberAndExtension, segment.phones.by_number_and_ext(at, ext), &mut hits);
        }
        Kind::Room(room) => hits.columns[Shared::Room as usize] = look.column(Shared::Room, room, false),
        Kind::Ip(network) => {
            for (looseness, docs) in segment.ips.find(network) {
                look.push(Place::Ip, docs, looseness, None, &mut hits);
            }
        }
        Kind::Compound { text, compact } => {
            look.address(text, &mut hits);
            look.workstation(compact, &mut hits);
            hits.columns[Shared::Room as usize] = look.column(Shared::Room, compact, false);
            if text.contains('-') {
                for shared in Shared::ALL.into_iter().filter(|shared| shared.cut() == Cut::Words) {
                    hits.columns[shared as usize] = look.column(shared, text, false);
                }
            }
            let domain = text.strip_prefix('@').unwrap_or(text);
            hits.columns[Shared::Domain as usize] = look.column(Shared::Domain, domain, false);
        }
    }
    hits
}

struct Look<'a> {
    segment: &'a Segment,
    part: &'a Part,
    effort: Effort,
}

impl Look<'_> {
    fn column(&self, shared: Shared, text: &str, whole: bool) -> Vec<Hit> {
        let at = shared as usize;
        let words = &self.segment.columns[at].words;
        let names = match shared {
            Shared::Name | Shared::Patronymic => Names::Given,
            _ => Names::None,
        };
        let fuzzy = (!matches!(shared, Shared::Room | Shared::Domain)).then_some(&self.segment.fuzzy[at]);
        Finder { words, fuzzy, names, effort: self.effort }.find(self.part, text, whole)
    }

    fn tokens(&self, tokens: &Tokens, text: &str, whole: bool, fuzzy: Option<&Fuzzy>) -> Vec<Hit> {
        let words: &Texts = &tokens.words;
        // Logins say the name in Latin letters; that only a login fits a Russian word is the last to try.
        let last = fuzzy.is_some() && !text.is_ascii() && self.effort < Effort::TwoErrors;
        let effort = if last { Effort::Direct } else { self.effort };
        Finder { words, fuzzy, names: Names::None, effort }.find(self.part, text, whole)
    }

    fn initial(&self, shared: Shared, letter: &str) -> Vec<Hit> {
        let mut hits = self.column(shared, letter, false);
        let words = &self.segment.column(shared).words;
        if self.effort >= Effort::Guess {
            let Part { guess, cost, .. } = *self.part;
            let guess = telling(guess, Some(Guess::Translit));
            for initial in translit::initials(letter) {
                let node = words.step(&words.root(), initial);
                hits.extend(node.map(|node| Hit {
                    words: node.range,
                    guess,
                    cost: cost + guess_cost(Guess::Translit),
                    looseness: looseness::INITIAL,
                    letters: Some(1),
                }));
            }
        }
        for hit in &mut hits {
            hit.looseness = looseness::INITIAL;
        }
        hits
    }

    /// Logins that are this word; longer ones are found by their tokens.
    fn whole_login(&self, text: &str, hits: &mut FieldHits) {
        if let Some((text, guess)) = self.latin(text) {
            let (_, found) = self.segment.logins.beginning(&format!("{text}@"));
            self.push(Place::Email(text.len()), found.to_vec(), looseness::EXACT, guess, hits);
        }
    }

    /// Addresses and logins, whole or begun.
    fn address(&self, text: &str, hits: &mut FieldHits) {
        let Some((text, guess)) = self.latin(text) else { return };
        let (whole, begun) = self.segment.logins.beginning(&text);
        self.push(Place::Email(text.len()), whole.to_vec(), looseness::EXACT, guess, hits);
        self.push(Place::Email(text.len()), begun.to_vec(), looseness::PART, guess, hits);
        self.whole_login(&text, hits);
    }

    fn workstation(&self, compact: &str, hits: &mut FieldHits) {
        if compact.chars().count() < MIN_WORKSTATION {
            return;
        }
        if let Some((text, guess)) = self.latin(compact) {
            let (whole, begun) = self.segment.workstations.beginning(&text);
            self.push(Place::Workstation(text.len()), whole.to_vec(), looseness::EXACT, guess, hits);
            self.push(Place::Workstation(text.len()), begun.to_vec(), looseness::BEGINNING, guess, hits);
        }
    }

    /// The text if it is Latin, or its look-alike.
    fn latin(&self, text: &str) -> Option<(String, Option<Guess>)> {
        if text.is_ascii() {
            return Some((text.to_owned(), None));
        }
        (self.effort >= Effort::Guess).then(|| normalise::latin_twin(text))?.map(|twin| (twin, Some(Guess::Lookalike)))
    }

    fn numbers(&self, digits: &Digits, hits: &mut FieldHits) {
        let Part { guess, cost, .. } = *self.part;
        let found = self.segment.phones.by_number(digits).into_iter().filter(|(_, numbers)| !numbers.is_empty());
        hits.numbers.extend(found.map(|(looseness, numbers)| Numbers { numbers, guess, cost, looseness }));
    }

    fn lines(&self, place: Place, fitting: Vec<(u16, Vec<u32>)>, hits: &mut FieldHits) {
        for (looseness, lines) in fitting {
            let docs = lines.into_iter().map(|line| self.segment.phones.doc(line)).collect();
            self.push(place, docs, looseness, None, hits);
        }
    }

    fn push(&self, place: Place, docs: Vec<u32>, looseness: u16, guess: Option<Guess>, hits: &mut FieldHits) {
        if !docs.is_empty() {
            let cost = self.part.cost + guess.map_or(0, guess_cost);
            hits.people.push(People { place, docs, guess: telling(self.part.guess, guess), cost, looseness });
        }
    }
}
