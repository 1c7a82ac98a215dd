//! Imports of employees: one at a time, their reports, and writing many records at once.

use app::model::{
    employee::FieldChange,
    ids::{AccountId, EmployeeId, ImportId},
    import::ImportReport,
};
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use super::employees::{Row, StoredIp, StoredPhone, rows};

/// Names the lock that one import holds; the number means nothing.
const LOCK: i64 = 0x7661_6b68_7461_0001;

/// Takes the lock of the running import until the transaction ends; false when somebody holds it, on
/// whatever node.
///
/// # Errors
/// Those of the database.
pub async fn begin(db: &mut PgConnection) -> sqlx::Result<bool> {
    let free =
        sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "free!""#, LOCK).fetch_one(&mut *db).await?;
    if free {
        // A plan made while the tables were empty would be kept while they grow.
        sqlx::query!("select set_config('plan_cache_mode', 'force_custom_plan', true)").fetch_one(db).await?;
    }
    Ok(free)
}

/// Writers of employees wait from here on until the transaction ends, so that what was compared is what is
/// replaced and nobody waits in a circle; readers do not wait.
///
/// # Errors
/// Those of the database.
pub async fn keep_writers_out(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table employees.employee in exclusive mode").execute(db).await?;
    Ok(())
}

/// From here on the transaction sees one moment, however long it reads; it keeps nobody out. The first thing
/// in a transaction.
///
/// # Errors
/// Those of the database.
pub async fn one_moment(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set transaction isolation level repeatable read").execute(db).await?;
    Ok(())
}

/// Who starts an import of what.
#[derive(Clone, Copy, Debug)]
pub struct NewImport<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Who; nobody on the command line.
    pub by: Option<AccountId>,
    /// Nothing is stored but the report.
    pub dry_run: bool,
    /// When.
    pub at: OffsetDateTime,
}

/// Enters an import with the report known so far.
///
/// # Errors
/// Those of the database.
pub async fn insert(db: &mut PgConnection, import: &NewImport<'_>, report: &ImportReport) -> sqlx::Result<ImportId> {
    let id = sqlx::query_scalar!(
        "insert into core.import (kind, file, account_id, dry_run, finished_at, report)
         values ('employees', $1, $2, $3, $4, $5) returning id",
        import.file,
        import.by.map(AccountId::get),
        import.dry_run,
        import.at,
        Json(report) as _
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Replaces the report of an import.
///
/// # Errors
/// Those of the database.
pub async fn set_report(db: &mut PgConnection, id: ImportId, report: &ImportReport) -> sqlx::Result<()> {
    sqlx::query!("update core.import set report = $2 where id = $1", id.get(), Json(report) as _).execute(db).await?;
    Ok(())
}

/// The report of an import, as long as it is kept.
///
/// # Errors
/// Those of the database.
pub async fn report(db: &mut PgConnection, id: ImportId) -> sqlx::Result<Option<ImportReport>> {
    let row = sqlx::query!(
        r#"select i.report as "report!: Json<ImportReport>" from core.import i
           where i.id = $1 and i.kind = 'employees' and i.report is not null"#,
        id.get()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| ImportReport { id: Some(id), ..row.report.0 }))
}

/// The last import or preview whose report is kept.
///
/// # Errors
/// Those of the database.
pub async fn last(db: &mut PgConnection) -> sqlx::Result<Option<ImportId>> {
    let id = sqlx::query_scalar!(
        "select id from core.import where kind = 'employees' and report is not null order by id desc limit 1"
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// A record that was asked for, and the one it is now after merges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survivor {
    /// Asked for.
    pub id: i64,
    /// Found.
    pub survivor: i64,
}

/// The records with these ids, or those they were merged into.
///
/// # Errors
/// Those of the database.
pub async fn by_ids(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Survivor>> {
    sqlx::query_as!(
        Survivor,
        r#"with recursive trail (start, id, merged_into) as (
               select e.id, e.id, e.merged_into from employees.employee e where e.id = any($1)
               union
               select t.start, e.id, e.merged_into from trail t join employees.employee e on e.id = t.merged_into
           )
           select t.start as "id!", t.id as "survivor!" from trail t where t.merged_into is null"#,
        ids
    )
    .fetch_all(db)
    .await
}

/// Whose an e-mail is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The e-mail.
    pub email: String,
    /// The record that has it.
    pub id: i64,
    /// It was merged into another one.
    pub merged: bool,
}

/// Everybody with one of these e-mails, deleted and merged ones included; latest records last.
///
/// # Errors
/// Those of the database.
pub async fn by_emails(db: &mut PgConnection, emails: &[String]) -> sqlx::Result<Vec<Owner>> {
    sqlx::query_as!(
        Owner,
        r#"select e.email as "email!", e.id as "id!", false as "merged!"
           from employees.employee e where e.email = any($1) and e.merged_into is null
           union all
           select e.email, e.id, true
           from employees.employee e where e.email = any($1) and e.merged_into is not null
           order by 2"#,
        emails
    )
    .fetch_all(db)
    .await
}

/// How many work here.
///
/// # Errors
/// Those of the database.
pub async fn count_active(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from employees.employee e where e.deleted_at is null and e.state = 'active'"#
    )
    .fetch_one(db)
    .await
}

/// A record as an import writes it.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Record {
    /// Null for somebody new.
    pub id: Option<i64>,
    pub surname: String,
    pub name: String,
    pub patronymic: Option<String>,
    pub email: Option<String>,
    pub phones: Vec<StoredPhone>,
    pub ips: Vec<StoredIp>,
    pub workstation: Option<String>,
    pub position: Option<String>,
    pub department: Option<String>,
    pub unit: Option<String>,
    pub room: Option<String>,
    /// ISO 8601.
    pub hired: Option<String>,
    pub note: Option<String>,
    pub edited_fields: Vec<&'static str>,
    /// For the history; not read for somebody new.
    pub kind: &'static str,
    /// For the history; not read for somebody new.
    pub fields: Vec<FieldChange>,
}

/// What the history says about records an import writes.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The import.
    pub import: ImportId,
    /// Who.
    pub by: Option<AccountId>,
    /// When.
    pub at: OffsetDateTime,
}

/// Stores new people, and in their history where they came from.
///
/// # Errors
/// Those of the database.
pub async fn create_all(db: &mut PgConnection, records: &[Record], origin: Origin) -> sqlx::Result<Vec<EmployeeId>> {
    let ids = sqlx::query_scalar!(
        "with new as (
             insert into employees.employee (surname, name, patronymic, email, phones, ips, workstation, position,
                                             department, unit, room, hired, note, created_at, updated_at)
             select n.surname, n.name, n.patronymic, n.email, n.phones, n.ips, n.workstation, n.position,
                    n.department, n.unit, n.room, n.hired, n.note, $2, $2
             from jsonb_to_recordset($1) as n (surname text, name text, patronymic text, email text, phones jsonb,
                  ips jsonb, workstation text, position text, department text, unit text, room text, hired date, note text)
             returning id
         )
         insert into employees.change (employee_id, at, account_id, import_id, kind)
         select new.id, $2, $3, $4, 'created' from new returning employee_id",
        Json(records) as _,
        origin.at,
        origin.by.map(AccountId::get),
        origin.import.get()
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(EmployeeId::from).collect())
}

/// Overwrites records, which are active afterwards, and writes their history.
///
/// # Errors
/// Those of the database.
pub async fn change_all(db: &mut PgConnection, records: &[Record], origin: Origin) -> sqlx::Result<()> {
    sqlx::query!(
        "with changed as (
             update employees.employee e
             set surname = n.surname, name = n.name, patronymic = n.patronymic, email = n.email, phones = n.phones,
                 ips = n.ips, workstation = n.workstation, position = n.position, department = n.department,
                 unit = n.unit, room = n.room, hired = n.hired, note = n.note, edited_fields = n.edited_fields,
                 state = 'active', deleted_at = null, version = e.version + 1, updated_at = $2
             from jsonb_to_recordset($1) as n (id bigint, surname text, name text, patronymic text, email text,
                  phones jsonb, ips jsonb, workstation text, position text, department text, unit text, room text,
                  hired date, note text, edited_fields text[], kind text, fields jsonb)
             where e.id = n.id
             returning e.id, n.kind, n.fields
         )
         insert into employees.change (employee_id, at, account_id, import_id, kind, fields)
         select c.id, $2, $3, $4, c.kind, c.fields from changed c",
        Json(records) as _,
        origin.at,
        origin.by.map(AccountId::get),
        origin.import.get()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores which fields still count as edited by hand. No value changes, so no version does.
///
/// # Errors
/// Those of the database.
pub async fn confirm_all(db: &mut PgConnection, records: &[Record]) -> sqlx::Result<()> {
    sqlx::query!(
        "update employees.employee e set edited_fields = n.edited_fields
         from jsonb_to_recordset($1) as n (id bigint, edited_fields text[]) where e.id = n.id",
        Json(records) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The next active people in the order of their ids.
///
/// # Errors
/// Those of the database.
pub async fn active_after(db: &mut PgConnection, id: i64, limit: i64) -> sqlx::Result<Vec<Row>> {
    rows!(
        "from employees.employee e
         where e.id > $1 and e.deleted_at is null and e.state = 'active' order by e.id limit $2",
        id,
        limit
    )
    .fetch_all(db)
    .await
}
