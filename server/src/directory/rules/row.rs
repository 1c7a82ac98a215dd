//! A person's row as a person.

use app::model::import::RejectReason;

use super::{Header, Incoming, header::Column};
use crate::directory::{
    fields::{Warning, Warnings, date, email, ip, name, phone, place, text},
    person::Person,
    workbook::{Row, Value},
};

/// The person of a row, or why nothing of it is stored.
pub(super) fn person(header: &Header, row: &Row, department: Option<&str>) -> Result<Incoming, RejectReason> {
    let cells = Cells { header, row };
    let mut warnings = Warnings::default();
    let full = cells.plain(Column::FullName);
    let parts = [Column::Surname, Column::Name, Column::Patronymic].map(|column| cells.plain(column));
    let raw = [parts[0].as_str(), parts[1].as_str(), parts[2].as_str()];
    let [surname, name, patronymic] = name::of_full(&full, raw, &mut warnings).map_err(|(_, reason)| reason)?;
    let id = cells.first(Column::Id).and_then(|value| text::clean(&value.text()).parse().ok());
    let email = email::parse(&cells.plain(Column::Email)).map_err(|email::Invalid| RejectReason::InvalidEmail)?;
    if email.is_none() && id.is_none() {
        return Err(RejectReason::MissingEmail);
    }
    let mut person = Person { surname, name, email, ..Person::default() };
    person.patronymic = Some(patronymic).filter(|patronymic| !patronymic.is_empty());
    for cell in &row.cells {
        match header.column(cell.column) {
            Some(Column::Phones) => phones(&cell.value, &mut person, &mut warnings),
            Some(Column::Ip) => ip::read(&readable(&cell.value, &mut warnings), &mut person.ips, &mut warnings),
            _ => {}
        }
    }
    person.workstation = place::workstation(&cells.text(Column::Workstation, &mut warnings), &mut warnings);
    person.room = place::room(&cells.text(Column::Room, &mut warnings), &mut warnings);
    person.hired = hired(cells.first(Column::Hired), &mut warnings);
    person.position = cells.limited(Column::Position, text::TEXT_LIMIT, &mut warnings);
    person.unit = cells.limited(Column::Unit, text::TEXT_LIMIT, &mut warnings);
    person.department = if header.has(Column::Department) {
        cells.limited(Column::Department, text::TEXT_LIMIT, &mut warnings)
    } else {
        department.and_then(|department| text::limited(department, text::TEXT_LIMIT, &mut warnings))
    };
    if id.is_some() {
        person.note = cells.limited(Column::Note, text::NOTE_LIMIT, &mut warnings);
    }
    Ok(Incoming { person, id, warnings })
}

struct Cells<'a> {
    header: &'a Header,
    row: &'a Row,
}

impl<'a> Cells<'a> {
    fn of(&self, wanted: Column) -> impl Iterator<Item = &'a Value> {
        let header = self.header;
        let cells = self.row.cells.iter().filter(move |cell| header.column(cell.column) == Some(wanted));
        cells.map(|cell| &cell.value)
    }

    /// The first value of the columns that hold this, an error if there is nothing else.
    fn first(&self, wanted: Column) -> Option<&'a Value> {
        let says = |value: &&Value| text::value(&value.text()).is_some() || matches!(value, Value::Date(_));
        self.of(wanted).find(says).or_else(|| self.of(wanted).find(|value| **value == Value::Error))
    }

    /// The text of a name or e-mail: an error is nothing.
    fn plain(&self, wanted: Column) -> String {
        self.first(wanted).map(|value| value.text().into_owned()).unwrap_or_default()
    }

    fn text(&self, wanted: Column, warnings: &mut Warnings) -> String {
        self.first(wanted).map(|value| readable(value, warnings)).unwrap_or_default()
    }

    fn limited(&self, wanted: Column, limit: usize, warnings: &mut Warnings) -> Option<String> {
        text::limited(&self.text(wanted, warnings), limit, warnings)
    }
}

/// The text of a cell: an error is nothing, and a reservation.
fn readable(value: &Value, warnings: &mut Warnings) -> String {
    if *value == Value::Error {
        warnings.insert(Warning::CellError);
    }
    value.text().into_owned()
}

fn phones(value: &Value, person: &mut Person, warnings: &mut Warnings) {
    match value {
        // Excel takes 12-10 for a day in October.
        Value::Date(_) => warnings.insert(Warning::PhoneInvalid),
        value => phone::read(&readable(value, warnings), &mut person.phones, warnings),
    }
}

fn hired(value: Option<&Value>, warnings: &mut Warnings) -> Option<time::Date> {
    let day = match value? {
        Value::Date(day) => day.ok_or(date::Invalid).map(Some),
        value => date::parse(&readable(value, warnings)),
    };
    day.unwrap_or_else(|date::Invalid| {
        warnings.insert(Warning::DateInvalid);
        None
    })
}
