//! Why people fit: the words and numbers behind their scores.

use std::cell::OnceCell;

use app::model::{
    employee::{Field, Guess},
    ids::EmployeeId,
};

use super::{
    docs::Bits,
    fields::{self, FieldHits, Place},
    find::Hit,
    record::Record,
    search::Search,
    segment::{Segment, Shared},
    vocab::Texts,
};
use crate::directory::query::{Digits, Effort, Kind, Network, Part, Query};

/// A field that fits a part of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::directory) struct Fitting {
    pub(in crate::directory) place: Spot,
    pub(in crate::directory) guess: Option<Guess>,
}

/// Where it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::directory) enum Spot {
    /// A word of a field, folded, or as many letters of it as were typed.
    Word { field: Field, word: String, letters: Option<usize> },
    /// The same in the domain of the address.
    Domain { word: String, letters: Option<usize> },
    /// The first letters of the address.
    Email { letters: usize },
    /// The first letters and digits of the computer's name.
    Workstation { letters: usize },
    /// A telephone: its number, its extension or both.
    Phone { number: Option<Digits>, ext: Option<String> },
    /// An address.
    Ip(Network),
}

/// What fits the query about each of these people, by his best reading; whoever does not fit is left out.
pub(in crate::directory) fn fittings(
    text: &str,
    records: impl Iterator<Item = Record>,
) -> Vec<(EmployeeId, Vec<Fitting>)> {
    let segment = Segment::new(records);
    let nobody = Bits::new(segment.len());
    let mut unexplained: Vec<u32> = (0..segment.len()).collect();
    let mut explained = Vec::new();
    for effort in Effort::ALL {
        if unexplained.is_empty() {
            break;
        }
        let query = Query::new(text, effort);
        let search = Search::new(&segment, &nobody, None, &query, effort);
        let hits: Vec<OnceCell<FieldHits>> = query.parts.iter().map(|_| OnceCell::new()).collect();
        unexplained.retain(|&doc| {
            let Some(plan) = search.best_plan(doc) else { return true };
            let of_parts = plan.parts.iter().flat_map(|&at| {
                let part = &query.parts[at];
                of_part(&segment, doc, part, hits[at].get_or_init(|| fields::find(&segment, part, effort)))
            });
            explained.push((segment.ids[doc as usize], of_parts.collect()));
            false
        });
    }
    explained
}

/// The fields of a person that fit a part with the least guessing.
fn of_part(segment: &Segment, doc: u32, part: &Part, hits: &FieldHits) -> Vec<Fitting> {
    let FieldHits { columns, logins, workstations, numbers, people } = hits;
    let mut all: Vec<(u16, Fitting)> = Vec::new();
    let mut words = |words: &Texts, hits: &[Hit], has: &dyn Fn(u32) -> bool, spot: &Named<'_>| {
        for hit in hits {
            for word in hit.words.clone().filter(|&word| has(word)) {
                let place = spot(words.get(word).to_owned(), hit.letters);
                all.push((hit.cost, Fitting { place, guess: hit.guess }));
            }
        }
    };
    for ((shared, hits), column) in Shared::ALL.into_iter().zip(columns).zip(&segment.columns) {
        words(&column.words, hits, &|word| column.has(doc, word), &|word, letters| match field(shared) {
            Some(field) => Spot::Word { field, word, letters },
            None => Spot::Domain { word, letters },
        });
    }
    for (tokens, hits, field) in
        [(&segment.logins, logins, Field::Email), (&segment.workstations, workstations, Field::Workstation)]
    {
        let has = |word| tokens.words_of(doc).contains(&word);
        words(&tokens.words, hits, &has, &|word, letters| Spot::Word { field, word, letters });
    }
    for found in numbers.iter().filter(|found| segment.phones.has_any(doc, &found.numbers)) {
        if let Kind::Number(digits) | Kind::Telephone(digits) = &part.kind {
            let place = Spot::Phone { number: Some(digits.clone()), ext: None };
            all.push((found.cost, Fitting { place, guess: found.guess }));
        }
    }
    for found in people.iter().filter(|found| found.docs.contains(&doc)) {
        let place = match (found.place, &part.kind) {
            (Place::Email(letters), _) => Spot::Email { letters },
            (Place::Workstation(letters), _) => Spot::Workstation { letters },
            (Place::Ip, Kind::Ip(network)) => Spot::Ip(network.clone()),
            (Place::Extension, Kind::Number(digits) | Kind::Telephone(digits)) => {
                Spot::Phone { number: None, ext: Some(digits.digits.clone()) }
            }
            (_, Kind::Extension { at, ext }) => Spot::Phone { number: at.clone(), ext: Some(ext.clone()) },
            _ => continue,
        };
        all.push((found.cost, Fitting { place, guess: found.guess }));
    }
    let least = all.iter().map(|&(cost, _)| cost).min();
    all.into_iter().filter(|&(cost, _)| Some(cost) == least).map(|(_, fitting)| fitting).collect()
}

/// The spot of a word, given how many of its letters were typed.
type Named<'a> = dyn Fn(String, Option<usize>) -> Spot + 'a;

fn field(shared: Shared) -> Option<Field> {
    Some(match shared {
        Shared::Surname => Field::Surname,
        Shared::Name => Field::Name,
        Shared::Patronymic => Field::Patronymic,
        Shared::Position => Field::Position,
        Shared::Department => Field::Department,
        Shared::Unit => Field::Unit,
        Shared::Room => Field::Room,
        Shared::Domain => return None,
    })
}

/// The words of a field as the index cuts them, with their places in the folded text.
pub(in crate::directory) fn words(field: Field, text: &str) -> Vec<(String, [usize; 2])> {
    use super::{column, tokens};
    let folded = crate::directory::normalise::Folded::new(text);
    let tokens =
        |places: Vec<[usize; 2]>| places.into_iter().map(|[from, to]| (folded.slice(from, to), [from, to])).collect();
    match field {
        Field::Email => tokens(tokens::login_tokens(&folded.chars)),
        Field::Workstation => tokens(tokens::workstation_tokens(&folded.chars)),
        _ => {
            let cut = if field == Field::Room { column::Cut::Room } else { column::Cut::Words };
            column::cut_words(text, cut).into_iter().map(|word| (word.text, word.place)).collect()
        }
    }
}

/// The same for the domain of an address.
pub(in crate::directory) fn domain_words(domain: &str) -> Vec<(String, [usize; 2])> {
    use super::column::{Cut, cut_words};
    cut_words(domain, Cut::Domain).into_iter().map(|word| (word.text, word.place)).collect()
}
