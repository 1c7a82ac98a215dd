//! An employee as a vCard 3.0, the version that every telephone and mail program reads. Pure.
//!
//! The administrators' note and network addresses stay here: a card is passed on.

use std::fmt::Write as _;

use app::model::employee::{Employee, Phone, PhoneKind};
use time::format_description::well_known::Rfc3339;

/// Lines are folded so that none has more octets, as RFC 2426 wants.
const LINE: usize = 75;

/// The card; `page` is the address of the person's page here.
#[must_use]
pub fn render(person: &Employee, page: &str) -> String {
    let mut card = Card(String::new());
    card.line("BEGIN:VCARD");
    card.line("VERSION:3.0");
    card.line(&format!(
        "N:{};{};{};;",
        escape(&person.surname),
        escape(&person.name),
        escape(person.patronymic.as_deref().unwrap_or_default())
    ));
    card.line(&format!("FN:{}", escape(&person.full_name)));
    if person.department.is_some() || person.unit.is_some() {
        // The first part is the name of the organisation, which is not known here.
        card.line(&format!(
            "ORG:;{};{}",
            escape(person.department.as_deref().unwrap_or_default()),
            escape(person.unit.as_deref().unwrap_or_default())
        ));
    }
    if let Some(position) = &person.position {
        card.line(&format!("TITLE:{}", escape(position)));
    }
    for phone in &person.phones {
        card.phone(phone);
    }
    if let Some(email) = &person.email {
        card.line(&format!("EMAIL;TYPE=INTERNET,WORK:{}", escape(email)));
    }
    if let Some(room) = &person.room {
        card.line(&format!("ADR;TYPE=WORK:;{};;;;;", escape(room)));
    }
    card.line(&format!("URL:{}", escape(page)));
    if let Ok(at) = person.updated_at.format(&Rfc3339) {
        card.line(&format!("REV:{at}"));
    }
    card.line("END:VCARD");
    card.0
}

/// The name of the file: letters and digits as they are, everything else a hyphen.
#[must_use]
pub fn file_name(person: &Employee) -> String {
    let mut name = String::new();
    for part in [&person.surname, &person.name] {
        if !name.is_empty() {
            name.push('-');
        }
        name.extend(part.chars().filter(|c| c.is_alphanumeric() || *c == '-'));
    }
    name + ".vcf"
}

struct Card(String);

impl Card {
    fn phone(&mut self, phone: &Phone) {
        let sort = if phone.kind == PhoneKind::Mobile { "CELL" } else { "WORK" };
        let dialled = match (&phone.number, &phone.ext) {
            // A comma is a pause: the telephone dials the extension after the answer.
            (Some(number), Some(ext)) => format!("{number},{ext}"),
            (Some(number), None) => number.clone(),
            (None, Some(ext)) => ext.clone(),
            (None, None) => return,
        };
        self.line(&format!("TEL;TYPE={sort},VOICE:{}", escape(&dialled)));
    }

    fn line(&mut self, text: &str) {
        let mut room = LINE;
        for c in text.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        let _ = write!(self.0, "\r\n");
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use app::model::employee::EmployeeState;
    use time::macros::datetime;

    use super::*;

    fn person() -> Employee {
        Employee {
            id: 7.into(),
            surname: "Иванов".into(),
            name: "Иван".into(),
            patronymic: Some("Петрович".into()),
            full_name: "Иванов Иван Петрович".into(),
            email: Some("ivanov.ip@sever-tech.example".into()),
            phones: vec![
                Phone {
                    number: Some("+74957802000".into()),
                    ext: Some("1234".into()),
                    kind: PhoneKind::Landline,
                    display: "+7 (495) 780-20-00".into(),
                },
                Phone {
                    number: Some("+79161112233".into()),
                    ext: None,
                    kind: PhoneKind::Mobile,
                    display: "+7 (916) 111-22-33".into(),
                },
                Phone { number: None, ext: Some("1234".into()), kind: PhoneKind::Internal, display: "1234".into() },
            ],
            ips: vec!["10.16.5.7".into()],
            workstation: None,
            position: Some("Бухгалтер; касса, \\ ".into()),
            department: Some("Бухгалтерия".into()),
            unit: None,
            room: Some("Б-214".into()),
            hired: None,
            note: Some("secret".into()),
            state: EmployeeState::Active,
            version: 1,
            updated_at: datetime!(2026-11-20 10:00 UTC),
            matches: Vec::new(),
        }
    }

    #[test]
    fn a_card_of_everything() {
        let expected = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Иванов;Иван;Петрович;;\r\nFN:Иванов Иван Петрович\r\n\
             ORG:;Бухгалтерия;\r\nTITLE:Бухгалтер\\; касса\\, \\\\ \r\nTEL;TYPE=WORK,VOICE:+74957802000\\,1234\r\n\
             TEL;TYPE=CELL,VOICE:+79161112233\r\nTEL;TYPE=WORK,VOICE:1234\r\n\
             EMAIL;TYPE=INTERNET,WORK:ivanov.ip@sever-tech.example\r\nADR;TYPE=WORK:;Б-214;;;;;\r\n\
             URL:https://it.example/employees/7\r\nREV:2026-11-20T10:00:00Z\r\nEND:VCARD\r\n";
        assert_eq!(render(&person(), "https://it.example/employees/7"), expected);
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_none_is_cut_within_a_letter() {
        let long = Employee { position: Some("Ж".repeat(200)), ..person() };
        let card = render(&long, "https://it.example/employees/7");
        assert!(card.split("\r\n").all(|line| line.len() <= LINE));
        assert!(card.replace("\r\n ", "").contains(&"Ж".repeat(200)));
    }

    #[test]
    fn a_line_break_cannot_add_a_property() {
        let forged = Employee { room: Some("1\r\nTEL:+70000000000".into()), ..person() };
        assert!(!render(&forged, "").contains("\r\nTEL:+70000000000"));
    }

    #[test]
    fn a_file_name_has_only_letters_digits_and_hyphens() {
        let odd = Employee { surname: "О\"Нил/../".into(), name: "Али оглы".into(), ..person() };
        assert_eq!(file_name(&odd), "ОНил-Алиоглы.vcf");
    }
}
