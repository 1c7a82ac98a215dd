//! One part of a query against one segment: who fits, and how well anybody fits.

use std::{collections::BTreeMap, ops::Range};

use super::{
    docs::Docs,
    fields::{self, FieldHits, Place},
    find::Hit,
    segment::{Segment, Shared},
    tokens,
};
use crate::directory::{
    query::{Effort, Part},
    rank::{Fit, field, looseness},
};

pub(super) fn weight(shared: Shared) -> u16 {
    match shared {
        Shared::Surname => field::SURNAME,
        Shared::Name => field::NAME,
        Shared::Patronymic => field::PATRONYMIC,
        Shared::Position => field::POSITION,
        Shared::Department => field::DEPARTMENT,
        Shared::Unit => field::UNIT,
        Shared::Room => field::ROOM,
        Shared::Domain => field::DOMAIN,
    }
}

/// How a word of a field fits, given how the query's word fits it.
pub(super) fn word_fit(shared: Shared, hit: &Hit, whole: bool) -> Fit {
    let part_of_code = matches!(shared, Shared::Room | Shared::Domain) && !whole && hit.looseness == looseness::EXACT;
    let looseness = if part_of_code { looseness::PART } else { hit.looseness };
    Fit::new(hit.cost, looseness, weight(shared) + if whole { 0 } else { field::ONE_OF_SEVERAL })
}

pub(super) fn place_weight(place: Place) -> u16 {
    match place {
        Place::Email(_) => field::LOGIN,
        Place::Workstation(_) => field::WORKSTATION,
        Place::Number | Place::Extension | Place::NumberAndExtension | Place::Ip => field::NUMBER,
    }
}

#[derive(Debug)]
pub(super) struct PartEval {
    columns: [Option<ColumnFits>; 8],
    logins: Vec<(Range<u32>, Fit)>,
    workstations: Vec<(Range<u32>, Fit)>,
    people: Vec<(Fit, Docs)>,
    /// At least how many people fit.
    size: usize,
}

#[derive(Debug)]
struct ColumnFits {
    /// Values that fit, each once.
    values: Vec<u32>,
    /// By value.
    fits: Vec<Fit>,
}

impl PartEval {
    pub(super) fn new(segment: &Segment, part: &Part, effort: Effort) -> Self {
        let FieldHits { columns, logins, workstations, people } = fields::find(segment, part, effort);
        let mut size = 0;
        let mut all = Shared::ALL.into_iter();
        let columns = columns.map(|hits| {
            let shared = all.next()?;
            column_fits(segment, shared, &hits).inspect(|fits| {
                size += fits.values.iter().map(|&value| segment.column(shared).docs(value).len()).sum::<usize>();
            })
        });
        let token_fits = |hits: Vec<Hit>, weight: u16| -> Vec<(Range<u32>, Fit)> {
            hits.into_iter()
                .map(|hit| (hit.words, Fit::new(hit.cost, hit.looseness, weight + field::ONE_OF_SEVERAL)))
                .collect()
        };
        let logins = token_fits(logins, field::LOGIN);
        let workstations = token_fits(workstations, field::WORKSTATION);
        size += logins.iter().map(|(range, _)| tokens::range_docs(&segment.logins, range)).sum::<usize>();
        size += workstations.iter().map(|(range, _)| tokens::range_docs(&segment.workstations, range)).sum::<usize>();
        let people: Vec<(Fit, Docs)> = people
            .into_iter()
            .map(|found| {
                size += found.docs.len();
                let fit = Fit::new(found.cost, found.looseness, place_weight(found.place));
                (fit, Docs::collect(found.docs.iter().copied(), found.docs.len(), segment.len()))
            })
            .collect();
        Self { columns, logins, workstations, people, size }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// How well somebody fits: by each of his three names, and by the best of the other fields.
    pub(super) fn fits(&self, segment: &Segment, doc: u32) -> ([Fit; 3], Fit) {
        let mut fits = [Fit::NONE; 8];
        for ((fit, column), of_column) in fits.iter_mut().zip(&self.columns).zip(&segment.columns) {
            if let (Some(column), Some(value)) = (column, of_column.value(doc)) {
                *fit = column.fits[value as usize];
            }
        }
        let [surname, name, patronymic, rest @ ..] = fits;
        let mut best = rest.into_iter().min().unwrap_or(Fit::NONE);
        let words = [(&self.logins, &segment.logins), (&self.workstations, &segment.workstations)];
        for (fits, tokens) in words.into_iter().filter(|(fits, _)| !fits.is_empty()) {
            for word in tokens.words_of(doc) {
                let fitting = fits.iter().filter(|(range, _)| range.contains(word)).map(|&(_, fit)| fit);
                best = fitting.min().map_or(best, |fit| fit.min(best));
            }
        }
        for (fit, docs) in &self.people {
            if *fit < best && docs.contains(doc) {
                best = *fit;
            }
        }
        ([surname, name, patronymic], best)
    }

    /// Everybody who fits, in order.
    pub(super) fn docs(&self, segment: &Segment) -> Docs {
        Docs::collect(self.tiers(segment).into_values().flatten().flat_map(Source::iter), self.size, segment.len())
    }

    /// Who fits, best fit first; the same person may come again with a worse one.
    pub(super) fn tiers<'a>(&'a self, segment: &'a Segment) -> BTreeMap<Fit, Vec<Source<'a>>> {
        let mut tiers: BTreeMap<Fit, Vec<Source<'a>>> = BTreeMap::new();
        for (column, of_column) in self.columns.iter().zip(&segment.columns) {
            for &value in column.iter().flat_map(|column| &column.values) {
                let fit = column.as_ref().map_or(Fit::NONE, |column| column.fits[value as usize]);
                tiers.entry(fit).or_default().push(Source::List(of_column.docs(value)));
            }
        }
        for (fits, tokens) in [(&self.logins, &segment.logins), (&self.workstations, &segment.workstations)] {
            for (range, fit) in fits {
                tiers.entry(*fit).or_default().extend(range.clone().map(|word| Source::List(tokens.docs(word))));
            }
        }
        for (fit, docs) in &self.people {
            tiers.entry(*fit).or_default().push(Source::Docs(docs));
        }
        tiers
    }
}

/// Some of the people who fit.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'a> {
    List(&'a [u32]),
    Docs(&'a Docs),
}

impl Source<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Docs(docs) => docs.len(),
        }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        let (list, docs) = match self {
            Self::List(list) => (list, None),
            Self::Docs(docs) => (&[][..], Some(docs)),
        };
        list.iter().copied().chain(docs.into_iter().flat_map(Docs::iter))
    }
}

fn column_fits(segment: &Segment, shared: Shared, hits: &[Hit]) -> Option<ColumnFits> {
    if hits.is_empty() {
        return None;
    }
    let column = segment.column(shared);
    let mut fits = vec![Fit::NONE; column.value_count() as usize];
    let mut values = Vec::new();
    for hit in hits {
        for (value, whole) in hit.words.clone().flat_map(|word| column.values_of(word)) {
            let fit = &mut fits[value as usize];
            if !fit.is_some() {
                values.push(value);
            }
            *fit = (*fit).min(word_fit(shared, hit, whole));
        }
    }
    Some(ColumnFits { values, fits })
}
