//! The directory as a workbook that imports back unchanged.
//!
//! Only active people belong in it: naming somebody who has left would bring him back. Everything is
//! written as text but first days at work, so that nothing turns into a number, a date or a formula.

use std::io::{Seek, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use time::Date;

use super::{fields::draft::spelled, person::Person};

/// Header texts that the import knows, with widths in characters.
const COLUMNS: [(&str, f64); 14] = [
    ("ID", 8.0),
    ("Фамилия", 20.0),
    ("Имя", 16.0),
    ("Отчество", 18.0),
    ("Должность", 32.0),
    ("Подразделение", 32.0),
    ("Отдел", 32.0),
    ("Кабинет", 10.0),
    ("Телефоны", 40.0),
    ("E-mail", 32.0),
    ("IP-адрес", 16.0),
    ("Имя ПК", 16.0),
    ("Дата приёма", 12.0),
    ("Заметка", 40.0),
];
const HIRED: u16 = 12;

/// Writes people one after the other; only one of them is in memory.
pub struct Export {
    workbook: Workbook,
    /// The row of the next person.
    next: u32,
    date: Format,
}

impl Export {
    /// Begins with the header.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn begin() -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        let bold = Format::new().set_bold();
        sheet.set_freeze_panes(1, 0)?;
        for ((text, width), column) in COLUMNS.into_iter().zip(0..) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, text, &bold)?;
        }
        Ok(Self { workbook, next: 1, date: Format::new().set_num_format("dd.mm.yyyy") })
    }

    /// Adds somebody.
    ///
    /// # Errors
    /// When there is no room for temporary files, or on a sheet.
    pub fn add(&mut self, id: i64, person: &Person) -> Result<(), XlsxError> {
        let row = self.next;
        let sheet = self.workbook.worksheet_from_index(0)?;
        let phones = person.phones.iter().map(spelled).collect::<Vec<_>>().join("; ");
        let texts = [
            Some(id.to_string()),
            Some(person.surname.clone()),
            Some(person.name.clone()),
            person.patronymic.clone(),
            person.position.clone(),
            person.department.clone(),
            person.unit.clone(),
            person.room.clone(),
            Some(phones),
            person.email.clone(),
            Some(person.ips.join("; ")),
            person.workstation.clone(),
            None,
            person.note.clone(),
        ];
        for (text, column) in texts.into_iter().zip(0..) {
            match text.filter(|text| !text.is_empty()) {
                Some(text) => {
                    sheet.write_string(row, column, text)?;
                }
                None if column == HIRED => write_day(sheet, row, person.hired, &self.date)?,
                None => {}
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, into: impl Write + Seek + Send) -> Result<(), XlsxError> {
        self.workbook.save_to_writer(into)
    }
}

fn write_day(sheet: &mut Worksheet, row: u32, day: Option<Date>, format: &Format) -> Result<(), XlsxError> {
    let Some(day) = day else {
        return Ok(());
    };
    // Before March 1900 the calendar of Excel differs from everybody else's.
    let modern = u16::try_from(day.year()).ok().filter(|year| *year > 1900);
    match modern.map(|year| ExcelDateTime::from_ymd(year, day.month().into(), day.day())) {
        Some(day) => sheet.write_datetime_with_format(row, HIRED, day?, format)?,
        None => sheet.write_string(row, HIRED, day.to_string())?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use time::macros::date;

    use super::*;
    use crate::directory::{
        person::Phone,
        rules::{RowKind, SheetRules},
        workbook::{Refused, Wanted, Workbook},
    };

    fn back(people: &[Person]) -> Vec<(Option<i64>, Person)> {
        let mut export = Export::begin().unwrap();
        for (person, id) in people.iter().zip(1..) {
            export.add(id, person).unwrap();
        }
        let mut bytes = Cursor::new(Vec::new());
        export.finish(&mut bytes).unwrap();
        let (mut rules, mut found) = (SheetRules::default(), Vec::new());
        let mut workbook = Workbook::open(bytes).unwrap();
        let read = workbook.rows(0, |row| {
            match rules.row(row) {
                Some(RowKind::Person(incoming)) => {
                    assert!(incoming.warnings.is_empty(), "{:?}", incoming.warnings);
                    found.push((incoming.id, incoming.person));
                }
                Some(other) => panic!("{other:?}"),
                None => {}
            }
            Ok::<_, Refused>(Wanted::More)
        });
        read.unwrap();
        found
    }

    #[test]
    fn what_is_exported_reads_back_as_it_was() {
        let text = |text: &str| Some(text.to_owned());
        let phone = |number: Option<&str>, ext: Option<&str>| Phone {
            number: number.map(str::to_owned),
            ext: ext.map(str::to_owned),
        };
        let people = [
            Person { surname: "Иванов".into(), name: "Иван".into(), ..Person::default() },
            Person {
                surname: "'Ван Дер Берг".into(),
                name: "И.".into(),
                patronymic: text("Вели оглы"),
                email: text("a@b.example"),
                phones: vec![
                    phone(Some("+74957802000"), Some("1234")),
                    phone(Some("+375291234567"), None),
                    phone(None, Some("123456")),
                ],
                ips: vec!["10.0.0.1".into(), "10.0.0.2".into()],
                workstation: text("12345"),
                position: text("=1+1"),
                department: text("007"),
                unit: text("'1e5 _x000D_ <&>"),
                room: text("01.02.2003"),
                hired: Some(date!(2015 - 02 - 01)),
                note: text("+7 @SUM(A1) \"кавычки\""),
            },
            Person {
                surname: "Старый".into(),
                name: "Пётр".into(),
                hired: Some(date!(1900 - 01 - 15)),
                ..Person::default()
            },
        ];
        let expected: Vec<_> = people.iter().cloned().zip(1..).map(|(person, id)| (Some(id), person)).collect();
        assert_eq!(back(&people), expected);
    }
}
