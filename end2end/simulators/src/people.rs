//! People of an invented company, as many as wanted, the same ones for the same seed.
//!
//! For the demo, for speed tests (NDJSON) and, damaged a little, for a workbook to import. Memory does not
//! grow with their number: what is remembered is bounded by the tables of names.

mod company;
pub(crate) mod dice;
mod names;
pub mod workbook;

use std::{collections::HashMap, io};

use serde::Serialize;

use self::{
    company::{DEPARTMENTS, SITES, Site, WEIGHTS},
    dice::Dice,
    names::{FOREIGN, MEN, SURNAMES, WOMEN},
};

const DOMAIN: &str = "nevpribor.example";

/// A telephone of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phone {
    /// E.164; none if only the extension is known.
    pub number: Option<String>,
    /// Three to six digits.
    pub ext: Option<String>,
}

/// A person, clean; one line of NDJSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The e-mail address.
    pub key: String,
    /// Family name.
    pub surname: String,
    /// First name.
    pub name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Lower case, unique.
    pub email: String,
    /// Telephones.
    pub phones: Vec<Phone>,
    /// IPv4 addresses.
    pub ips: Vec<String>,
    /// Name of the computer.
    pub workstation: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// First day at work, ISO.
    pub hired: Option<String>,
    /// Index of the site in the company.
    #[serde(skip)]
    site: usize,
}

/// All people for one seed, one after another, without end.
pub struct People {
    dice: Dice,
    surnames: Vec<&'static str>,
    men: Vec<(&'static str, &'static str)>,
    women: Vec<&'static str>,
    /// How often a login was given.
    logins: HashMap<String, u32>,
    made: u64,
}

impl People {
    /// The people of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed),
            surnames: SURNAMES.split_whitespace().collect(),
            men: MEN.split_whitespace().filter_map(|pair| pair.split_once(':')).collect(),
            women: WOMEN.split_whitespace().collect(),
            logins: HashMap::new(),
            made: 0,
        }
    }

    fn full_name(&mut self) -> (String, String, Option<String>, String) {
        // They are few in the table, so a large company has not more of them than a small one.
        if self.dice.permille(if self.made < 20_000 { 12 } else { 0 }) {
            let (surname, name, patronymic, login) = *self.dice.pick(&FOREIGN);
            return (surname.into(), name.into(), patronymic.map(Into::into), login.into());
        }
        let surname = *self.dice.pick_front(&self.surnames);
        let (_, father) = *self.dice.pick_front(&self.men);
        let (surname, name, patronymic) = if self.dice.permille(480) {
            (names::feminine(surname), *self.dice.pick_front(&self.women), names::daughter(father))
        } else {
            (surname.to_owned(), self.dice.pick_front(&self.men).0, father.to_owned())
        };
        let login = self.login(&surname, name, &patronymic);
        (surname, name.to_owned(), Some(patronymic), login)
    }

    fn login(&mut self, surname: &str, name: &str, patronymic: &str) -> String {
        let (surname, name, patronymic) = (names::latin(surname), names::latin(name), names::latin(patronymic));
        let (n, p) = (name.get(..1).unwrap_or("x"), patronymic.get(..1).unwrap_or("x"));
        match self.dice.weighted(&[5, 3, 2, 2, 1]) {
            0 => format!("{surname}.{n}{p}"),
            1 => format!("{n}.{surname}"),
            2 => format!("{name}.{surname}"),
            3 => format!("{surname}_{n}"),
            _ => format!("{surname}{n}{p}"),
        }
    }

    fn unique(&mut self, login: String) -> String {
        let given = self.logins.entry(login.clone()).or_default();
        *given += 1;
        // No login ends with a digit by itself, so a number behind it cannot meet another login.
        if *given == 1 { login } else { format!("{login}{given}") }
    }

    fn phones(&mut self, site: &Site) -> Vec<Phone> {
        let mut phones = Vec::new();
        let ext = (1_000 + self.dice.below(9_000)).to_string();
        match self.dice.weighted(&[70, 15, 15]) {
            0 => phones.push(Phone { number: Some(site.line.to_owned()), ext: Some(ext) }),
            1 => phones.push(Phone { number: None, ext: Some(ext) }),
            _ => {}
        }
        if self.dice.permille(650) {
            let number = format!("+79{:02}{:07}", self.dice.below(100), self.dice.below(10_000_000));
            phones.push(Phone { number: Some(number), ext: None });
        }
        phones
    }
}

impl Iterator for People {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let at = self.made;
        self.made += 1;
        let (surname, name, patronymic, login) = self.full_name();
        let email = format!("{}@{DOMAIN}", self.unique(login));
        let site = self.dice.weighted(&[45, 25, 12, 10, 8]);
        let place = &SITES[site];
        let department = &DEPARTMENTS[self.dice.weighted(&WEIGHTS)];
        let unit = self.dice.pick(department.units);
        let position = *self.dice.pick(unit.positions);
        let has_computer = self.dice.permille(850);
        let address = format!("10.{}.{}.{}", place.network + at / 62_500 % 10, at / 250 % 250, at % 250 + 2);
        let day = self.dice.below(28) + 1;
        let (month, year) = (self.dice.below(12) + 1, 2025 - self.dice.below(20).min(self.dice.below(20)));
        let room = format!("{}{}{:02}", place.building, self.dice.below(5) + 1, self.dice.below(40) + 1);
        Some(Record {
            key: email.clone(),
            surname,
            name,
            patronymic,
            email,
            phones: self.phones(place),
            ips: has_computer.then_some(address).into_iter().collect(),
            workstation: has_computer.then(|| format!("{}-WS-{:05}", place.code, at + 1)),
            position: Some(position.to_owned()),
            department: Some(department.name.to_owned()),
            unit: unit.name.map(str::to_owned),
            room: self.dice.permille(900).then_some(room),
            hired: self.dice.permille(950).then(|| format!("{year}-{month:02}-{day:02}")),
            site,
        })
    }
}

/// Writes `count` people as NDJSON.
///
/// # Errors
/// Those of the writer.
pub fn write_ndjson(count: usize, seed: u64, mut out: impl io::Write) -> io::Result<()> {
    for record in People::new(seed).take(count) {
        serde_json::to_writer(&mut out, &record)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{People, write_ndjson};

    #[test]
    fn the_same_seed_gives_the_same_people() {
        let people = |seed| People::new(seed).take(300).collect::<Vec<_>>();
        assert_eq!(people(7), people(7));
        assert_ne!(people(7), people(8));
    }

    #[test]
    fn addresses_and_computers_belong_to_one_person_each() {
        let (mut emails, mut computers, mut ips) = (HashSet::new(), HashSet::new(), HashSet::new());
        let mut names = HashSet::new();
        for record in People::new(7).take(20_000) {
            assert!(emails.insert(record.email.clone()), "{} twice", record.email);
            assert!(record.workstation.is_none_or(|name| name.len() <= 15 && computers.insert(name)));
            assert!(record.ips.into_iter().all(|ip| ip.parse::<std::net::Ipv4Addr>().is_ok() && ips.insert(ip)));
            names.insert((record.surname, record.name, record.patronymic));
        }
        assert!(names.len() > 19_000 && names.len() < 20_000, "some namesakes, as in life: {}", names.len());
    }

    #[test]
    fn a_line_has_the_agreed_shape() {
        let mut out = Vec::new();
        write_ndjson(1, 7, &mut out).unwrap();
        let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        let mut expected = [
            "key",
            "surname",
            "name",
            "patronymic",
            "email",
            "phones",
            "ips",
            "workstation",
            "position",
            "department",
            "unit",
            "room",
            "hired",
        ];
        expected.sort_unstable();
        let mut keys = keys;
        keys.sort_unstable();
        assert_eq!(keys, expected);
    }
}
