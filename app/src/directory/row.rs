//! What a row of the results says: the name, what the person does, how to call, and why the person was
//! found when none of these shows it.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    directory::highlight::{Piece, pieces, shifted, units},
    model::employee::{Employee, Field, Guess, Match, Phone},
};

/// A telephone in highlighted pieces; the word before the extension is the page's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhonePieces {
    /// The number, empty for a mere extension.
    pub number: Vec<Piece>,
    /// The extension, empty without one.
    pub ext: Vec<Piece>,
}

/// A value that fits the query and is not part of the row's usual lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which field.
    pub field: Field,
    /// Its text.
    pub text: Vec<Piece>,
}

/// Everything a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Surname, name and patronymic.
    pub name: Vec<Piece>,
    /// Position, empty when unknown.
    pub position: Vec<Piece>,
    /// Department, empty when unknown.
    pub department: Vec<Piece>,
    /// The telephone that fits, else the first one.
    pub phone: Option<PhonePieces>,
    /// Other values that fit, in the order of the card.
    pub reasons: Vec<Reason>,
    /// How the query had to be read, when no direct reading fits.
    pub guess: Option<Guess>,
}

/// The row of this person in answers to a query (or without one: then nothing is highlighted).
#[must_use]
pub fn row(employee: &Employee) -> Row {
    let phone = shown_phone(employee);
    Row {
        name: name(employee),
        position: scalar(employee, Field::Position, employee.position.as_deref()),
        department: scalar(employee, Field::Department, employee.department.as_deref()),
        phone: phone.map(|index| phone_pieces(&employee.phones[index], &ranges(employee, Field::Phones, index))),
        reasons: reasons(employee, phone),
        guess: guess(employee),
    }
}

/// The full name in pieces.
#[must_use]
pub fn name(employee: &Employee) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut start = 0;
    let parts = [
        (Field::Surname, Some(employee.surname.as_str())),
        (Field::Name, Some(employee.name.as_str())),
        (Field::Patronymic, employee.patronymic.as_deref()),
    ];
    for (field, part) in parts {
        let Some(part) = part.filter(|part| !part.is_empty()) else { continue };
        all.extend(ranges(employee, field, 0).iter().map(|[from, to]| [from + start, to + start]));
        start += units(part) + 1;
    }
    pieces(&employee.full_name, &all)
}

/// A telephone in pieces; the ranges count over number, a space and extension.
#[must_use]
pub fn phone_pieces(phone: &Phone, ranges: &[[u32; 2]]) -> PhonePieces {
    match (&phone.number, &phone.ext) {
        (Some(_), Some(ext)) => PhonePieces {
            number: pieces(&phone.display, ranges),
            ext: pieces(ext, &shifted(ranges, units(&phone.display) + 1)),
        },
        (Some(_), None) => PhonePieces { number: pieces(&phone.display, ranges), ext: Vec::new() },
        (None, _) => PhonePieces { number: Vec::new(), ext: pieces(&phone.display, ranges) },
    }
}

/// The ranges of a field; `index` tells several telephones or addresses apart.
#[must_use]
pub fn ranges(employee: &Employee, field: Field, index: usize) -> Vec<[u32; 2]> {
    employee
        .matches
        .iter()
        .filter(|found| found.field == field && position(found) == index)
        .flat_map(|found| found.ranges.iter().copied())
        .collect()
}

/// Tells rows apart that look different: the same person with other matches, or changed meanwhile.
#[must_use]
pub fn fingerprint(employee: &Employee) -> u64 {
    let mut hasher = DefaultHasher::new();
    (employee.id, employee.version).hash(&mut hasher);
    for found in &employee.matches {
        (found.field, found.index, &found.ranges, found.guess).hash(&mut hasher);
    }
    hasher.finish()
}

fn position(found: &Match) -> usize {
    found.index.and_then(|index| usize::try_from(index).ok()).unwrap_or(0)
}

fn scalar(employee: &Employee, field: Field, text: Option<&str>) -> Vec<Piece> {
    text.map(|text| pieces(text, &ranges(employee, field, 0))).unwrap_or_default()
}

fn shown_phone(employee: &Employee) -> Option<usize> {
    let found = employee.matches.iter().find(|found| found.field == Field::Phones).map(position);
    found.filter(|index| *index < employee.phones.len()).or((!employee.phones.is_empty()).then_some(0))
}

fn guess(employee: &Employee) -> Option<Guess> {
    employee.matches.iter().filter_map(|found| found.guess).min()
}

fn reasons(employee: &Employee, shown_phone: Option<usize>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for found in &employee.matches {
        let index = position(found);
        let text = match found.field {
            Field::Phones if shown_phone == Some(index) => None,
            Field::Phones => employee.phones.get(index).map(shown_text),
            Field::Ips => employee.ips.get(index).cloned(),
            Field::Email => employee.email.clone(),
            Field::Workstation => employee.workstation.clone(),
            Field::Unit => employee.unit.clone(),
            Field::Room => employee.room.clone(),
            Field::Note => employee.note.clone(),
            _ => None,
        };
        if let Some(text) = text {
            let reason = Reason { field: found.field, text: pieces(&text, &ranges(employee, found.field, index)) };
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    reasons.sort_by_key(|reason| reason.field);
    reasons
}

/// A telephone as one text: the one that matches count in.
#[must_use]
pub fn shown_text(phone: &Phone) -> String {
    match (&phone.number, &phone.ext) {
        (Some(_), Some(ext)) => format!("{} {ext}", phone.display),
        _ => phone.display.clone(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use time::OffsetDateTime;

    use super::{Row, fingerprint, row};
    use crate::{
        directory::highlight::Piece,
        model::employee::{Employee, EmployeeState, Field, Guess, Match, Phone, PhoneKind},
    };

    pub(crate) fn phone(number: Option<&str>, ext: Option<&str>, display: &str) -> Phone {
        let kind = if number.is_none() { PhoneKind::Internal } else { PhoneKind::Landline };
        Phone { number: number.map(Into::into), ext: ext.map(Into::into), kind, display: display.into() }
    }

    pub(crate) fn ivanov() -> Employee {
        Employee {
            id: 7.into(),
            surname: "Иванов".into(),
            name: "Иван".into(),
            patronymic: Some("Петрович".into()),
            full_name: "Иванов Иван Петрович".into(),
            email: Some("ivanov.ip@sever-tech.example".into()),
            phones: vec![
                phone(Some("+74957802000"), Some("1234"), "+7 (495) 780-20-00"),
                phone(Some("+79161112233"), None, "+7 916 111-22-33"),
            ],
            ips: vec!["10.16.5.7".into(), "10.16.5.8".into()],
            workstation: Some("MSK-WS-01234".into()),
            position: Some("Бухгалтер".into()),
            department: Some("Бухгалтерия".into()),
            unit: Some("Касса".into()),
            room: Some("Б-214".into()),
            hired: None,
            note: None,
            state: EmployeeState::Active,
            version: 3,
            updated_at: OffsetDateTime::UNIX_EPOCH,
            matches: Vec::new(),
        }
    }

    fn found(field: Field, index: Option<u32>, ranges: &[[u32; 2]]) -> Match {
        Match { field, index, ranges: ranges.to_vec(), guess: None }
    }

    fn with(matches: Vec<Match>) -> Row {
        row(&Employee { matches, ..ivanov() })
    }

    fn marked(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn each_part_of_the_name_is_marked_at_its_place() {
        let row = with(vec![
            found(Field::Surname, None, &[[0, 3]]),
            found(Field::Name, None, &[[0, 1]]),
            found(Field::Patronymic, None, &[[0, 1]]),
        ]);
        assert_eq!(marked(&row.name), "[Ива]нов [И]ван [П]етрович");
        assert_eq!(row.reasons, []);
    }

    #[test]
    fn without_a_query_the_first_telephone_is_shown() {
        let phone = with(Vec::new()).phone.expect("he has telephones");
        assert_eq!(marked(&phone.number), "+7 (495) 780-20-00");
        assert_eq!(marked(&phone.ext), "1234");
    }

    #[test]
    fn the_extension_is_marked_behind_the_number() {
        let phone = with(vec![found(Field::Phones, Some(0), &[[19, 23]])]).phone.expect("he has telephones");
        assert_eq!(marked(&phone.number), "+7 (495) 780-20-00");
        assert_eq!(marked(&phone.ext), "[1234]");
    }

    #[test]
    fn the_telephone_that_fits_takes_the_place_of_the_first() {
        let row = with(vec![found(Field::Phones, Some(1), &[[3, 6]])]);
        assert_eq!(marked(&row.phone.expect("he has telephones").number), "+7 [916] 111-22-33");
        assert_eq!(row.reasons, []);
    }

    #[test]
    fn what_the_row_does_not_show_is_a_reason() {
        let row = with(vec![found(Field::Room, None, &[[0, 5]]), found(Field::Ips, Some(1), &[[0, 9]])]);
        let reasons: Vec<_> = row.reasons.iter().map(|reason| (reason.field, marked(&reason.text))).collect();
        assert_eq!(reasons, [(Field::Ips, "[10.16.5.8]".to_owned()), (Field::Room, "[Б-214]".to_owned())]);
    }

    #[test]
    fn position_and_department_are_marked_in_their_line() {
        let row = with(vec![found(Field::Position, None, &[[0, 4]]), found(Field::Department, None, &[[0, 4]])]);
        assert_eq!(marked(&row.position), "[Бухг]алтер");
        assert_eq!(marked(&row.department), "[Бухг]алтерия");
        assert_eq!(row.reasons, []);
    }

    #[test]
    fn a_guess_is_told() {
        let guessed = Match { guess: Some(Guess::Layout), ..found(Field::Surname, None, &[[0, 6]]) };
        assert_eq!(with(vec![guessed]).guess, Some(Guess::Layout));
        assert_eq!(with(vec![found(Field::Surname, None, &[[0, 6]])]).guess, None);
    }

    #[test]
    fn an_index_nobody_has_is_harmless() {
        let row = with(vec![found(Field::Phones, Some(9), &[[0, 2]]), found(Field::Ips, Some(9), &[[0, 2]])]);
        assert_eq!(row.reasons, []);
        assert_eq!(marked(&row.phone.expect("he has telephones").number), "+7 (495) 780-20-00");
    }

    #[test]
    fn other_matches_make_another_row() {
        let plain = ivanov();
        let marked = Employee { matches: vec![found(Field::Surname, None, &[[0, 3]])], ..ivanov() };
        assert_eq!(fingerprint(&plain), fingerprint(&ivanov()));
        assert_ne!(fingerprint(&plain), fingerprint(&marked));
        assert_ne!(fingerprint(&plain), fingerprint(&Employee { version: 4, ..ivanov() }));
    }
}
