//! Accounts: one at a time. The administrators' list is in [`list`].

pub mod list;

use app::model::{
    ids::{AccountId, EmployeeId},
    user::{Language, Role},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An account without what belongs to other tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The account.
    pub id: AccountId,
    /// Telegram's number.
    pub telegram_id: i64,
    /// As Telegram shows it.
    pub name: String,
    /// What was given here; the configuration may give more.
    pub role: Role,
    /// Chosen here; absent follows the Telegram client.
    pub language: Option<Language>,
    /// Who it is in the directory.
    pub employee_id: Option<EmployeeId>,
    /// Waits for an answer since.
    pub access_requested_at: Option<OffsetDateTime>,
}

/// The role of a column. One that only a newer node knows gives no rights here.
pub(super) fn role(text: &str) -> Role {
    text.parse().unwrap_or(Role::Guest)
}

/// The language of a column.
pub(super) fn language(text: &str) -> Option<Language> {
    [Language::Ru, Language::En].into_iter().find(|language| language.as_str() == text)
}

/// `query!` for whole records: the column list is written once.
macro_rules! record {
    ($connection:expr, $before:literal, $after:literal $(, $arg:expr)* $(,)?) => {
        sqlx::query!(
            $before + "a.id, a.telegram_id, a.name, a.role, a.language, a.employee_id, a.access_requested_at" + $after
            $(, $arg)*
        )
        .fetch_optional($connection)
        .await
        .map(|row| {
            row.map(|row| Record {
                id: row.id.into(),
                telegram_id: row.telegram_id,
                name: row.name,
                role: role(&row.role),
                language: row.language.as_deref().and_then(language),
                employee_id: row.employee_id.map(Into::into),
                access_requested_at: row.access_requested_at,
            })
        })
    };
}

/// The account of a person who has just opened the app; made if he is new. Locks it until the transaction
/// ends, so that sign-ins and sign-outs of one account come one after the other.
///
/// # Errors
/// Those of the database.
pub async fn sign_in(
    connection: &mut PgConnection,
    telegram_id: i64,
    name: &str,
    username: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<Record> {
    record!(
        connection,
        "insert into core.account as a (telegram_id, name, username, created_at, last_seen_at)
         values ($1, $2, $3, $4, $4)
         on conflict (telegram_id) do update
         set name = excluded.name, username = excluded.username,
             last_seen_at = greatest(a.last_seen_at, excluded.last_seen_at)
         returning ",
        "",
        telegram_id,
        name,
        username,
        now,
    )?
    .ok_or(sqlx::Error::RowNotFound)
}

/// One account.
///
/// # Errors
/// Those of the database.
pub async fn by_id(connection: &mut PgConnection, id: AccountId) -> sqlx::Result<Option<Record>> {
    record!(connection, "select ", " from core.account a where a.id = $1", id.get())
}

/// One account, nobody else changing it until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn lock(connection: &mut PgConnection, id: AccountId) -> sqlx::Result<Option<Record>> {
    record!(connection, "select ", " from core.account a where a.id = $1 for update", id.get())
}

/// Takes the administrators' numbers, none of them changing until the transaction ends. Always in the same
/// order, so that two callers never wait for each other in a circle.
///
/// # Errors
/// Those of the database.
pub async fn lock_admins(connection: &mut PgConnection) -> sqlx::Result<Vec<AccountId>> {
    let ids = sqlx::query_scalar!("select id from core.account where role = 'admin' order by id for update")
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// The language chosen here.
///
/// # Errors
/// Those of the database.
pub async fn set_language(connection: &mut PgConnection, id: AccountId, language: Language) -> sqlx::Result<()> {
    sqlx::query!("update core.account set language = $2 where id = $1", id.get(), language.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes a request for access; the first one counts.
///
/// # Errors
/// Those of the database.
pub async fn request_access(connection: &mut PgConnection, id: AccountId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update core.account set access_requested_at = coalesce(access_requested_at, $2) where id = $1",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Answers a request for access, whatever the answer is.
///
/// # Errors
/// Those of the database.
pub async fn clear_request(connection: &mut PgConnection, id: AccountId) -> sqlx::Result<()> {
    sqlx::query!("update core.account set access_requested_at = null where id = $1", id.get())
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a role.
///
/// # Errors
/// Those of the database.
pub async fn set_role(connection: &mut PgConnection, id: AccountId, role: Role) -> sqlx::Result<()> {
    sqlx::query!("update core.account set role = $2 where id = $1", id.get(), role.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a role by Telegram's number, which nobody may have seen yet, and answers a request. Returns the
/// account and the role it had, which is a guest's for a new one.
///
/// # Errors
/// Those of the database.
pub async fn grant(
    connection: &mut PgConnection,
    telegram_id: i64,
    new: Role,
    now: OffsetDateTime,
) -> sqlx::Result<(AccountId, Role)> {
    let before = sqlx::query_scalar!("select role from core.account where telegram_id = $1 for update", telegram_id)
        .fetch_optional(&mut *connection)
        .await?;
    let id = sqlx::query_scalar!(
        "insert into core.account (telegram_id, role, created_at) values ($1, $2, $3)
         on conflict (telegram_id) do update set role = excluded.role, access_requested_at = null
         returning id",
        telegram_id,
        new.as_str(),
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok((id.into(), before.as_deref().map_or(Role::Guest, role)))
}

/// Links a person of the directory, or unlinks. Violates `account_employee_id_key` when he belongs to another
/// account. Returns whether there is such a person.
///
/// # Errors
/// Those of the database.
pub async fn link_employee(
    connection: &mut PgConnection,
    id: AccountId,
    employee: Option<EmployeeId>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update core.account set employee_id = $2
         where id = $1
           and ($2::bigint is null
                or exists (select 1 from employees.employee e where e.id = $2 and e.deleted_at is null))",
        id.get(),
        employee.map(EmployeeId::get),
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many guests wait for an answer; `admins` of the configuration do not count.
///
/// # Errors
/// Those of the database.
pub async fn waiting_requests(connection: &mut PgConnection, admins: &[i64]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from core.account
           where access_requested_at is not null and role = 'guest' and telegram_id <> all($1)"#,
        admins,
    )
    .fetch_one(connection)
    .await
}

/// The language that the account with this number chose here.
///
/// # Errors
/// Those of the database.
pub async fn chosen_language(connection: &mut PgConnection, telegram_id: i64) -> sqlx::Result<Option<Language>> {
    let chosen = sqlx::query_scalar!("select language from core.account where telegram_id = $1", telegram_id)
        .fetch_optional(connection)
        .await?;
    Ok(chosen.flatten().as_deref().and_then(language))
}
