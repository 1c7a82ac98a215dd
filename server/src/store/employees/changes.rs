//! The history of a record: who changed what and when.

use app::model::{
    employee::{ChangeKind, FieldChange},
    ids::{AccountId, EmployeeId},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use crate::store::notify::{self, Event};

/// Beyond that many records it is cheaper for whoever listens to compare all of them.
pub const ANNOUNCED: usize = 200;

/// A row of the history to be written.
#[derive(Clone, Debug)]
pub struct NewChange<'a> {
    /// Whose record.
    pub employee: EmployeeId,
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub by: Option<AccountId>,
    /// What happened.
    pub kind: ChangeKind,
    /// The other record of a merge.
    pub other: Option<EmployeeId>,
    /// What changed.
    pub fields: &'a [FieldChange],
}

/// Writes one row of the history.
///
/// # Errors
/// Those of the database.
pub async fn insert(db: &mut PgConnection, change: &NewChange<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into employees.change (employee_id, at, account_id, kind, other_id, fields) values ($1, $2, $3, $4, $5, $6)",
        change.employee.get(),
        change.at,
        change.by.map(AccountId::get),
        change.kind.as_str(),
        change.other.map(EmployeeId::get),
        Json(change.fields) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A row of the history with the names people know.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub account_id: Option<i64>,
    /// That account's name.
    pub account_name: Option<String>,
    /// The file of the import it came from.
    pub import_file: Option<String>,
    /// What happened.
    pub kind: String,
    /// Full name of the other record of a merge.
    pub other_name: Option<String>,
    /// What changed.
    pub fields: Json<Vec<FieldChange>>,
}

/// The latest changes of a record, newest first.
///
/// # Errors
/// Those of the database.
pub async fn of(db: &mut PgConnection, id: EmployeeId, limit: i64) -> sqlx::Result<Vec<ChangeRow>> {
    sqlx::query_as!(
        ChangeRow,
        r#"select c.at, c.account_id, a.name as "account_name?", i.file as "import_file?", c.kind,
                  case when o.id is not null
                       then concat_ws(' ', o.surname, o.name, o.patronymic) end as other_name,
                  c.fields as "fields: Json<Vec<FieldChange>>"
           from employees.change c
           left join core.account a on a.id = c.account_id
           left join core.import i on i.id = c.import_id
           left join employees.employee o on o.id = c.other_id
           where c.employee_id = $1 order by c.id desc limit $2"#,
        id.get(),
        limit
    )
    .fetch_all(db)
    .await
}

/// Announces, at commit, that these records changed.
///
/// # Errors
/// Those of the database.
pub async fn announce(db: &mut PgConnection, ids: &[EmployeeId]) -> sqlx::Result<()> {
    if ids.len() > ANNOUNCED {
        return notify::announce(db, &Event::EmployeeChanged { id: None }).await;
    }
    for id in ids {
        notify::announce(db, &Event::EmployeeChanged { id: Some(*id) }).await?;
    }
    Ok(())
}
