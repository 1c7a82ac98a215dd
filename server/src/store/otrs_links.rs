//! As whom people act in OTRS, and what they may see there.

use app::model::ids::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Link {
    pub account_id: AccountId,
    pub login: String,
    pub session: Option<Vec<u8>>,
    pub linked_at: OffsetDateTime,
    pub proven_at: Option<OffsetDateTime>,
}

/// The link of an account.
///
/// # Errors
/// Those of the database.
pub async fn get(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Link>> {
    sqlx::query_as!(
        Link,
        "select account_id, login, session, linked_at, proven_at from otrs.link where account_id = $1",
        account.get()
    )
    .fetch_optional(db)
    .await
}

/// Links an account. The session is sealed.
///
/// # Errors
/// Those of the database; `link_login_key` when the login is somebody else's.
pub async fn set(
    db: &mut PgConnection,
    account: AccountId,
    login: &str,
    session: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.link as l (account_id, login, session, linked_at, due_at) values ($1, $2, $3, $4, $4)
         on conflict (account_id) do update set login = excluded.login, session = excluded.session,
             linked_at = excluded.linked_at, due_at = excluded.due_at, ended_at = null,
             proven_at = case when lower(l.login) = lower(excluded.login) then l.proven_at end",
        account.get(),
        login,
        session,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a link away, with what it let its account see. Whether there was one.
///
/// # Errors
/// Those of the database.
pub async fn delete(db: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    sqlx::query!("delete from otrs.refusal where account_id = $1", account.get()).execute(&mut *db).await?;
    let gone = sqlx::query!("delete from otrs.link where account_id = $1", account.get()).execute(db).await?;
    Ok(gone.rows_affected() > 0)
}

/// The session ended: it is forgotten. Whether that is new.
///
/// # Errors
/// Those of the database.
pub async fn end(db: &mut PgConnection, account: AccountId, session: &[u8], now: OffsetDateTime) -> sqlx::Result<bool> {
    let ended = sqlx::query!(
        "update otrs.link set session = null, ended_at = $3 where account_id = $1 and session = $2",
        account.get(),
        session,
        now
    );
    Ok(ended.execute(db).await?.rows_affected() > 0)
}

/// The queues that an account was proven to see after `since`.
///
/// # Errors
/// Those of the database.
pub async fn queues(db: &mut PgConnection, account: AccountId, since: OffsetDateTime) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select r.queue_id from otrs.queue_right r join otrs.link l on l.account_id = r.account_id
         where r.account_id = $1 and l.proven_at > $2",
        account.get(),
        since
    )
    .fetch_all(db)
    .await
}

/// Writes down which queues an account sees. Whether that differs from before.
///
/// # Errors
/// Those of the database.
pub async fn prove(
    db: &mut PgConnection,
    account: AccountId,
    queues: &[i64],
    now: OffsetDateTime,
    due: OffsetDateTime,
) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from otrs.queue_right where account_id = $1 and queue_id <> all($2)",
        account.get(),
        queues
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    let come = sqlx::query!(
        "insert into otrs.queue_right (account_id, queue_id) select $1, unnest($2::bigint[]) on conflict do nothing",
        account.get(),
        queues
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    sqlx::query!("update otrs.link set proven_at = $2, due_at = $3 where account_id = $1", account.get(), now, due)
        .execute(db)
        .await?;
    Ok(gone + come > 0)
}

/// What an account may see is to be learnt again at once.
///
/// # Errors
/// Those of the database.
pub async fn doubt(db: &mut PgConnection, account: AccountId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update otrs.link set due_at = $2 where account_id = $1", account.get(), now).execute(db).await?;
    Ok(())
}

/// What everybody may see is to be learnt again at once: of a queue without tickets nobody could learn it.
///
/// # Errors
/// Those of the database.
pub async fn doubt_all(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update otrs.link set due_at = $1 where due_at > $1", now).execute(db).await?;
    Ok(())
}

/// A link whose rights are due; nobody else takes it before `until`.
///
/// # Errors
/// Those of the database.
pub async fn take_due(db: &mut PgConnection, now: OffsetDateTime, until: OffsetDateTime) -> sqlx::Result<Option<Link>> {
    sqlx::query_as!(
        Link,
        "update otrs.link set due_at = $2
         where account_id = (select account_id from otrs.link where due_at <= $1 and session is not null
                             order by due_at limit 1 for update skip locked)
         returning account_id, login, session, linked_at, proven_at",
        now,
        until
    )
    .fetch_optional(db)
    .await
}

/// OTRS refuses a single ticket to an account. Whether that is new.
///
/// # Errors
/// Those of the database.
pub async fn refuse(db: &mut PgConnection, account: AccountId, ticket: i64, now: OffsetDateTime) -> sqlx::Result<bool> {
    let refused = sqlx::query!(
        "insert into otrs.refusal (account_id, ticket_id, at) values ($1, $2, $3) on conflict do nothing",
        account.get(),
        ticket,
        now
    );
    Ok(refused.execute(db).await?.rows_affected() > 0)
}

/// Tickets that OTRS refused to an account, oldest refusal first.
///
/// # Errors
/// Those of the database.
pub async fn refusals(db: &mut PgConnection, account: AccountId, limit: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select ticket_id from otrs.refusal where account_id = $1 order by at limit $2",
        account.get(),
        limit
    )
    .fetch_all(db)
    .await
}

/// OTRS gives these tickets again.
///
/// # Errors
/// Those of the database.
pub async fn allow(db: &mut PgConnection, account: AccountId, tickets: &[i64]) -> sqlx::Result<()> {
    sqlx::query!("delete from otrs.refusal where account_id = $1 and ticket_id = any($2)", account.get(), tickets)
        .execute(db)
        .await?;
    Ok(())
}
