//! Changes are visible at once, and cost little.

use super::{
    company::{company, people},
    found,
};
use crate::directory::index::{Index, Record};

fn renamed(index: &Index, id: i64, surname: &str) -> Record {
    Record { surname: surname.into(), ..index.get(id.into()).expect("somebody") }
}

#[test]
fn a_change_replaces_what_was_known() {
    let mut index = company();
    let count = index.len();
    index.upsert(renamed(&index, 8, "Курочкин"));
    assert_eq!(found(&index, "курочкин"), ["petukhov.a"]);
    assert_eq!(found(&index, "петухов")[..1], ["petukhov.a"], "the login is still so");
    assert_eq!(index.len(), count);
    index.remove(8.into());
    assert_eq!((found(&index, "курочкин"), index.len()), (vec![], count - 1));
    assert_eq!(index.get(8.into()), None);
    index.remove(8.into());
    assert_eq!(index.len(), count - 1);
}

#[test]
fn an_index_grown_one_by_one_is_the_same_as_one_built_at_once() {
    let mut grown = Index::default();
    for _ in 0..3 {
        people().for_each(|person| grown.upsert(person));
    }
    let built = company();
    assert_eq!(grown.len(), built.len());
    for text in ["и", "иванов", "б-214", "10.16", "пнтухов", "саша", "ivanov", "780"] {
        assert_eq!(found(&grown, text), found(&built, text), "{text}");
    }
    for person in people() {
        assert_eq!(grown.get(person.id), Some(person));
    }
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let mut index = company();
    let snapshot = index.clone();
    index.remove(8.into());
    assert_eq!(found(&snapshot, "петухов"), ["petukhov.a"]);
    assert_eq!(found(&index, "петухов александр юрьевич"), [""; 0]);
}

#[test]
fn compacting_aside_loses_no_change_made_meanwhile() {
    let mut index = company();
    index.upsert(renamed(&index, 1, "Первый"));
    let compacted = index.clone().compacted();
    index.upsert(renamed(&index, 2, "Второй"));
    index.remove(3.into());
    index.adopt(compacted);
    assert_eq!(index.len(), company().len() - 1);
    for (text, who) in [("первый", Some("ivanov.ip")), ("второй", Some("ivanov.as")), ("ильинична", None)]
    {
        assert_eq!(found(&index, text).first().map(String::as_str), who, "{text}");
    }
    assert!(!index.is_fragmented());
}

#[test]
fn many_changes_make_an_index_worth_compacting() {
    let mut index = company();
    assert!(!index.is_fragmented());
    for round in 0..100 {
        people().for_each(|person| index.upsert(Record { surname: format!("Имя{round}"), ..person }));
    }
    assert_eq!(index.len(), company().len());
    assert_eq!(index.search("имя99", None, 100, None).hits.len(), company().len());
    assert_eq!(index.search("имя98", None, 100, None).hits, []);
}
