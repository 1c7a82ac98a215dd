//! Why one person fits: the words and numbers behind the score.

use app::model::employee::{Field, Guess};

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

/// What fits the query, by its best reading; empty if the person does not fit.
pub(in crate::directory) fn fittings(text: &str, record: Record) -> Vec<Fitting> {
    let segment = Segment::new(std::iter::once(record));
    let nobody = Bits::new(1);
    for effort in Effort::ALL {
        let query = Query::new(text, effort);
        if let Some(plan) = Search::new(&segment, &nobody, None, &query, effort).best_plan(0) {
            return plan.parts.iter().flat_map(|&part| of_part(&segment, &query.parts[part], effort)).collect();
        }
    }
    Vec::new()
}

/// The fields that fit a part with the least guessing.
fn of_part(segment: &Segment, part: &Part, effort: Effort) -> Vec<Fitting> {
    let FieldHits { columns, logins, workstations, numbers, people } = fields::find(segment, part, effort);
    let mut all: Vec<(u16, Fitting)> = Vec::new();
    let mut words = |words: &Texts, hits: Vec<Hit>, spot: &dyn Fn(String, Option<usize>) -> Spot| {
        for hit in hits {
            for word in hit.words {
                let place = spot(words.get(word).to_owned(), hit.letters);
                all.push((hit.cost, Fitting { place, guess: hit.guess }));
            }
        }
    };
    for ((shared, hits), column) in Shared::ALL.into_iter().zip(columns).zip(&segment.columns) {
        words(&column.words, hits, &|word, letters| match field(shared) {
            Some(field) => Spot::Word { field, word, letters },
            None => Spot::Domain { word, letters },
        });
    }
    words(&segment.logins.words, logins, &|word, letters| Spot::Word { field: Field::Email, word, letters });
    words(&segment.workstations.words, workstations, &|word, letters| Spot::Word {
        field: Field::Workstation,
        word,
        letters,
    });
    for found in numbers {
        if let Kind::Number(digits) | Kind::Telephone(digits) = &part.kind {
            let place = Spot::Phone { number: Some(digits.clone()), ext: None };
            all.push((found.cost, Fitting { place, guess: found.guess }));
        }
    }
    for found in people {
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
