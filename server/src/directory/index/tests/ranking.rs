//! Who comes before whom.

use app::model::employee::EmployeeState;

use super::{
    company::{company, people},
    found,
};
use crate::directory::index::{Cursor, Index, Record};

fn before(text: &str, first: &str, second: &str) {
    let all = found(&company(), text);
    let place = |who: &str| all.iter().position(|found| found == who);
    let (Some(a), Some(b)) = (place(first), place(second)) else { panic!("{text}: {all:?}") };
    assert!(a < b, "{text}: {all:?}");
}

#[test]
fn an_exact_word_comes_before_a_longer_one() {
    before("иванов", "ivanov.ip", "ivanova.ii");
    before("роман", "r.zaitsev", "romanov.g");
    before("александр", "petukhov.a", "s.aleksandrov");
    before("305", "ivanov.as", "s.aleksandrov");
    before("305", "ivanov.as", "sokolov.k");
    before("10.16.5.7", "ivanov.ip", "ivanov.as");
}

#[test]
fn the_surname_comes_before_other_names_and_work() {
    before("иванов", "ivanov.ip", "petrov.ii");
    before("петров", "petrov.ii", "petrova-ivanova.m");
    before("инженер", "ivanov.as", "petrov.ii");
}

#[test]
fn a_direct_reading_comes_before_a_guess() {
    // Romanov begins so, Roman goes by it: neither is a guess about the letters.
    before("рома", "r.zaitsev", "romanov.g");
    // The login is written so, the name only sounds so.
    before("petrov", "petrov.ii", "petrova-ivanova.m");
}

#[test]
fn each_typed_word_wants_a_word_of_its_own() {
    let all = found(&company(), "иванов ив");
    assert_eq!(all[0], "ivanov.ip");
    before("иванов ив", "petrov.ii", "ivanov.as");
}

#[test]
fn errors_are_looked_for_only_when_nothing_else_fits() {
    assert_eq!(found(&company(), "петухов"), ["petukhov.a"]);
    assert_eq!(found(&company(), "петрухов"), ["petukhov.a"]);
}

#[test]
fn people_who_left_come_last_among_equals() {
    let index = Index::build(people().map(|person| {
        let left = person.email.as_deref() == Some("ivanov.as@spb.firm.example");
        Record { state: if left { EmployeeState::Left } else { EmployeeState::Active }, ..person }
    }));
    assert_eq!(found(&index, "иванов")[..2], ["ivanov.ip", "ivanov.as"]);
    assert_eq!(found(&company(), "иванов")[..2], ["ivanov.as", "ivanov.ip"]);
}

#[test]
fn a_department_limits_the_search() {
    let index = company();
    let hits = index.search("и", Some("бухгалтерия"), 10, None).hits;
    assert_eq!(hits.len(), 2);
    assert_eq!(index.search("и", Some("Нет такого"), 10, None).hits, []);
}

#[test]
fn pages_follow_each_other_without_holes_whatever_is_put_in() {
    let index = company();
    for text in ["и", "отдел", "а", "1", "ivanov", "иванов и", "пертов"] {
        let whole: Vec<_> = index.search(text, None, 100, None).hits.iter().map(|hit| hit.id).collect();
        for size in 1..4 {
            let mut growing = index.clone();
            let (mut pages, mut after): (Vec<_>, Option<Cursor>) = (Vec::new(), None);
            loop {
                let hits = growing.search(text, None, size, after.as_ref()).hits;
                let Some(last) = hits.last() else { break };
                after = Cursor::decode(&last.cursor.encode());
                pages.extend(hits.iter().map(|hit| hit.id).filter(|id| id.get() < 1000));
                let another = Record { id: (1000 + pages.len() as i64).into(), ..people().next().expect("somebody") };
                growing.upsert(another);
            }
            assert_eq!(pages, whole, "{text} by {size}");
        }
    }
}
