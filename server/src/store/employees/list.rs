//! Lists of employees: by name, by department, next to somebody. Deleted records are never in them.

use app::model::ids::EmployeeId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{Row, rows};

/// Where a list by name continues: behind the record that had these values. It needs not exist any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Place {
    pub state: String,
    pub surname: String,
    pub name: String,
    pub patronymic: String,
    pub id: i64,
}

impl Place {
    /// Whether no record can have been there: PostgreSQL stores no NUL.
    #[must_use]
    pub fn is_impossible(&self) -> bool {
        [&self.state, &self.surname, &self.name, &self.patronymic].iter().any(|text| text.contains('\0'))
    }
}

/// Everybody behind `after` by state (active first) and name.
///
/// # Errors
/// Those of the database.
pub async fn by_name(db: &mut PgConnection, after: &Place, limit: i64) -> sqlx::Result<Vec<Row>> {
    rows!(
        "from employees.employee e
         where e.deleted_at is null
           and (e.state, e.surname, e.name, coalesce(e.patronymic, ''), e.id) > ($1, $2, $3, $4, $5)
         order by e.state, e.surname, e.name, coalesce(e.patronymic, ''), e.id limit $6",
        after.state,
        after.surname,
        after.name,
        after.patronymic,
        after.id,
        limit
    )
    .fetch_all(db)
    .await
}

/// As [`by_name`], only of this department.
///
/// # Errors
/// Those of the database.
pub async fn by_name_in_department(
    db: &mut PgConnection,
    department: &str,
    after: &Place,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    rows!(
        "from employees.employee e
         where e.deleted_at is null and e.department = $1
           and (e.state, e.surname, e.name, coalesce(e.patronymic, ''), e.id) > ($2, $3, $4, $5, $6)
         order by e.state, e.surname, e.name, coalesce(e.patronymic, ''), e.id limit $7",
        department,
        after.state,
        after.surname,
        after.name,
        after.patronymic,
        after.id,
        limit
    )
    .fetch_all(db)
    .await
}

/// Active people of the same unit, or of the same department when `unit` is unknown.
///
/// # Errors
/// Those of the database.
pub async fn next_in_department(
    db: &mut PgConnection,
    id: EmployeeId,
    department: &str,
    unit: Option<&str>,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    rows!(
        "from employees.employee e
         where e.deleted_at is null and e.state = 'active' and e.department = $2
           and ($3::text is null or e.unit = $3) and e.id <> $1
         order by e.surname, e.name, coalesce(e.patronymic, ''), e.id limit $4",
        id.get(),
        department,
        unit,
        limit
    )
    .fetch_all(db)
    .await
}

/// People with one of these addresses, active first.
///
/// # Errors
/// Those of the database.
pub async fn next_by_ip(db: &mut PgConnection, id: EmployeeId, ips: &[&str], limit: i64) -> sqlx::Result<Vec<Row>> {
    let patterns: Vec<_> = ips.iter().map(|ip| serde_json::json!([{ "ip": ip }])).collect();
    rows!(
        "from employees.employee e
         where e.deleted_at is null and e.ips @> any($2::jsonb[]) and e.id <> $1
         order by e.state, e.surname, e.name, coalesce(e.patronymic, ''), e.id limit $3",
        id.get(),
        &patterns,
        limit
    )
    .fetch_all(db)
    .await
}

/// People at this workstation, active first.
///
/// # Errors
/// Those of the database.
pub async fn next_at_workstation(
    db: &mut PgConnection,
    id: EmployeeId,
    workstation: &str,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    rows!(
        "from employees.employee e
         where e.deleted_at is null and e.workstation = $2 and e.id <> $1
         order by e.state, e.surname, e.name, coalesce(e.patronymic, ''), e.id limit $3",
        id.get(),
        workstation,
        limit
    )
    .fetch_all(db)
    .await
}

/// How many active people a unit of a department has; `unit` is absent for those without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The department.
    pub department: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Active people in it.
    pub employees: i64,
}

/// Departments and units of active people by name.
///
/// # Errors
/// Those of the database.
pub async fn units(db: &mut PgConnection) -> sqlx::Result<Vec<UnitRow>> {
    sqlx::query_as!(
        UnitRow,
        r#"select e.department as "department!", e.unit, count(*) as "employees!"
           from employees.employee e
           where e.deleted_at is null and e.state = 'active' and e.department is not null
           group by e.department, e.unit
           order by e.department, e.unit nulls first"#
    )
    .fetch_all(db)
    .await
}
