//! Files that were sent and wait for the action they belong to.

use app::model::ids::{AccountId, ActionId, UploadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::actions::File;

/// Keeps a file.
///
/// # Errors
/// Those of the database.
pub async fn insert(
    db: &mut PgConnection,
    account: AccountId,
    file: &File,
    now: OffsetDateTime,
) -> sqlx::Result<UploadId> {
    let id = sqlx::query_scalar!(
        "insert into otrs.upload (account_id, name, kind, content, created_at) values ($1, $2, $3, $4, $5) returning id",
        account.get(),
        file.name,
        file.kind,
        file.content,
        now
    );
    Ok(id.fetch_one(db).await?.into())
}

/// How much of an account waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Files.
    pub files: i64,
    /// Their bytes.
    pub bytes: i64,
}

/// How much of this account waits.
///
/// # Errors
/// Those of the database.
pub async fn waiting(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Waiting> {
    sqlx::query_as!(
        Waiting,
        r#"select count(*) as "files!", coalesce(sum(octet_length(content)), 0)::bigint as "bytes!"
           from otrs.upload where account_id = $1"#,
        account.get()
    )
    .fetch_one(db)
    .await
}

/// How many of these files of an account are there, and their bytes.
///
/// # Errors
/// Those of the database.
pub async fn weigh(db: &mut PgConnection, account: AccountId, ids: &[i64]) -> sqlx::Result<Waiting> {
    sqlx::query_as!(
        Waiting,
        r#"select count(*) as "files!", coalesce(sum(octet_length(content)), 0)::bigint as "bytes!"
           from otrs.upload where account_id = $1 and id = any($2)"#,
        account.get(),
        ids
    )
    .fetch_one(db)
    .await
}

/// Gives these files to an action, in this order.
///
/// # Errors
/// Those of the database.
pub async fn give(db: &mut PgConnection, account: AccountId, ids: &[i64], action: ActionId) -> sqlx::Result<u64> {
    let given = sqlx::query!(
        "with gone as (delete from otrs.upload where account_id = $1 and id = any($2) returning id, name, kind, content)
         insert into otrs.action_file (action_id, n, name, kind, content)
         select $3, array_position($2, id), name, kind, content from gone",
        account.get(),
        ids,
        action.get()
    );
    Ok(given.execute(db).await?.rows_affected())
}

/// Takes a file away. Whether it was there.
///
/// # Errors
/// Those of the database.
pub async fn delete(db: &mut PgConnection, account: AccountId, id: UploadId) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from otrs.upload where account_id = $1 and id = $2", account.get(), id.get());
    Ok(gone.execute(db).await?.rows_affected() > 0)
}

/// Takes away what nobody used.
///
/// # Errors
/// Those of the database.
pub async fn forget_before(db: &mut PgConnection, before: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from otrs.upload where created_at < $1", before).execute(db).await?;
    Ok(())
}
