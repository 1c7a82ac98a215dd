//! What is marked, field by field.

use app::model::employee::{Employee, EmployeeState, Field, Guess, Match};
use time::OffsetDateTime;

use super::mark;
use crate::directory::normalise::phone;

fn employee() -> Employee {
    let phone = |number: Option<&str>, ext: Option<&str>| phone::shown(number.map(Into::into), ext.map(Into::into));
    Employee {
        id: 1.into(),
        surname: "Соловьёв-Ким".into(),
        name: "Артём".into(),
        patronymic: Some("Сергеевич".into()),
        full_name: "Соловьёв-Ким Артём Сергеевич".into(),
        email: Some("solovev.as@spb.firm.example".into()),
        phones: vec![
            phone(Some("+74957802000"), Some("1234")),
            phone(None, Some("5678")),
            phone(Some("+79161112233"), None),
        ],
        ips: vec!["10.16.5.7".into(), "192.168.0.70".into()],
        workstation: Some("MSK-WS-01234".into()),
        position: Some("Слесарь-сборщик 🔧 сменный".into()),
        department: Some("Отдел сборки".into()),
        unit: None,
        room: Some("Б-214".into()),
        hired: None,
        note: Some("соловьёв".into()),
        state: EmployeeState::Active,
        version: 1,
        updated_at: OffsetDateTime::UNIX_EPOCH,
        matches: vec![],
    }
}

fn matches(text: &str, employee: &Employee) -> Vec<Match> {
    let mut page = [employee.clone()];
    mark(text, &mut page);
    let [employee] = page;
    employee.matches
}

type Expected<'a> = (Field, Option<u32>, &'a [[u32; 2]], Option<Guess>);

#[test]
fn what_fits_is_marked_in_every_field() {
    let employee = employee();
    let cases: &[(&str, &[Expected<'_>])] = &[
        ("соловьев", &[(Field::Surname, None, &[[0, 8]], None)]),
        ("соло", &[(Field::Surname, None, &[[0, 4]], None)]),
        ("КИМ артём", &[(Field::Surname, None, &[[9, 12]], None), (Field::Name, None, &[[0, 5]], None)]),
        (
            "соловьев а.с.",
            &[
                (Field::Surname, None, &[[0, 8]], None),
                (Field::Name, None, &[[0, 1]], None),
                (Field::Patronymic, None, &[[0, 1]], None),
            ],
        ),
        ("смен", &[(Field::Position, None, &[[19, 23]], None)]),
        ("сбор", &[(Field::Position, None, &[[8, 12]], None), (Field::Department, None, &[[6, 10]], None)]),
        ("8 (495) 780-20", &[(Field::Phones, Some(0), &[[1, 15]], None)]),
        ("780-20-00 доб. 1234", &[(Field::Phones, Some(0), &[[9, 18], [19, 23]], None)]),
        ("вн. 56", &[(Field::Phones, Some(1), &[[0, 2]], None)]),
        ("22-33", &[(Field::Phones, Some(2), &[[13, 18]], None)]),
        ("+7916", &[(Field::Phones, Some(2), &[[1, 7]], None)]),
        ("10.16.", &[(Field::Ips, Some(0), &[[0, 5]], None)]),
        ("0.70", &[(Field::Ips, Some(1), &[[8, 12]], None)]),
        ("192.168.0.7", &[(Field::Ips, Some(1), &[[0, 11]], None)]),
        ("msk-ws-012", &[(Field::Workstation, None, &[[0, 10]], None)]),
        ("ws 01234", &[(Field::Workstation, None, &[[4, 6], [7, 12]], None)]),
        ("каб. б-21", &[(Field::Room, None, &[[0, 4]], None)]),
        ("214", &[(Field::Room, None, &[[2, 5]], None)]),
        ("solovev.as", &[(Field::Email, None, &[[0, 10]], None)]),
        ("@spb.firm.example", &[(Field::Email, None, &[[11, 27]], None)]),
        ("firm", &[(Field::Email, None, &[[15, 19]], None)]),
        ("cjkjdmtd", &[(Field::Surname, None, &[[0, 8]], Some(Guess::Layout))]),
        ("solovyov", &[(Field::Surname, None, &[[0, 8]], Some(Guess::Translit))]),
        ("соловёв", &[(Field::Surname, None, &[[0, 8]], Some(Guess::Typo))]),
        ("coловьев", &[(Field::Surname, None, &[[0, 8]], Some(Guess::Lookalike))]),
        ("тёма", &[(Field::Name, None, &[[0, 5]], Some(Guess::Diminutive))]),
        ("solovev сборки", &[(Field::Email, None, &[[0, 7]], None), (Field::Department, None, &[[6, 12]], None)]),
        ("иванов", &[]),
        ("", &[]),
        ("🔧", &[]),
    ];
    for (text, expected) in cases {
        let found = matches(text, &employee);
        let found: Vec<Expected<'_>> =
            found.iter().map(|of| (of.field, of.index, of.ranges.as_slice(), of.guess)).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn pieces_are_in_order_apart_and_between_characters() {
    let employee = Employee { name: "😀Ий\u{306}😀".into(), ..employee() };
    for text in ["и", "соловьев ким соло к", "а б в 1 2 3", "ий", "слесарь сменный сборщик сле", "1 12 123 1234"]
    {
        for of in matches(text, &employee) {
            assert!(!of.ranges.is_empty() && of.ranges.iter().all(|[from, to]| from < to), "{text}: {of:?}");
            assert!(of.ranges.windows(2).all(|pair| pair[0][1] <= pair[1][0]), "{text}: {of:?}");
            if of.field == Field::Name {
                assert_eq!(of.ranges, [[2, if text == "ий" { 5 } else { 3 }]], "{text}");
            }
        }
    }
}

#[test]
fn each_of_a_page_is_explained_as_if_alone() {
    let others = [
        Employee { id: 2.into(), surname: "Соловьева".into(), name: "Ким".into(), ..employee() },
        Employee {
            id: 3.into(),
            surname: "Смирнов".into(),
            phones: vec![phone::shown(Some("+74957802001".into()), Some("2140".into()))],
            ips: vec!["10.16.5.70".into()],
            workstation: Some("SPB-PC-1234".into()),
            department: None,
            room: Some("5678".into()),
            ..employee()
        },
        Employee { id: 4.into(), surname: "Абаев".into(), name: "Тёма".into(), email: None, ..employee() },
    ];
    let mut page = vec![employee()];
    page.extend(others);
    for text in [
        "соловьев",
        "соло",
        "ким артём",
        "тёма",
        "смринов",
        "solovev",
        "cjkjdmtd",
        "1234",
        "214",
        "5678",
        "10.16.5.7",
        "780-20-00 доб. 1234",
        "+7495",
        "а",
        "ws 01234",
        "spb-pc",
        "firm",
        "отдел сборки",
        "соловьев а.с.",
        "никто",
    ] {
        let alone: Vec<Vec<Match>> = page.iter().map(|employee| matches(text, employee)).collect();
        mark(text, &mut page);
        for (employee, alone) in page.iter().zip(alone) {
            assert_eq!(employee.matches, alone, "{text}: {}", employee.surname);
        }
    }
}
