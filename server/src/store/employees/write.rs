//! Storing an employee, and what a merge takes along. The caller has locked the rows he overwrites.

use app::model::ids::{AccountId, EmployeeId};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use super::Row;

/// Gives up waiting for a lock after two seconds, until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn wait_briefly(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select set_config('lock_timeout', '2s', true)").fetch_one(db).await?;
    Ok(())
}

/// A query whose first fifteen arguments are what is stored of a person, in the order of the schema.
macro_rules! with_values {
    ($query:ident, $row:ident, $sql:literal, $($more:expr),+) => {
        sqlx::$query!(
            $sql,
            $row.surname,
            $row.name,
            $row.patronymic,
            $row.email,
            Json(&$row.phones.0) as _,
            Json(&$row.ips.0) as _,
            $row.workstation,
            $row.position,
            $row.department,
            $row.unit,
            $row.room,
            $row.hired,
            $row.note,
            $row.state,
            &$row.edited_fields,
            $($more),+
        )
    };
}

/// Stores a new record made of the values of `row`; its id, version and deletion are not looked at.
///
/// # Errors
/// Those of the database; `employee_email_key` when the e-mail is taken.
pub async fn insert(db: &mut PgConnection, row: &Row, now: OffsetDateTime) -> sqlx::Result<EmployeeId> {
    let id = with_values!(
        query_scalar,
        row,
        "insert into employees.employee (surname, name, patronymic, email, phones, ips, workstation, position, department,
                                         unit, room, hired, note, state, edited_fields, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) returning id",
        now
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Overwrites the record with the values of `row` and counts its version up.
///
/// # Errors
/// Those of the database; `employee_email_key` when the e-mail is taken.
pub async fn update(db: &mut PgConnection, row: &Row, now: OffsetDateTime) -> sqlx::Result<()> {
    with_values!(
        query,
        row,
        "update employees.employee
         set surname = $1, name = $2, patronymic = $3, email = $4, phones = $5, ips = $6, workstation = $7, position = $8,
             department = $9, unit = $10, room = $11, hired = $12, note = $13, state = $14, edited_fields = $15,
             deleted_at = $16, merged_into = $17, version = version + 1, updated_at = $18
         where id = $19",
        row.deleted_at,
        row.merged_into,
        now,
        row.id.get()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives the account of `from` to `to`; when `to` has one of its own, that of `from` is left without an
/// employee. Answers the account that was moved or unlinked and whether it is linked now.
///
/// # Errors
/// Those of the database.
pub async fn move_account(
    db: &mut PgConnection,
    from: EmployeeId,
    to: EmployeeId,
) -> sqlx::Result<Option<(AccountId, bool)>> {
    let moved = sqlx::query!(
        r#"update core.account a
           set employee_id = case when exists (select from core.account o where o.employee_id = $2) then null else $2 end
           where a.employee_id = $1 returning a.id, a.employee_id is not null as "linked!""#,
        from.get(),
        to.get()
    )
    .fetch_optional(db)
    .await?;
    Ok(moved.map(|row| (row.id.into(), row.linked)))
}
