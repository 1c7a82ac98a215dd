//! Sessions, and launch data that was burned by signing out.

use app::model::{
    ids::{AccountId, EmployeeId, SessionId},
    user::{Language, Role},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::accounts::{language, role};
use crate::auth::session::TokenHash;

/// A session that begins.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Whose it is.
    pub account: AccountId,
    /// Of its secret.
    pub token_hash: TokenHash,
    /// Names the launch data it was exchanged for.
    pub launch: [u8; 32],
    /// A line to recognise it by.
    pub device: &'a str,
    /// The language of the Telegram client.
    pub language: Language,
    /// Begun.
    pub created_at: OffsetDateTime,
    /// Ends if it is not used.
    pub expires_at: OffsetDateTime,
    /// Ends for good.
    pub ends_at: OffsetDateTime,
}

/// Keeps a new session.
///
/// # Errors
/// Those of the database.
pub async fn insert(connection: &mut PgConnection, session: &NewSession<'_>) -> sqlx::Result<SessionId> {
    let id = sqlx::query_scalar!(
        "insert into core.session
             (account_id, token_hash, launch_hash, device, language, created_at, last_used_at, expires_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8)
         returning id",
        session.account.get(),
        &session.token_hash.0,
        &session.launch,
        session.device,
        session.language.as_str(),
        session.created_at,
        session.expires_at,
        session.ends_at,
    )
    .fetch_one(connection)
    .await?;
    Ok(id.into())
}

/// A live session and whose it is. Can be written down for a cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The session.
    pub id: SessionId,
    /// Its account.
    pub account: AccountId,
    /// The account's number in Telegram.
    pub telegram_id: i64,
    /// What was given to the account here.
    pub role: Role,
    /// Who it is in the directory.
    pub employee: Option<EmployeeId>,
    /// The one chosen here, else the Telegram client's.
    pub language: Language,
    /// Last written down as used.
    pub last_used_at: OffsetDateTime,
    /// Ends if it is not used.
    pub expires_at: OffsetDateTime,
    /// Ends for good.
    pub ends_at: OffsetDateTime,
}

/// The live session with this secret.
///
/// # Errors
/// Those of the database.
pub async fn find(
    connection: &mut PgConnection,
    token_hash: TokenHash,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        r#"select s.id, s.account_id, s.last_used_at, s.expires_at, s.ends_at,
                  a.telegram_id, a.role, a.employee_id, coalesce(a.language, s.language) as "language!"
           from core.session s
           join core.account a on a.id = s.account_id
           where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2"#,
        &token_hash.0,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Found {
        id: row.id.into(),
        account: row.account_id.into(),
        telegram_id: row.telegram_id,
        role: role(&row.role),
        employee: row.employee_id.map(Into::into),
        language: language(&row.language).unwrap_or_default(),
        last_used_at: row.last_used_at,
        expires_at: row.expires_at,
        ends_at: row.ends_at,
    }))
}

/// Writes down that a live session was used now, for it and its account, unless somebody just did.
///
/// # Errors
/// Those of the database.
pub async fn touch(
    connection: &mut PgConnection,
    id: SessionId,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with touched as (
             update core.session set last_used_at = $2, expires_at = $3
             where id = $1 and ended_at is null and last_used_at < $2
             returning account_id
         )
         update core.account set last_seen_at = greatest(last_seen_at, $2)
         where id in (select account_id from touched)",
        id.get(),
        now,
        expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A live session as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The session.
    pub id: SessionId,
    /// A line to recognise it by.
    pub device: String,
    /// Begun.
    pub created_at: OffsetDateTime,
    /// Last written down as used.
    pub last_used_at: OffsetDateTime,
    /// Ends if it is not used.
    pub expires_at: OffsetDateTime,
}

/// Live sessions of an account, the last used first.
///
/// # Errors
/// Those of the database.
pub async fn of_account(
    connection: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select id, device, created_at, last_used_at, expires_at
         from core.session
         where account_id = $1 and ended_at is null and expires_at > $2
         order by last_used_at desc, id desc",
        account.get(),
        now,
    )
    .fetch_all(connection)
    .await
}

/// Secrets' hashes of an account's sessions that have not been ended, for forgetting what was remembered.
///
/// # Errors
/// Those of the database.
pub async fn hashes(connection: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<TokenHash>> {
    let hashes = sqlx::query_scalar!(
        "select token_hash from core.session where account_id = $1 and ended_at is null",
        account.get()
    )
    .fetch_all(connection)
    .await?;
    Ok(hashes.iter().filter_map(|hash| TokenHash::from_bytes(hash)).collect())
}

/// Ends one live session of an account, or all of them. Returns the hashes of their secrets.
///
/// # Errors
/// Those of the database.
pub async fn end(
    connection: &mut PgConnection,
    account: AccountId,
    only: Option<SessionId>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<TokenHash>> {
    let hashes = sqlx::query_scalar!(
        "update core.session set ended_at = $3
         where account_id = $1 and ($2::bigint is null or id = $2) and ended_at is null and expires_at > $3
         returning token_hash",
        account.get(),
        only.map(SessionId::get),
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(hashes.iter().filter_map(|hash| TokenHash::from_bytes(hash)).collect())
}

/// Burns the launch data that a session came from.
///
/// # Errors
/// Those of the database.
pub async fn burn_launch_of(
    connection: &mut PgConnection,
    session: SessionId,
    until: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into core.burned_launch (launch_hash, until)
         select launch_hash, $2 from core.session where id = $1
         on conflict (launch_hash) do update set until = greatest(core.burned_launch.until, excluded.until)",
        session.get(),
        until,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether this launch data was burned.
///
/// # Errors
/// Those of the database.
pub async fn is_burned(connection: &mut PgConnection, launch: &[u8; 32]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from core.burned_launch where launch_hash = $1) as "burned!""#,
        launch,
    )
    .fetch_one(connection)
    .await
}
