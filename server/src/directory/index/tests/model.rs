//! The index against the plainest reading of the same rules: every word of the query is a word of the
//! person or begins one. Random people, random changes, random queries.

use std::collections::BTreeSet;

use app::model::employee::EmployeeState;

use crate::directory::{
    index::{Index, Record},
    normalise::fold,
};

/// A generator good enough for tests (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

// Names of different beginnings and lengths; none is an error, a spelling or a short form of another.
const SURNAMES: &[&str] = &["Громов", "Громыко", "Чехов", "Чехов-Громов", "Ёлкин", "Щука"];
const NAMES: &[&str] = &["Герман", "Гертруда", "Эдгар", "Осип"];
const UNITS: &[&str] = &["Гараж", "Гаражная охрана", "Эстакада", "Чешский склад"];

fn person(id: usize, random: &mut Random) -> Record {
    Record {
        id: (id as i64).into(),
        surname: random.pick(SURNAMES).into(),
        name: random.pick(NAMES).into(),
        patronymic: None,
        email: None,
        phones: vec![],
        ips: vec![],
        workstation: None,
        position: None,
        department: None,
        unit: Some(random.pick(UNITS).into()),
        room: None,
        state: EmployeeState::Active,
    }
}

fn fits(person: &Record, query: &str) -> bool {
    let text = fold(&format!("{} {} {}", person.surname, person.name, person.unit.as_deref().unwrap_or_default()));
    let words: Vec<&str> = text.split([' ', '-']).collect();
    fold(query).split(' ').all(|typed| words.iter().any(|word| word.starts_with(typed)))
}

#[test]
fn the_index_finds_whom_a_plain_scan_finds() {
    let random = &mut Random(11);
    let mut people: Vec<Option<Record>> = (0..200).map(|id| Some(person(id, random))).collect();
    let mut index = Index::build(people.iter().flatten().cloned());
    for _ in 0..400 {
        for _ in 0..3 {
            let id = random.below(people.len());
            people[id] = (random.below(4) > 0).then(|| person(id, random));
            match &people[id] {
                Some(person) => index.upsert(person.clone()),
                None => index.remove((id as i64).into()),
            }
        }
        let words: Vec<String> = (0..1 + random.below(3))
            .map(|_| {
                let from = [SURNAMES, NAMES, UNITS][random.below(3)];
                let word = random.pick(from).split([' ', '-']).next().unwrap_or_default();
                word.chars().take(2 + random.below(6)).collect()
            })
            .collect();
        let query = words.join(" ");
        let expected: BTreeSet<i64> =
            people.iter().flatten().filter(|person| fits(person, &query)).map(|person| person.id.get()).collect();
        let hits = index.search(&query, None, 1000, None).hits;
        let direct: BTreeSet<i64> =
            hits.iter().filter(|hit| !hit.cursor.score.is_guess()).map(|hit| hit.id.get()).collect();
        assert_eq!(direct, expected, "{query}");
        assert!(hits.is_sorted_by_key(|hit| hit.cursor.score));
        assert_eq!(index.len(), people.iter().flatten().count());
    }
}
