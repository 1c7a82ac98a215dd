//! A workbook as companies really keep them: several sheets, each with its own columns and habits, some
//! cells damaged and some rows beyond help, so that an import has something to tell.

mod damage;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{People, Phone, Record, company::DEPARTMENTS, dice::Dice};

/// What a written workbook holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Different people that an import finds.
    pub people: usize,
    /// Rows that repeat one of them.
    pub repeated: usize,
    /// Rows that an import has to refuse.
    pub refused: usize,
}

/// What a column is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    FullName,
    Surname,
    Name,
    Patronymic,
    Position,
    Department,
    Unit,
    Room,
    AllPhones,
    LandlinePhone,
    MobilePhone,
    Email,
    Ip,
    Workstation,
    Hired,
    Remark,
}

use Column::{
    AllPhones, Department, Email, FullName, Hired, Ip, LandlinePhone, MobilePhone, Name, Number, Patronymic, Position,
    Remark, Room, Surname, Unit, Workstation,
};

const HEAD_OFFICE: [(&str, Column); 13] = [
    ("№ п/п", Number),
    ("Ф.И.О.", FullName),
    ("Должность", Position),
    ("Подразделение", Department),
    ("Отдел", Unit),
    ("Кабинет", Room),
    ("Телефон рабочий", LandlinePhone),
    ("Моб. телефон", MobilePhone),
    ("E-mail", Email),
    ("IP-адрес", Ip),
    ("Имя ПК", Workstation),
    ("Дата приёма", Hired),
    ("Примечание", Remark),
];

const BRANCH: [(&str, Column); 10] = [
    ("Фамилия", Surname),
    ("Имя", Name),
    ("Отчество", Patronymic),
    ("Должн.", Position),
    ("Участок", Unit),
    ("Каб.", Room),
    ("Телефоны", AllPhones),
    ("Эл. почта", Email),
    ("IP", Ip),
    ("АРМ", Workstation),
];

const REGIONS: [(&str, Column); 9] = [
    ("Full name", FullName),
    ("Job title", Position),
    ("Department", Department),
    ("Office", Room),
    ("Phone", AllPhones),
    ("E-mail", Email),
    ("IP address", Ip),
    ("Hostname", Workstation),
    ("Start date", Hired),
];

/// A workbook with about `count` people; the same for the same seed.
///
/// # Errors
/// When the file cannot be put together.
pub fn write(count: usize, seed: u64) -> Result<(Vec<u8>, Summary), XlsxError> {
    let people: Vec<_> = People::new(seed).take(count).collect();
    let at = |sites: std::ops::Range<usize>| people.iter().filter(move |person| sites.contains(&person.site));
    let mut dice = Dice::new(seed ^ 0x7767);
    let mut summary = Summary::default();
    let mut workbook = Workbook::new();

    let sheet = workbook.add_worksheet().set_name("Москва")?;
    sheet.write(0, 1, "АО «Невский прибор». Справочник сотрудников, центральный офис")?;
    let mut page = Page { sheet, row: 2, columns: &HEAD_OFFICE, dice: &mut dice, summary: &mut summary };
    page.header()?;
    let mut head_office = Vec::new();
    for person in at(0..1) {
        page.person(person)?;
        head_office.push(person);
    }
    page.note(&format!("Итого: {}", head_office.len()))?;

    let sheet = workbook.add_worksheet().set_name("Санкт-Петербург")?;
    let mut page = Page { sheet, row: 0, columns: &BRANCH, dice: &mut dice, summary: &mut summary };
    page.header()?;
    for department in &DEPARTMENTS {
        let mut members = at(1..2).filter(|person| person.department.as_deref() == Some(department.name)).peekable();
        if members.peek().is_some() {
            page.note(department.name)?;
        }
        for person in members {
            page.person(person)?;
        }
    }

    let sheet = workbook.add_worksheet().set_name("Регионы")?;
    let mut page = Page { sheet, row: 0, columns: &REGIONS, dice: &mut dice, summary: &mut summary };
    page.header()?;
    for person in at(2..5) {
        page.person(person)?;
    }
    // Some of the head office stand here as well, with another room: they travel.
    for person in head_office.iter().filter(|person| person.room.is_some()).step_by(40) {
        let again =
            Record { room: Some("переговорная".to_owned()), phones: Vec::new(), ..(*person).clone() };
        page.again(&again)?;
    }

    let hidden = workbook.add_worksheet().set_name("Уволенные")?;
    hidden.set_hidden(true);
    hidden.write_row(0, 0, ["ФИО", "Должность", "E-mail"])?;
    hidden.write_row(1, 0, ["Прежний Пётр Петрович", "Сторож", "prezhnii.pp@nevpribor.example"])?;
    workbook.add_worksheet().set_name("Лист1")?;
    let notes = workbook.add_worksheet().set_name("Заметки")?;
    notes.write(0, 0, "Изменения присылать в отдел кадров до 25 числа")?;
    notes.write(1, 0, "Пароль к файлу у секретаря")?;
    Ok((workbook.save_to_buffer()?, summary))
}

/// A sheet that is being written.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    columns: &'a [(&'static str, Column)],
    dice: &'a mut Dice,
    summary: &'a mut Summary,
}

impl Page<'_> {
    fn header(&mut self) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        for (column, (title, _)) in (0..).zip(self.columns) {
            self.sheet.write_with_format(self.row, column, *title, &bold)?;
            self.sheet.set_column_width(column, 18)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A line with one filled cell.
    fn note(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write(self.row, 1, text)?;
        self.row += 1;
        Ok(())
    }

    fn person(&mut self, person: &Record) -> Result<(), XlsxError> {
        if self.dice.permille(12) {
            self.beyond_help(person)?;
        }
        if self.dice.permille(10) {
            self.row += 1;
        }
        self.summary.people += 1;
        self.write(person)
    }

    fn again(&mut self, person: &Record) -> Result<(), XlsxError> {
        self.summary.repeated += 1;
        let clean = Record { surname: person.surname.clone(), ..person.clone() };
        self.write(&clean)
    }

    /// A row that resembles this person's and has to be refused.
    fn beyond_help(&mut self, person: &Record) -> Result<(), XlsxError> {
        let mut row = person.clone();
        match self.dice.below(5) {
            0 => row.email.clear(),
            1 => row.email = format!("new.{}", row.email.replace('@', " at ")),
            2 => (row.surname, row.name, row.patronymic) = ("Вакансия".into(), String::new(), None),
            3 => (row.surname, row.name) = (format!("{}2", row.surname), "Копия".into()),
            _ => (row.name, row.patronymic) = (String::new(), None),
        }
        self.summary.refused += 1;
        self.write(&row)
    }

    fn write(&mut self, person: &Record) -> Result<(), XlsxError> {
        let columns = self.columns;
        for (at, (_, column)) in (0..).zip(columns) {
            let text = match column {
                Number => {
                    self.sheet.write(self.row, at, self.row)?;
                    continue;
                }
                Hired => {
                    self.hired(at, person.hired.as_deref())?;
                    continue;
                }
                Room if self.dice.permille(3) => {
                    let formula = rust_xlsxwriter::Formula::new("=VLOOKUP(B4,Лист1!A:B,2,0)").set_result("#N/A");
                    self.sheet.write(self.row, at, formula)?;
                    continue;
                }
                FullName => damage::name(&full_name(person), self.dice),
                Surname => damage::name(&person.surname, self.dice),
                Name => person.name.clone(),
                Patronymic => person.patronymic.clone().unwrap_or_default(),
                Position => person.position.clone().unwrap_or_default(),
                Department => person.department.clone().unwrap_or_default(),
                Unit => person.unit.clone().unwrap_or_else(|| "-".into()),
                Room => damage::room(person.room.as_deref(), self.dice),
                AllPhones => damage::phones(&person.phones, self.dice),
                LandlinePhone => damage::phones(&chosen(person, false), self.dice),
                MobilePhone => damage::phones(&chosen(person, true), self.dice),
                Email => damage::email(&person.email, self.dice),
                Ip => damage::ip(&person.ips, self.dice),
                Workstation => damage::workstation(person.workstation.as_deref(), self.dice),
                Remark => if self.dice.permille(30) { "удалённо" } else { "" }.to_owned(),
            };
            if !text.is_empty() {
                self.sheet.write(self.row, at, text)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    fn hired(&mut self, at: u16, hired: Option<&str>) -> Result<(), XlsxError> {
        let Some(iso) = hired else { return Ok(()) };
        match self.dice.below(40) {
            0 => self.sheet.write(self.row, at, "с осени")?,
            1..=9 => {
                let parts: Vec<_> = iso.split('-').rev().collect();
                self.sheet.write(self.row, at, parts.join("."))?
            }
            _ => {
                let format = Format::new().set_num_format("dd.mm.yyyy");
                self.sheet.write_datetime_with_format(self.row, at, ExcelDateTime::parse_from_str(iso)?, &format)?
            }
        };
        Ok(())
    }
}

fn full_name(person: &Record) -> String {
    let parts = [Some(person.surname.as_str()), Some(person.name.as_str()), person.patronymic.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn chosen(person: &Record, mobile: bool) -> Vec<Phone> {
    let is_mobile = |phone: &&Phone| phone.number.as_ref().is_some_and(|number| number.starts_with("+79"));
    person.phones.iter().filter(|phone| is_mobile(phone) == mobile).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn a_workbook_is_a_zip_with_something_to_tell() {
        let (file, summary) = write(200, 7).unwrap();
        assert_eq!(&file[..4], b"PK\x03\x04");
        assert_eq!(summary.people, 200);
        assert!(summary.refused > 0 && summary.repeated > 0, "{summary:?}");
    }
}
