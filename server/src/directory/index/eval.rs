//! One part of a query against one segment: who fits, and how well anybody fits.

use std::{collections::BTreeMap, ops::Range};

use super::{
    docs::Docs,
    fields::{self, FieldHits, Numbers, Place},
    find::Hit,
    segment::{Segment, Shared},
    tokens::Tokens,
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
        Place::Extension | Place::NumberAndExtension | Place::Ip => field::NUMBER,
    }
}

#[derive(Debug)]
pub(super) struct PartEval {
    columns: [Option<ColumnFits>; 8],
    logins: TokenFits,
    workstations: TokenFits,
    numbers: Vec<(Vec<u32>, Fit)>,
    people: Vec<(Fit, Docs)>,
    /// At least how many people fit.
    size: usize,
    /// How well anybody fits.
    best: Fit,
}

/// How words of a login or a computer's name fit.
#[derive(Debug)]
struct TokenFits {
    ranges: Vec<(Range<u32>, Fit)>,
    /// By word, if there are so many ranges that looking through them takes long.
    table: Vec<Fit>,
}

/// More ranges than that are looked up in a table.
const FEW: usize = 8;

impl TokenFits {
    fn new(hits: &[Hit], tokens: &Tokens, weight: u16) -> Self {
        let fit = |hit: &Hit| Fit::new(hit.cost, hit.looseness, weight + field::ONE_OF_SEVERAL);
        let ranges: Vec<(Range<u32>, Fit)> = hits.iter().map(|hit| (hit.words.clone(), fit(hit))).collect();
        let mut table = Vec::new();
        if ranges.len() > FEW {
            table.resize(tokens.words.len() as usize, Fit::NONE);
            for (range, fit) in &ranges {
                table[range.start as usize..range.end as usize].iter_mut().for_each(|best| *best = (*best).min(*fit));
            }
        }
        Self { ranges, table }
    }

    fn size(&self, tokens: &Tokens) -> usize {
        self.ranges.iter().map(|(range, _)| tokens.docs(range.clone()).len()).sum()
    }

    fn fit(&self, word: u32) -> Fit {
        if let Some(fit) = self.table.get(word as usize) {
            return *fit;
        }
        let fitting = self.ranges.iter().filter(|(range, _)| range.contains(&word));
        fitting.map(|&(_, fit)| fit).min().unwrap_or(Fit::NONE)
    }
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
        let FieldHits { columns, logins, workstations, numbers, people } = fields::find(segment, part, effort);
        let mut size = 0;
        let mut all = Shared::ALL.into_iter();
        let columns = columns.map(|hits| {
            let shared = all.next()?;
            column_fits(segment, shared, &hits).inspect(|fits| {
                size += fits.values.iter().map(|&value| segment.column(shared).docs(value).len()).sum::<usize>();
            })
        });
        let logins = TokenFits::new(&logins, &segment.logins, field::LOGIN);
        let workstations = TokenFits::new(&workstations, &segment.workstations, field::WORKSTATION);
        size += logins.size(&segment.logins) + workstations.size(&segment.workstations);
        let number_fit = |of: Numbers| (of.numbers, Fit::new(of.cost, of.looseness, field::NUMBER));
        let numbers: Vec<(Vec<u32>, Fit)> = numbers.into_iter().map(number_fit).collect();
        size += numbers.iter().flat_map(|(numbers, _)| numbers).map(|&at| segment.phones.docs(at).len()).sum::<usize>();
        let people: Vec<(Fit, Docs)> = people
            .into_iter()
            .map(|found| {
                size += found.docs.len();
                let fit = Fit::new(found.cost, found.looseness, place_weight(found.place));
                (fit, united(&[Source::List(&found.docs)], segment.len()))
            })
            .collect();
        let fits = (columns.iter().flatten().filter_map(|column| column.fits.iter().min()))
            .chain(logins.ranges.iter().chain(&workstations.ranges).map(|(_, fit)| fit))
            .chain(numbers.iter().map(|(_, fit)| fit))
            .chain(people.iter().map(|(fit, _)| fit));
        let best = fits.min().copied().unwrap_or(Fit::NONE);
        Self { columns, logins, workstations, numbers, people, size, best }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    pub(super) fn best(&self) -> Fit {
        self.best
    }

    /// How well somebody fits: by each of his three names, and by the best of the other fields.
    pub(super) fn fits(&self, segment: &Segment, doc: u32) -> ([Fit; 3], Fit) {
        let mut fits = [Fit::NONE; 8];
        for ((fit, column), of_column) in fits.iter_mut().zip(&self.columns).zip(&segment.columns) {
            if let Some(column) = column
                && let Some(value) = of_column.value(doc)
            {
                *fit = column.fits[value as usize];
            }
        }
        let [surname, name, patronymic, rest @ ..] = fits;
        let mut best = rest.into_iter().min().unwrap_or(Fit::NONE);
        for (fits, tokens) in [(&self.logins, &segment.logins), (&self.workstations, &segment.workstations)] {
            if !fits.ranges.is_empty() {
                best = tokens.words_of(doc).iter().map(|&word| fits.fit(word)).fold(best, Fit::min);
            }
        }
        for (numbers, fit) in &self.numbers {
            if *fit < best && segment.phones.has_any(doc, numbers) {
                best = *fit;
            }
        }
        for (fit, docs) in &self.people {
            if *fit < best && docs.contains(doc) {
                best = *fit;
            }
        }
        ([surname, name, patronymic], best)
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
            for (range, fit) in &fits.ranges {
                tiers.entry(*fit).or_default().push(Source::List(tokens.docs(range.clone())));
            }
        }
        for (numbers, fit) in &self.numbers {
            let lists = numbers.iter().map(|&number| Source::Number(segment, number));
            tiers.entry(*fit).or_default().extend(lists);
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
    Number(&'a Segment, u32),
}

impl<'a> Source<'a> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Docs(docs) => docs.len(),
            Self::Number(segment, number) => segment.phones.docs(*number).len(),
        }
    }

    pub(super) fn each(self, mut take: impl FnMut(u32)) {
        match self {
            Self::List(list) => list.iter().copied().for_each(take),
            Self::Docs(docs) => docs.iter().for_each(&mut take),
            Self::Number(segment, number) => segment.phones.docs(number).for_each(take),
        }
    }
}

/// The people of several sources, each once and in order.
pub(super) fn united(sources: &[Source<'_>], count: u32) -> Docs {
    let size = sources.iter().map(Source::len).sum();
    Docs::collect(size, count, |take| {
        for source in sources {
            source.each(&mut *take);
        }
    })
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
