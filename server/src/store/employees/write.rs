//! Storing an employee, and what a merge takes along. The caller has locked the rows he overwrites.

use app::model::ids::EmployeeId;
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

/// Stores a new record made of the values of `row`; its id, version and deletion are not looked at.
///
/// # Errors
/// Those of the database; `employee_email_key` when the e-mail is taken.
pub async fn insert(db: &mut PgConnection, row: &Row, now: OffsetDateTime) -> sqlx::Result<EmployeeId> {
    let id = sqlx::query_scalar!(
        "insert into employees.employee (surname, name, patronymic, email, phones, ips, workstation, position, department,
                                         unit, room, hired, note, state, edited_fields, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) returning id",
        row.surname,
        row.name,
        row.patronymic,
        row.email,
        Json(&row.phones.0) as _,
        Json(&row.ips.0) as _,
        row.workstation,
        row.position,
        row.department,
        row.unit,
        row.room,
        row.hired,
        row.note,
        row.state,
        &row.edited_fields,
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
    sqlx::query!(
        "update employees.employee
         set surname = $2, name = $3, patronymic = $4, email = $5, phones = $6, ips = $7, workstation = $8, position = $9,
             department = $10, unit = $11, room = $12, hired = $13, note = $14, state = $15, edited_fields = $16,
             deleted_at = $17, merged_into = $18, version = version + 1, updated_at = $19
         where id = $1",
        row.id.get(),
        row.surname,
        row.name,
        row.patronymic,
        row.email,
        Json(&row.phones.0) as _,
        Json(&row.ips.0) as _,
        row.workstation,
        row.position,
        row.department,
        row.unit,
        row.room,
        row.hired,
        row.note,
        row.state,
        &row.edited_fields,
        row.deleted_at,
        row.merged_into,
        now
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
) -> sqlx::Result<Option<(i64, bool)>> {
    let moved = sqlx::query!(
        r#"update core.account a
           set employee_id = case when exists (select from core.account o where o.employee_id = $2) then null else $2 end
           where a.employee_id = $1 returning a.id, a.employee_id is not null as "linked!""#,
        from.get(),
        to.get()
    )
    .fetch_optional(db)
    .await?;
    Ok(moved.map(|row| (row.id, row.linked)))
}
