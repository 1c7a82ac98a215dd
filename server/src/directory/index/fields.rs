//! Where a part of a query fits, field by field.

use app::model::employee::Guess;

use super::{
    find::{Finder, Hit, Names},
    fuzzy::Fuzzy,
    segment::{Segment, Shared},
    tokens::Tokens,
    vocab::Texts,
};
use crate::directory::{
    normalise,
    query::{Effort, Kind, Part},
    rank::{guess_cost, looseness, telling},
    translit,
};

/// Everything that fits a part.
#[derive(Debug, Default)]
pub(super) struct FieldHits {
    pub(super) columns: [Vec<Hit>; 8],
    pub(super) logins: Vec<Hit>,
    pub(super) workstations: Vec<Hit>,
    pub(super) people: Vec<People>,
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
    Number,
    Extension,
    NumberAndExtension,
    Ip,
}

/// Shorter beginnings of names of computers are found by their tokens.
const MIN_WORKSTATION: usize = 3;

pub(super) fn find(segment: &Segment, part: &Part, effort: Effort) -> FieldHits {
    let mut hits = FieldHits::default();
    let look = Look { segment, part, effort };
    match &part.kind {
        Kind::Word { text, whole } => {
            for shared in Shared::ALL {
                hits.columns[shared as usize] = look.column(shared, text, *whole);
            }
            hits.logins = look.tokens(&segment.logins, text, *whole, Some(&segment.login_fuzzy));
            hits.workstations = look.tokens(&segment.workstations, text, *whole, None);
            if !whole {
                look.login(text, &mut hits, false);
                look.workstation(text, &mut hits);
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
            look.lines(Place::Number, segment.phones.by_number(digits), &mut hits);
        }
        Kind::Telephone(digits) => {
            look.lines(Place::Number, segment.phones.by_number(digits), &mut hits);
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
            look.login(text, &mut hits, true);
            look.workstation(compact, &mut hits);
            hits.columns[Shared::Room as usize] = look.column(Shared::Room, compact, false);
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
        // Logins in Latin letters are the transliteration itself: their owner's name is what was meant.
        let effort = if fuzzy.is_some() && !text.is_ascii() { self.effort.min(Effort::Direct) } else { self.effort };
        Finder { words, fuzzy, names: Names::None, effort }.find(self.part, text, whole)
    }

    fn initial(&self, shared: Shared, letter: &str) -> Vec<Hit> {
        let mut hits = self.column(shared, letter, false);
        let words = &self.segment.column(shared).words;
        if self.effort >= Effort::Guess && letter.is_ascii() {
            let part = self.part;
            let guess = Guess::Translit;
            for node in translit::walk(letter, words) {
                hits.push(Hit {
                    words: node.range,
                    guess: telling(part.guess, Some(guess)),
                    cost: part.cost + guess_cost(guess),
                    looseness: looseness::BEGINNING,
                    letters: Some(1),
                });
            }
        }
        for hit in &mut hits {
            hit.looseness = looseness::INITIAL;
        }
        hits
    }

    /// Addresses: as long as typed, or, for a single word, only whole logins (their tokens are words).
    fn login(&self, text: &str, hits: &mut FieldHits, beginnings: bool) {
        if let Some((text, guess)) = self.latin(text) {
            let (mut whole, mut begun) = (Vec::new(), Vec::new());
            for &doc in self.segment.logins.beginning(&text) {
                let rest = &self.segment.logins.text(doc).unwrap_or_default()[text.len()..];
                if rest.is_empty() || rest.starts_with('@') {
                    whole.push(doc);
                } else if beginnings {
                    begun.push(doc);
                }
            }
            let place = Place::Email(text.len());
            self.push(place, whole, looseness::EXACT, guess, hits);
            self.push(place, begun, looseness::BEGINNING, guess, hits);
        }
    }

    fn workstation(&self, compact: &str, hits: &mut FieldHits) {
        if compact.chars().count() < MIN_WORKSTATION {
            return;
        }
        if let Some((text, guess)) = self.latin(compact) {
            let workstations = &self.segment.workstations;
            let found = workstations.beginning(&text);
            let (whole, begun): (Vec<u32>, Vec<u32>) =
                found.iter().partition(|&&doc| workstations.key_len(doc) == text.len());
            self.push(Place::Workstation(text.len()), whole, looseness::EXACT, guess, hits);
            self.push(Place::Workstation(text.len()), begun, looseness::BEGINNING, guess, hits);
        }
    }

    /// The text if it is Latin, or its look-alike.
    fn latin(&self, text: &str) -> Option<(String, Option<Guess>)> {
        if text.is_ascii() {
            return Some((text.to_owned(), None));
        }
        (self.effort >= Effort::Guess).then(|| normalise::latin_twin(text))?.map(|twin| (twin, Some(Guess::Lookalike)))
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
