//! Gathering the people of a file, each once: a row belongs to the person of an earlier row with the same
//! ID or e-mail. The first row wins.

use std::collections::{BTreeSet, HashMap};

use app::model::{employee::Field, import::RejectReason};
use sqlx::PgConnection;

use super::{
    Failure,
    report::{Place, Tally},
    source::PersonRow,
};
use crate::{
    directory::{
        fields::{Warning, Warnings},
        merge,
        person::Person,
        rules::Incoming,
    },
    store::{imports, staged},
};

/// Counts the people of a file.
#[derive(Debug, Default)]
pub(super) struct Staging {
    people: i32,
}

impl Staging {
    /// Adds the next rows.
    pub(super) async fn add(
        &mut self,
        tx: &mut PgConnection,
        rows: Vec<PersonRow>,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let mut incoming = Vec::with_capacity(rows.len());
        for (place, row) in rows {
            match row {
                Ok(row) => incoming.push((place, *row)),
                Err(reason) => tally.reject(place, reason),
            }
        }
        let known = Known::look_up(tx, &incoming).await?;
        let rows: Vec<_> = incoming.into_iter().filter_map(|(place, row)| known.recognise(place, row, tally)).collect();
        let mut portion = Portion::load(tx, &rows).await?;
        for row in rows {
            portion.add(row, &mut self.people, tally);
        }
        portion.save(tx).await
    }
}

/// A row of somebody, and the record he is.
struct Recognised {
    place: Place,
    person: Person,
    warnings: Warnings,
    employee: Option<i64>,
    /// The ID says which record, not the e-mail.
    by_id: bool,
}

/// The records that the IDs and e-mails of some rows name.
struct Known {
    by_id: HashMap<i64, i64>,
    /// Record and whether the e-mail is that of one merged into it.
    by_email: HashMap<String, (i64, bool)>,
}

impl Known {
    async fn look_up(tx: &mut PgConnection, rows: &[(Place, Incoming)]) -> Result<Self, Failure> {
        let emails: Vec<String> = rows.iter().filter_map(|(_, row)| row.person.email.clone()).collect();
        let owners = imports::by_emails(tx, &emails).await?;
        let named = rows.iter().filter_map(|(_, row)| row.id);
        let ids: BTreeSet<i64> =
            named.chain(owners.iter().filter(|owner| owner.merged).map(|owner| owner.id)).collect();
        let survivors = imports::by_ids(tx, &ids.into_iter().collect::<Vec<_>>()).await?;
        let by_id: HashMap<i64, i64> = survivors.into_iter().map(|found| (found.id, found.survivor)).collect();
        let mut by_email = HashMap::new();
        for owner in owners {
            if !owner.merged {
                by_email.insert(owner.email, (owner.id, false));
            } else if let Some(survivor) = by_id.get(&owner.id)
                && by_email.get(&owner.email).is_none_or(|(_, alias)| *alias)
            {
                by_email.insert(owner.email, (*survivor, true));
            }
        }
        Ok(Self { by_id, by_email })
    }

    fn recognise(&self, place: Place, row: Incoming, tally: &mut Tally) -> Option<Recognised> {
        let Incoming { mut person, id, mut warnings } = row;
        let by_id = id.and_then(|id| self.by_id.get(&id).copied());
        if by_id.is_none() {
            // An ID that nobody has makes a row of any other list of people.
            person.note = None;
            if person.email.is_none() {
                tally.reject(place, RejectReason::MissingEmail);
                return None;
            }
        }
        let by_email = person.email.as_ref().and_then(|email| self.by_email.get(email).copied());
        let employee = by_id.or(by_email.map(|(employee, _)| employee));
        if let Some((owner, alias)) = by_email {
            let foreign = Some(owner) != employee;
            if foreign {
                warnings.insert(Warning::Conflict(Field::Email));
            }
            // The record keeps its own e-mail.
            if foreign || alias {
                person.email = None;
            }
        }
        Some(Recognised { place, person, warnings, employee, by_id: by_id.is_some() })
    }
}

struct Entry {
    staged: staged::Staged,
    person: Person,
    changed: bool,
}

/// The people whom some rows may belong to.
struct Portion {
    entries: Vec<Entry>,
    by_employee: HashMap<i64, usize>,
    by_email: HashMap<String, usize>,
}

impl Portion {
    async fn load(tx: &mut PgConnection, rows: &[Recognised]) -> Result<Self, Failure> {
        let employees: Vec<i64> = rows.iter().filter_map(|row| row.employee).collect();
        let emails: Vec<String> = rows.iter().filter_map(|row| row.person.email.clone()).collect();
        let mut portion = Self { entries: Vec::new(), by_employee: HashMap::new(), by_email: HashMap::new() };
        for staged in staged::matching(tx, &employees, &emails).await? {
            let person = serde_json::from_str(&staged.person)?;
            portion.enter(Entry { staged, person, changed: false });
        }
        Ok(portion)
    }

    fn enter(&mut self, entry: Entry) {
        let at = self.entries.len();
        self.by_employee.extend(entry.staged.employee_id.map(|id| (id, at)));
        self.by_email.extend(entry.staged.email.clone().map(|email| (email, at)));
        self.entries.push(entry);
    }

    fn add(&mut self, mut row: Recognised, people: &mut i32, tally: &mut Tally) {
        let of_email = row.person.email.as_ref().and_then(|email| self.by_email.get(email).copied());
        let of_record = row.employee.and_then(|employee| self.by_employee.get(&employee).copied());
        let found = match (of_email, of_record) {
            // The ID says who it is; the e-mail is that of another person of the file.
            (Some(email), Some(record)) if email != record && row.by_id => {
                row.person.email = None;
                row.warnings.insert(Warning::Conflict(Field::Email));
                Some(record)
            }
            (Some(email), None) if row.by_id && self.entries[email].staged.employee_id.is_some() => {
                tally.reject(row.place, RejectReason::EmailConflict);
                return;
            }
            (Some(email), _) => Some(email),
            (None, record) => record,
        };
        match found {
            Some(at) => self.join(at, row, tally),
            None => {
                tally.warn(row.place, row.warnings);
                *people += 1;
                let (sheet, number) = row.place;
                let staged = staged::Staged {
                    ord: *people,
                    employee_id: row.employee,
                    email: row.person.email.clone(),
                    sheet: i32::try_from(sheet).unwrap_or(i32::MAX),
                    row: i32::try_from(number).unwrap_or(i32::MAX),
                    person: String::new(),
                };
                self.enter(Entry { staged, person: row.person, changed: true });
            }
        }
    }

    fn join(&mut self, at: usize, row: Recognised, tally: &mut Tally) {
        let entry = &mut self.entries[at];
        let Ok(mut warnings) = merge::join(&mut entry.person, &row.person) else {
            tally.reject(row.place, RejectReason::EmailConflict);
            return;
        };
        warnings.extend(row.warnings);
        tally.warn(row.place, warnings);
        tally.merged += 1;
        entry.changed = true;
        if entry.staged.email.is_none() && entry.person.email.is_some() {
            entry.staged.email.clone_from(&entry.person.email);
            self.by_email.extend(entry.staged.email.clone().map(|email| (email, at)));
        }
        if let (None, Some(employee)) = (entry.staged.employee_id, row.employee) {
            entry.staged.employee_id = Some(employee);
            self.by_employee.insert(employee, at);
        }
    }

    async fn save(self, tx: &mut PgConnection) -> Result<(), Failure> {
        let mut people = Vec::new();
        for mut entry in self.entries.into_iter().filter(|entry| entry.changed) {
            entry.staged.person = serde_json::to_string(&entry.person)?;
            people.push(entry.staged);
        }
        Ok(staged::keep(tx, &people).await?)
    }
}
