//! The people of a file while it is imported: kept by the database because memory could not hold them.

use sqlx::PgConnection;

/// Somebody of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Order of first appearance.
    pub ord: i32,
    /// The record he is, if there is one.
    pub employee_id: Option<i64>,
    /// The e-mail further rows are recognised by.
    pub email: Option<String>,
    /// The place of the sheet in the workbook.
    pub sheet: i32,
    /// The row of first appearance.
    pub row: i32,
    /// Who, as JSON.
    pub person: String,
}

/// Forgets everybody, also those of an import that did not end well.
///
/// # Errors
/// Those of the database.
pub async fn clear(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("truncate employees.staged_person").execute(db).await?;
    Ok(())
}

/// Those who are one of these records or have one of these e-mails.
///
/// # Errors
/// Those of the database.
pub async fn matching(db: &mut PgConnection, employees: &[i64], emails: &[String]) -> sqlx::Result<Vec<Staged>> {
    sqlx::query_as!(
        Staged,
        r#"select s.ord as "ord!", s.employee_id, s.email, s.sheet as "sheet!", s.row as "row!", s.person as "person!"
           from employees.staged_person s where s.employee_id = any($1)
           union
           select s.ord, s.employee_id, s.email, s.sheet, s.row, s.person
           from employees.staged_person s where s.email = any($2)"#,
        employees,
        emails
    )
    .fetch_all(db)
    .await
}

/// The next ones in order of appearance.
///
/// # Errors
/// Those of the database.
pub async fn after(db: &mut PgConnection, ord: i32, limit: i64) -> sqlx::Result<Vec<Staged>> {
    sqlx::query_as!(
        Staged,
        "select s.ord, s.employee_id, s.email, s.sheet, s.row, s.person
         from employees.staged_person s where s.ord > $1 order by s.ord limit $2",
        ord,
        limit
    )
    .fetch_all(db)
    .await
}

/// Keeps these: new ones are added, others by their `ord` overwritten.
///
/// # Errors
/// Those of the database.
pub async fn keep(db: &mut PgConnection, people: &[Staged]) -> sqlx::Result<()> {
    let ords: Vec<i32> = people.iter().map(|person| person.ord).collect();
    let employees: Vec<Option<i64>> = people.iter().map(|person| person.employee_id).collect();
    let emails: Vec<Option<&str>> = people.iter().map(|person| person.email.as_deref()).collect();
    let sheets: Vec<i32> = people.iter().map(|person| person.sheet).collect();
    let rows: Vec<i32> = people.iter().map(|person| person.row).collect();
    let texts: Vec<&str> = people.iter().map(|person| person.person.as_str()).collect();
    sqlx::query!(
        "insert into employees.staged_person (ord, employee_id, email, sheet, row, person)
         select * from unnest($1::int[], $2::bigint[], $3::text[], $4::int[], $5::int[], $6::text[])
         on conflict (ord) do update
         set employee_id = excluded.employee_id, email = excluded.email, person = excluded.person",
        &ords,
        employees as _,
        emails as _,
        &sheets,
        &rows,
        texts as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many there are.
///
/// # Errors
/// Those of the database.
pub async fn count(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from employees.staged_person"#).fetch_one(db).await
}
