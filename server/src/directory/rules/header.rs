//! Which column holds what.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::{
    fields::text,
    workbook::{Row, Value},
};

/// A row with so many different known texts is a header.
pub(super) const LEAST: usize = 3;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// A running number, ignored.
    Number,
    /// The full name.
    FullName,
    /// Surname.
    Surname,
    /// First name.
    Name,
    /// Patronymic.
    Patronymic,
    /// Position.
    Position,
    /// Department.
    Department,
    /// Unit.
    Unit,
    /// Room.
    Room,
    /// Telephones; there may be several such columns.
    Phones,
    /// E-mail.
    Email,
    /// IP addresses.
    Ip,
    /// Workstation.
    Workstation,
    /// First day at work.
    Hired,
    /// The ID of our own export.
    Id,
    /// The note of our own export.
    Note,
}

/// Columns of our own export; they do not make a row a header.
const OWN: [(Column, &str); 2] = [(Column::Id, "id"), (Column::Note, "заметка")];

/// Known texts have at most 38 bytes; what is much longer needs no look.
const LONGEST: usize = 80;

/// The header of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    row: u32,
    columns: BTreeMap<u16, Column>,
}

impl Header {
    /// The header, if this row is one.
    #[must_use]
    pub fn find(row: &Row) -> Option<Self> {
        if known_texts(row) < LEAST {
            return None;
        }
        let column = |value: &Value| {
            let text = normalised(value)?;
            let own = OWN.iter().find(|(_, own)| *own == text).map(|(column, _)| *column);
            own.or_else(|| known(&text))
        };
        let columns = row.cells.iter().filter_map(|cell| Some((cell.column, column(&cell.value)?))).collect();
        Some(Self { row: row.number, columns })
    }

    /// The number of its row.
    #[must_use]
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Whether this column holds running numbers.
    #[must_use]
    pub fn is_number(&self, column: u16) -> bool {
        self.columns.get(&column) == Some(&Column::Number)
    }

    /// Whether some column holds this.
    #[must_use]
    pub fn has(&self, wanted: Column) -> bool {
        self.columns.values().any(|column| *column == wanted)
    }

    /// What a column holds.
    #[must_use]
    pub fn column(&self, column: u16) -> Option<Column> {
        self.columns.get(&column).copied()
    }
}

/// How many different known header texts a row has.
pub(super) fn known_texts(row: &Row) -> usize {
    let texts = row.cells.iter().filter_map(|cell| normalised(&cell.value).filter(|text| known(text).is_some()));
    texts.collect::<BTreeSet<_>>().len()
}

/// What a normalised header text names.
fn known(text: &str) -> Option<Column> {
    Some(match text {
        "№" | "№ п/п" | "#" | "no" | "n" => Column::Number,
        "фио" | "ф.и.о" | "сотрудник" | "фамилия имя отчество" | "employee" | "full name" => {
            Column::FullName
        }
        "фамилия" | "last name" | "surname" => Column::Surname,
        "имя" | "first name" => Column::Name,
        "отчество" | "middle name" => Column::Patronymic,
        "должность" | "должн" | "position" | "title" | "job title" => Column::Position,
        "подразделение" | "департамент" | "department" => Column::Department,
        "отдел" | "участок" | "unit" => Column::Unit,
        "кабинет" | "каб" | "комната" | "room" | "office" => Column::Room,
        "телефон"
        | "тел"
        | "телефоны"
        | "телефон рабочий"
        | "телефон (городской)"
        | "phone"
        | "внутр"
        | "внутренний"
        | "доб"
        | "ext"
        | "мобильный"
        | "моб"
        | "моб. телефон"
        | "мобильный телефон"
        | "mobile" => Column::Phones,
        "e-mail" | "email" | "почта" | "эл. почта" | "электронная почта" => Column::Email,
        "ip" | "ip-адрес" | "ip address" => Column::Ip,
        "имя пк" | "компьютер" | "арм" | "рабочая станция" | "hostname" | "workstation" | "pc" => {
            Column::Workstation
        }
        "дата приема" | "start date" => Column::Hired,
        _ => return None,
    })
}

fn normalised(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.len() <= LONGEST => {
            Some(text::fold(text).trim_end_matches(['.', ':', '*', ' ']).to_owned())
        }
        _ => None,
    }
}
