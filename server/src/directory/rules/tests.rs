//! The rules of rows, case by case.

use app::model::import::{RejectReason, SheetSkipped};
use time::macros::date;

use super::*;
use crate::directory::workbook::Cell;

const NO_DEPARTMENT: [&str; 6] = ["№", "ФИО", "E-mail", "Телефон", "Каб.", "Дата приёма"];

fn text(number: u32, texts: &[&str]) -> Row {
    let cells = texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
    let cell = |(at, text): (usize, &&str)| Cell {
        column: u16::try_from(at).unwrap(),
        value: if *text == "#REF!" { Value::Error } else { Value::Text((*text).to_owned()) },
    };
    Row { number, cells: cells.map(cell).collect() }
}

fn sheet(header: &[&str]) -> SheetRules {
    let mut rules = SheetRules::default();
    assert_eq!(rules.row(&text(1, header)), None);
    assert!(rules.header().is_some(), "{header:?}");
    rules
}

fn only(header: &[&str], cells: &[&str]) -> RowKind {
    sheet(header).row(&text(2, cells)).unwrap()
}

fn somebody(header: &[&str], cells: &[&str]) -> Incoming {
    match only(header, cells) {
        RowKind::Person(incoming) => *incoming,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_header_is_the_first_row_with_three_different_known_texts() {
    let mut rules = SheetRules::default();
    assert_eq!(rules.row(&text(1, &["Справочник"])), None);
    assert_eq!(rules.row(&text(3, &["Телефон", "ТЕЛЕФОН :", "ФИО"])), None);
    assert_eq!(rules.row(&text(4, &["ID", "Заметка", "ФИО", "Почта"])), None);
    assert!(rules.header().is_none());
    assert_eq!(rules.row(&text(7, &["Ф.И.О.*", " Эл.  ПОЧТА:", "Тел.", "Что-то"])), None);
    assert_eq!(rules.header().map(Header::row), Some(7));
}

#[test]
fn a_header_below_the_twentieth_row_is_none() {
    let mut rules = SheetRules::default();
    let row = text(21, &NO_DEPARTMENT);
    assert_eq!(rules.row(&row), None);
    assert!(rules.is_decided(&row));
    assert_eq!(rules.finish(), Err(SheetSkipped::NoHeader));
    let mut rules = SheetRules::default();
    rules.row(&text(20, &NO_DEPARTMENT));
    assert_eq!(rules.finish(), Ok(0));
}

#[test]
fn a_sheet_without_a_filled_cell_is_empty() {
    let mut rules = SheetRules::default();
    rules.row(&text(1, &["#REF!"]));
    assert_eq!(rules.finish(), Err(SheetSkipped::Empty));
}

#[test]
fn kinds_of_rows() {
    let table: [(&[&str], RowKind); 9] = [
        (&[], RowKind::Blank),
        (&["12"], RowKind::Blank),
        (&["12", "#REF!"], RowKind::Blank),
        (&NO_DEPARTMENT, RowKind::Header),
        (&["", "Итого: 5 чел."], RowKind::Note),
        (&["", "", "", "всего"], RowKind::Note),
        (&["3", "", " Дирекция\u{a0}"], RowKind::Separator(Some("Дирекция".into()))),
        (&["", "-"], RowKind::Separator(None)),
        (&["", "-", "-"], RowKind::Rejected(RejectReason::MissingName)),
    ];
    for (cells, expected) in table {
        assert_eq!(only(&NO_DEPARTMENT, cells), expected, "{cells:?}");
    }
}

#[test]
fn blank_rows_at_the_end_are_not_counted() {
    let mut rules = sheet(&NO_DEPARTMENT);
    rules.row(&text(5, &["", "Дирекция"]));
    rules.row(&text(9, &["7"]));
    assert_eq!(rules.finish(), Ok(4));
}

#[test]
fn a_separator_is_the_department_of_the_rows_below() {
    let mut rules = sheet(&NO_DEPARTMENT);
    let department = |rules: &mut SheetRules, number| {
        let row = text(number, &["", "Иванов Иван", "a@b.example"]);
        match rules.row(&row) {
            Some(RowKind::Person(incoming)) => incoming.person.department,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(department(&mut rules, 2), None);
    rules.row(&text(3, &["", "Дирекция"]));
    assert_eq!(department(&mut rules, 4).as_deref(), Some("Дирекция"));
    rules.row(&text(5, &["", "нет"]));
    assert_eq!(department(&mut rules, 6), None);
}

#[test]
fn a_department_column_makes_separators_meaningless() {
    let mut rules = sheet(&["ФИО", "E-mail", "Подразделение"]);
    rules.row(&text(2, &["Дирекция"]));
    let Some(RowKind::Person(incoming)) = rules.row(&text(3, &["Иванов Иван", "a@b.example"])) else {
        panic!("somebody");
    };
    assert_eq!(incoming.person.department, None);
}

#[test]
fn rows_are_rejected_by_the_first_rule_they_break() {
    let long = format!("{} Иван", "я".repeat(101));
    let table = [
        ("Вакансия", "", RejectReason::Vacancy),
        ("вакант 2", "a@b.example", RejectReason::Vacancy),
        ("#REF!", "a@b.example", RejectReason::MissingName),
        ("-", "", RejectReason::MissingName),
        ("Пост охраны 3", "", RejectReason::InvalidName),
        ("??? ???", "a@b.example", RejectReason::InvalidName),
        ("Иванов", "", RejectReason::IncompleteName),
        ("(Иванов Иван 2)", "a@b.example", RejectReason::IncompleteName),
        (&long, "", RejectReason::NameTooLong),
        ("Иванов Иван", "", RejectReason::MissingEmail),
        ("Иванов Иван", "#REF!", RejectReason::MissingEmail),
        ("Иванов Иван", "нет", RejectReason::MissingEmail),
        ("Иванов Иван", "a@b", RejectReason::InvalidEmail),
    ];
    for (name, email, reason) in table {
        assert_eq!(only(&NO_DEPARTMENT, &["1", name, email, "1234", "5"]), RowKind::Rejected(reason), "{name} {email}");
    }
}

#[test]
fn a_row_becomes_a_person_with_its_reservations() {
    let header = ["Сотрудник", "Почта", "Тел.", "Внутр.", "IP", "АРМ", "Комната", "Дата приёма", "Должность"];
    let cells = [
        "ИВАНОВА (Смирнова) А.П.",
        "mailto:A@B.example",
        "780-20-00; 12",
        "доб. 1234",
        "10.0.0.1/24, x",
        "не назначена",
        "#REF!",
        "31.02.2015",
        &"я".repeat(300),
    ];
    let Incoming { person, id, warnings } = somebody(&header, &cells);
    assert_eq!(person.full_name(), "Иванова А. П.");
    assert_eq!((person.email.as_deref(), id), (Some("a@b.example"), None));
    assert_eq!(person.shown(app::model::employee::Field::Phones).as_deref(), Some("+7 (495) 780-20-00, 1234"));
    assert_eq!(person.ips, ["10.0.0.1"]);
    assert_eq!((person.workstation, person.room, person.hired), (None, None, None));
    assert_eq!(person.position.map(|position| position.chars().count()), Some(255));
    let codes = [
        "cell_error",
        "truncated",
        "initials_only",
        "name_note_dropped",
        "phone_invalid",
        "ip_invalid",
        "workstation_invalid",
        "date_invalid",
    ];
    assert_eq!(warnings.codes().collect::<Vec<_>>(), codes);
}

#[test]
fn separate_name_columns_hold_names_of_several_words() {
    let header = ["Фамилия", "Имя", "Отчество", "Email"];
    let person = somebody(&header, &["ван Дейк", "АННА-МАРИЯ", "-", "a@b.example"]).person;
    assert_eq!([person.surname.as_str(), person.name.as_str()], ["Ван Дейк", "Анна-Мария"]);
    assert_eq!(person.patronymic, None);
}

#[test]
fn a_full_name_is_completed_from_the_other_columns() {
    let header = ["Сотрудник", "Имя", "Отчество", "Email"];
    let person = somebody(&header, &["Иванов", "Иван", "Петрович", "a@b.example"]).person;
    assert_eq!(person.full_name(), "Иванов Иван Петрович");
}

#[test]
fn dates_and_numbers_in_cells() {
    let mut row = text(2, &["", "Иванов Иван", "a@b.example"]);
    let day = Value::Date(Some(date!(2024 - 10 - 12)));
    for (column, value) in [(3, day.clone()), (4, Value::Number(305.0)), (5, day)] {
        row.cells.push(Cell { column, value });
    }
    let Some(RowKind::Person(incoming)) = sheet(&NO_DEPARTMENT).row(&row) else {
        panic!("somebody");
    };
    let Incoming { person, warnings, .. } = *incoming;
    assert_eq!((person.phones.len(), person.room.as_deref()), (0, Some("305")));
    assert_eq!(person.hired, Some(date!(2024 - 10 - 12)));
    assert_eq!(warnings.codes().collect::<Vec<_>>(), ["phone_invalid"]);
}

#[test]
fn an_id_makes_the_email_optional_and_the_note_readable() {
    let header = ["Фамилия", "Имя", "E-mail", "ID", "Заметка"];
    let incoming = somebody(&header, &["Иванов", "Иван", "", "17", "на  складе"]);
    assert_eq!((incoming.id, incoming.person.note.as_deref()), (Some(17), Some("на складе")));
    let incoming = somebody(&header, &["Иванов", "Иван", "a@b.example", "", "на складе"]);
    assert_eq!((incoming.id, incoming.person.note), (None, None));
    let kind = only(&header, &["Иванов", "Иван", "", "семнадцать", ""]);
    assert_eq!(kind, RowKind::Rejected(RejectReason::MissingEmail));
}
