//! Comparing the people of a file with who is there, and storing the difference, or only counting it.

use std::collections::HashMap;

use app::model::{
    employee::ChangeKind,
    ids::EmployeeId,
    import::{ImportPhase, PersonChange},
};
use sqlx::PgConnection;

use super::{Failure, convert, progress::Running, report::Tally};
use crate::{
    directory::{
        merge::{self, Outcome, Stored},
        person::{Person, differences},
    },
    store::{
        employees::{self, Row, changes},
        imports::{self, Origin, Record},
        staged::{self, Staged},
    },
};

/// People in one portion.
const PORTION: i64 = 1_000;

/// Stores everybody who was gathered; without an origin it is only counted what that would change.
pub(super) async fn store(
    tx: &mut PgConnection,
    origin: Option<Origin>,
    tally: &mut Tally,
    progress: &Running<'_>,
) -> Result<(), Failure> {
    let total = staged::count(tx).await?;
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let active = u32::try_from(imports::count_active(tx).await?).unwrap_or(u32::MAX);
    let (mut last, mut done) = (0, 0);
    let mut changed: Vec<EmployeeId> = Vec::new();
    loop {
        progress.set(ImportPhase::Storing, done, Some(total));
        let people = staged::after(tx, last, PORTION).await?;
        let Some(end) = people.last() else {
            break;
        };
        last = end.ord;
        done += u32::try_from(people.len()).unwrap_or(u32::MAX);
        let ids: Vec<i64> = people.iter().filter_map(|staged| staged.employee_id).collect();
        let Some(origin) = origin else {
            compare(people, employees::all_by_ids(tx, &ids).await?, tally)?;
            continue;
        };
        let writes = compare(people, employees::lock(tx, &ids).await?, tally)?;
        let ids = writes.apply(tx, origin).await?;
        let room = (changes::ANNOUNCED + 1).saturating_sub(changed.len());
        changed.extend(ids.into_iter().take(room));
    }
    // All of the file are active afterwards, whoever was not before included.
    tally.absent = (active + tally.created + tally.restored).saturating_sub(total);
    changes::announce(tx, &changed).await?;
    Ok(())
}

/// What is to be written for some people.
#[derive(Default)]
struct Writes {
    new: Vec<Record>,
    changed: Vec<Record>,
    confirmed: Vec<Record>,
}

impl Writes {
    async fn apply(self, tx: &mut PgConnection, origin: Origin) -> Result<Vec<EmployeeId>, Failure> {
        let mut ids: Vec<EmployeeId> = self.changed.iter().filter_map(|record| record.id).map(Into::into).collect();
        if !self.new.is_empty() {
            ids.extend(imports::create_all(tx, &self.new, origin).await?);
        }
        if !self.changed.is_empty() {
            imports::change_all(tx, &self.changed, origin).await?;
        }
        if !self.confirmed.is_empty() {
            imports::confirm_all(tx, &self.confirmed).await?;
        }
        Ok(ids)
    }
}

fn compare(people: Vec<Staged>, rows: Vec<Row>, tally: &mut Tally) -> Result<Writes, Failure> {
    let mut known: HashMap<i64, Stored> = rows.into_iter().map(|row| (row.id.get(), convert::stored(row))).collect();
    let mut writes = Writes::default();
    for staged in people {
        let person: Person = serde_json::from_str(&staged.person)?;
        let stored = staged.employee_id.and_then(|id| known.remove(&id));
        match (staged.employee_id, stored) {
            (Some(id), Some(stored)) => change(id, &stored, &person, &staged, tally, &mut writes),
            _ => {
                tally.change(ChangeKind::Created, || PersonChange {
                    id: None,
                    full_name: person.full_name(),
                    kind: ChangeKind::Created,
                    fields: differences(&Person::default(), &person),
                });
                writes.new.push(convert::record(None, convert::new(person), ChangeKind::Created, Vec::new()));
            }
        }
    }
    Ok(writes)
}

fn change(id: i64, stored: &Stored, person: &Person, staged: &Staged, tally: &mut Tally, writes: &mut Writes) {
    let decision = merge::decide(stored, person);
    let place = (u32::try_from(staged.sheet).unwrap_or(0), u32::try_from(staged.row).unwrap_or(0));
    tally.warn(place, decision.warnings);
    match decision.outcome {
        Outcome::Unchanged => tally.unchanged += 1,
        Outcome::Confirmed => {
            tally.unchanged += 1;
            writes.confirmed.push(convert::record(Some(id), decision.after, ChangeKind::Updated, Vec::new()));
        }
        Outcome::Changed { kind, fields } => {
            tally.change(kind, || PersonChange {
                id: Some(id.into()),
                full_name: decision.after.person.full_name(),
                kind,
                fields: fields.clone(),
            });
            writes.changed.push(convert::record(Some(id), decision.after, kind, fields));
        }
    }
}
