//! People in the order of their names with everything needed to find them; never changes once built.

use std::cmp::Ordering;

use app::model::{employee::EmployeeState, ids::EmployeeId};

use super::{
    column::{Column, ColumnBuilder, Cut},
    docs::Bits,
    fuzzy::Fuzzy,
    ips::{Ips, IpsBuilder},
    phones::{Phones, PhonesBuilder},
    record::{Line, Record},
    tokens::{self, Key, Tokens, TokensBuilder},
};
use crate::directory::normalise;

/// The fields of a [`Column`], in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    Surname,
    Name,
    Patronymic,
    Position,
    Department,
    Unit,
    Room,
    Domain,
}

impl Shared {
    pub(super) const ALL: [Self; 8] = [
        Self::Surname,
        Self::Name,
        Self::Patronymic,
        Self::Position,
        Self::Department,
        Self::Unit,
        Self::Room,
        Self::Domain,
    ];

    pub(super) fn cut(self) -> Cut {
        match self {
            Self::Room => Cut::Room,
            Self::Domain => Cut::Domain,
            _ => Cut::Words,
        }
    }

    pub(super) fn text(self, record: &Record) -> Option<&str> {
        match self {
            Self::Surname => Some(&record.surname),
            Self::Name => Some(&record.name),
            Self::Patronymic => record.patronymic.as_deref(),
            Self::Position => record.position.as_deref(),
            Self::Department => record.department.as_deref(),
            Self::Unit => record.unit.as_deref(),
            Self::Room => record.room.as_deref(),
            Self::Domain => record.email.as_deref().and_then(|email| email.split_once('@')).map(|(_, domain)| domain),
        }
    }
}

#[derive(Debug)]
pub(super) struct Segment {
    pub(super) ids: Vec<EmployeeId>,
    /// Places in the order of ids.
    by_id: Vec<u32>,
    pub(super) left: Bits,
    pub(super) columns: [Column; 8],
    pub(super) fuzzy: [Fuzzy; 8],
    pub(super) logins: Tokens,
    pub(super) login_fuzzy: Fuzzy,
    pub(super) workstations: Tokens,
    pub(super) phones: Phones,
    pub(super) ips: Ips,
}

impl Segment {
    pub(super) fn new(records: impl Iterator<Item = Record>) -> Self {
        let mut columns: [ColumnBuilder; 8] = Default::default();
        let (mut logins, mut workstations) = (TokensBuilder::default(), TokensBuilder::default());
        let (mut phones, mut ips) = (PhonesBuilder::default(), IpsBuilder::default());
        let (mut ids, mut left) = (Vec::new(), Vec::new());
        for record in records {
            for (column, shared) in columns.iter_mut().zip(Shared::ALL) {
                column.push(shared.text(&record));
            }
            let (email, workstation) = (record.email.as_deref(), record.workstation.as_deref());
            let login = email.map_or("", |email| email.split('@').next().unwrap_or_default());
            logins.push(email, cut(login, tokens::login_tokens));
            workstations.push(workstation, cut(workstation.unwrap_or_default(), tokens::workstation_tokens));
            phones.push(&record.phones);
            ips.push(&record.ips);
            left.push(record.state == EmployeeState::Left);
            ids.push(record.id);
        }
        let count = ids.len() as u32;
        let ranks: Vec<Vec<u32>> = columns[..3].iter().map(ColumnBuilder::ranks).collect();
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_unstable_by_key(|&doc| {
            let at = doc as usize;
            (ranks[0][at], ranks[1][at], ranks[2][at], ids[at])
        });
        drop(ranks);
        let mut cuts = Shared::ALL.into_iter().map(Shared::cut);
        let columns = columns.map(|column| column.finish(&order, cuts.next().unwrap_or(Cut::Words)));
        let mut left_bits = Bits::new(count);
        order.iter().zip(0..).filter(|&(&doc, _)| left[doc as usize]).for_each(|(_, place)| left_bits.insert(place));
        let ids: Vec<EmployeeId> = order.iter().map(|&doc| ids[doc as usize]).collect();
        let mut by_id: Vec<u32> = (0..count).collect();
        by_id.sort_unstable_by_key(|&doc| ids[doc as usize]);
        Self {
            fuzzy: Default::default(),
            login_fuzzy: Fuzzy::default(),
            columns,
            logins: logins.finish(&order, Key::Text),
            workstations: workstations.finish(&order, Key::Compact),
            phones: phones.finish(&order),
            ips: ips.finish(&order),
            left: left_bits,
            by_id,
            ids,
        }
    }

    pub(super) fn len(&self) -> u32 {
        self.ids.len() as u32
    }

    pub(super) fn column(&self, shared: Shared) -> &Column {
        &self.columns[shared as usize]
    }

    pub(super) fn place(&self, id: EmployeeId) -> Option<u32> {
        let at = self.by_id.binary_search_by_key(&id, |&doc| self.ids[doc as usize]).ok()?;
        Some(self.by_id[at])
    }

    /// The person as he was given.
    pub(super) fn record(&self, doc: u32) -> Record {
        let text = |shared| self.column(shared).text(doc).map(str::to_owned);
        Record {
            id: self.ids[doc as usize],
            surname: text(Shared::Surname).unwrap_or_default(),
            name: text(Shared::Name).unwrap_or_default(),
            patronymic: text(Shared::Patronymic),
            email: self.logins.text(doc).map(str::to_owned),
            phones: self.phones.of(doc).collect::<Vec<Line>>(),
            ips: self.ips.of(doc).collect(),
            workstation: self.workstations.text(doc).map(str::to_owned),
            position: text(Shared::Position),
            department: text(Shared::Department),
            unit: text(Shared::Unit),
            room: text(Shared::Room),
            state: if self.left.contains(doc) { EmployeeState::Left } else { EmployeeState::Active },
        }
    }

    /// The folded names by which people of equal score are ordered.
    pub(super) fn name_key(&self, doc: u32) -> [String; 3] {
        [Shared::Surname, Shared::Name, Shared::Patronymic]
            .map(|shared| self.column(shared).text(doc).map(normalise::fold).unwrap_or_default())
    }

    /// How many people come before or at this name and id.
    pub(super) fn places_until(&self, names: &[String; 3], id: EmployeeId) -> u32 {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match self.name_key(middle).cmp(names).then_with(|| self.ids[middle as usize].cmp(&id)) {
                Ordering::Greater => to = middle,
                _ => from = middle + 1,
            }
        }
        from
    }
}

fn cut(text: &str, places: fn(&[char]) -> Vec<[usize; 2]>) -> impl Iterator<Item = String> {
    let folded = normalise::Folded::new(text);
    places(&folded.chars).into_iter().map(move |[from, to]| folded.slice(from, to))
}
