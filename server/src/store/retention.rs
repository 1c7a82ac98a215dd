//! Deleting by age. Each returns how many rows went.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// Sessions that ended, by whatever way, before `until`.
///
/// # Errors
/// Those of the database.
pub async fn sessions_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from core.session where coalesce(ended_at, least(expires_at, ends_at)) < $1", until)
            .execute(connection)
            .await?;
    Ok(done.rows_affected())
}

/// Launch data that is too old to be accepted anyway.
///
/// # Errors
/// Those of the database.
pub async fn burned_launches_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from core.burned_launch where until < $1", until).execute(connection).await?;
    Ok(done.rows_affected())
}

/// Answers kept for repetitions.
///
/// # Errors
/// Those of the database.
pub async fn idempotency_keys_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from core.idempotency_key where created_at < $1", until).execute(connection).await?;
    Ok(done.rows_affected())
}

/// Actions on tickets that are over, done or given up; what still waits for its author stays.
///
/// # Errors
/// Those of the database.
pub async fn actions_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from otrs.action where state in ('done', 'undone') and updated_at < $1", until)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

/// One-time addresses nobody opened.
///
/// # Errors
/// Those of the database.
pub async fn downloads_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from core.download where expires_at < $1", until).execute(connection).await?;
    Ok(done.rows_affected())
}

/// Telegram's updates that were handled.
///
/// # Errors
/// Those of the database.
pub async fn updates_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from telegram.update where received_at < $1 and handled_at is not null", until)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

/// Previews of imports.
///
/// # Errors
/// Those of the database.
pub async fn previews_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from core.import where dry_run and finished_at < $1", until).execute(connection).await?;
    Ok(done.rows_affected())
}

/// Reports of imports. That there was one stays: the history of a record names its file.
///
/// # Errors
/// Those of the database.
pub async fn reports_before(connection: &mut PgConnection, until: OffsetDateTime) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("update core.import set report = null where finished_at < $1 and report is not null", until)
            .execute(connection)
            .await?;
    Ok(done.rows_affected())
}
