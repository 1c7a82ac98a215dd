//! Reading: by text, by name, by id, next to somebody, departments, history.

use std::{collections::HashMap, sync::Arc};

use app::model::{
    Error, Result,
    employee::{Change, ChangeKind, Department, Employee, EmployeeQuery, Neighbours, Unit},
    ids::EmployeeId,
    page::{Page, PageRequest},
};

use super::{Employees, cursor, shown};
use crate::{
    auth::policy::Action,
    directory::{
        explain,
        index::{Cursor, Hit},
    },
    services::directory_index::Wanted,
    store::{
        self,
        employees::{
            Row,
            list::{self, Place},
        },
    },
};

/// Most records of a page, and most ids at once.
const MOST: usize = 100;
/// Most neighbours of one sort.
const NEIGHBOURS: i64 = 20;
/// Most changes of a history: more than anybody reads, few enough to answer at once.
const CHANGES: i64 = 500;

impl Employees {
    pub(super) async fn find(&self, query: EmployeeQuery, page: PageRequest) -> Result<Page<Employee>> {
        self.caller.may(Action::ReadDirectory)?;
        let limit = usize::try_from(page.limit).ok().filter(|limit| (1..=MOST).contains(limit));
        let limit = limit.ok_or_else(|| Error::invalid("limit", "limit"))?;
        if query.text.trim().is_empty() {
            let query = EmployeeQuery { text: String::new(), ..query };
            self.list(&query, limit, page.cursor.as_deref()).await
        } else {
            self.by_text(&query, limit, page.cursor.as_deref()).await
        }
    }

    async fn list(&self, query: &EmployeeQuery, limit: usize, cursor: Option<&str>) -> Result<Page<Employee>> {
        let after: Place = cursor.map(|text| cursor::read(query, text)).transpose()?.unwrap_or_default();
        if after.is_impossible() || query.department.as_deref().is_some_and(|name| name.contains('\0')) {
            // PostgreSQL cannot even be asked for it.
            return Ok(Page { items: Vec::new(), next: None });
        }
        let mut db = self.connection().await?;
        let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let rows = match &query.department {
            Some(department) => list::by_name_in_department(&mut db, department, &after, one_more).await,
            None => list::by_name(&mut db, &after, one_more).await,
        };
        let mut rows = rows.map_err(|error| self.failed(error))?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).and_then(|row| cursor::write(query, &place(row)));
        Ok(Page { items: rows.into_iter().map(shown::employee).collect(), next })
    }

    async fn by_text(&self, query: &EmployeeQuery, limit: usize, cursor: Option<&str>) -> Result<Page<Employee>> {
        let after = match cursor {
            Some(text) => Some(
                Cursor::decode(text)
                    .filter(|cursor| cursor.is_of(&query.text, query.department.as_deref()))
                    .ok_or_else(|| Error::invalid("cursor", "cursor"))?,
            ),
            None => None,
        };
        let wanted = Wanted { text: query.text.clone(), department: query.department.clone(), after, limit: limit + 1 };
        let mut found = self.index().search(wanted).await.ok_or(Error::Unavailable { retry_after_s: 1 })?;
        let more = found.hits.len() > limit;
        found.hits.truncate(limit);
        let next = found.hits.last().filter(|_| more).map(|hit| hit.cursor.encode());
        let mut items = self.found(&found.hits).await?;
        explain::mark(&query.text, &mut items);
        Ok(Page { items, next })
    }

    /// Those of them who were found lately come out of memory, the others with one query; who is gone is left out.
    async fn found(&self, hits: &[Hit]) -> Result<Vec<Employee>> {
        let index = self.index();
        let mut people: HashMap<EmployeeId, Arc<Employee>> =
            hits.iter().filter_map(|hit| Some((hit.id, index.recall(hit.id)?))).collect();
        let missing: Vec<_> = hits.iter().map(|hit| hit.id).filter(|id| !people.contains_key(id)).collect();
        if !missing.is_empty() {
            let read: Vec<_> = self.rows_in_order(&missing).await?.into_iter().map(Arc::new).collect();
            index.remember(&read);
            people.extend(read.into_iter().map(|person| (person.id, person)));
        }
        Ok(hits.iter().filter_map(|hit| people.remove(&hit.id)).map(Arc::unwrap_or_clone).collect())
    }

    pub(super) async fn in_order(&self, ids: &[EmployeeId]) -> Result<Vec<Employee>> {
        self.caller.may(Action::ReadDirectory)?;
        if ids.len() > MOST {
            return Err(Error::invalid("ids", "ids"));
        }
        self.rows_in_order(ids).await
    }

    /// One query, whatever the order of the ids; who is gone is left out.
    async fn rows_in_order(&self, ids: &[EmployeeId]) -> Result<Vec<Employee>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<_> = ids.iter().map(|id| id.get()).collect();
        let mut db = self.connection().await?;
        let rows = store::employees::by_ids(&mut db, &keys).await.map_err(|error| self.failed(error))?;
        drop(db);
        let mut by_id: HashMap<EmployeeId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        Ok(ids.iter().filter_map(|id| by_id.remove(id)).map(shown::employee).collect())
    }

    pub(super) async fn one(&self, id: EmployeeId) -> Result<Employee> {
        self.caller.may(Action::ReadDirectory)?;
        Ok(shown::employee(self.row(id).await?))
    }

    pub(super) async fn row(&self, id: EmployeeId) -> Result<Row> {
        let mut db = self.connection().await?;
        let row = store::employees::by_id(&mut db, id).await.map_err(|error| self.failed(error))?;
        row.filter(|row| row.deleted_at.is_none()).ok_or(Error::NotFound)
    }

    pub(super) async fn next_to(&self, id: EmployeeId) -> Result<Neighbours> {
        self.caller.may(Action::ReadDirectory)?;
        let row = self.row(id).await?;
        let mut db = self.connection().await?;
        let department = match &row.department {
            Some(department) => {
                list::next_in_department(&mut db, id, department, row.unit.as_deref(), NEIGHBOURS).await
            }
            None => Ok(Vec::new()),
        };
        let ips: Vec<_> = row.ips.iter().map(|ip| ip.ip.as_str()).collect();
        let ip = if ips.is_empty() { Ok(Vec::new()) } else { list::next_by_ip(&mut db, id, &ips, NEIGHBOURS).await };
        let workstation = match &row.workstation {
            Some(workstation) => list::next_at_workstation(&mut db, id, workstation, NEIGHBOURS).await,
            None => Ok(Vec::new()),
        };
        let shown = |rows: sqlx::Result<Vec<Row>>| match rows {
            Ok(rows) => Ok(rows.into_iter().map(shown::employee).collect()),
            Err(error) => Err(self.failed(error)),
        };
        Ok(Neighbours { department: shown(department)?, ip: shown(ip)?, workstation: shown(workstation)? })
    }

    pub(super) async fn changes_of(&self, id: EmployeeId) -> Result<Vec<Change>> {
        self.caller.may(Action::EditEmployees)?;
        let mut db = self.connection().await?;
        // The history of a deleted record can be read: it says who deleted it.
        let row = store::employees::by_id(&mut db, id).await.map_err(|error| self.failed(error))?;
        row.ok_or(Error::NotFound)?;
        let rows = store::employees::changes::of(&mut db, id, CHANGES).await.map_err(|error| self.failed(error))?;
        let changes = rows.into_iter().map(|row| Change {
            at: row.at,
            by: row.account_id.map(Into::into),
            by_name: row.account_name,
            import_file: row.import_file,
            kind: ChangeKind::from_name(&row.kind),
            other_name: row.other_name,
            fields: row.fields.0,
        });
        Ok(changes.collect())
    }

    pub(super) async fn departments_by_name(&self) -> Result<Vec<Department>> {
        self.caller.may(Action::ReadDirectory)?;
        let mut db = self.connection().await?;
        let rows = list::units(&mut db).await.map_err(|error| self.failed(error))?;
        let mut departments: Vec<Department> = Vec::new();
        for row in rows {
            let employees = u32::try_from(row.employees).unwrap_or(u32::MAX);
            if departments.last().is_none_or(|last| last.name != row.department) {
                departments.push(Department { name: row.department, employees: 0, units: Vec::new() });
            }
            let Some(department) = departments.last_mut() else { continue };
            department.employees = department.employees.saturating_add(employees);
            if let Some(name) = row.unit {
                department.units.push(Unit { name, employees });
            }
        }
        Ok(departments)
    }
}

fn place(row: &Row) -> Place {
    Place {
        state: row.state.clone(),
        surname: row.surname.clone(),
        name: row.name.clone(),
        patronymic: row.patronymic.clone().unwrap_or_default(),
        id: row.id.get(),
    }
}
