//! How far the copy is, and what time does to it.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Sync {
    pub source: String,
    pub span: i16,
    pub position: Option<String>,
    pub first_until: Option<String>,
    pub through: Option<OffsetDateTime>,
    pub as_of: Option<OffsetDateTime>,
    pub done: i64,
    pub about: Option<i64>,
    pub swept: i64,
    pub away_since: Option<OffsetDateTime>,
}

/// How far it is.
///
/// # Errors
/// Those of the database.
pub async fn get(db: &mut PgConnection) -> sqlx::Result<Sync> {
    sqlx::query_as!(
        Sync,
        "select source, span, position, first_until, through, as_of, done, about, swept, away_since from otrs.sync"
    )
    .fetch_one(db)
    .await
}

/// Forgets a copy of another OTRS and everything that hangs on it.
///
/// # Errors
/// Those of the database.
pub async fn begin_anew(db: &mut PgConnection, source: &str) -> sqlx::Result<()> {
    for statement in [
        "delete from otrs.link",
        "delete from otrs.refusal",
        "delete from otrs.reader",
        "delete from otrs.ticket",
        "delete from otrs.queue",
        "delete from otrs.agent",
        "delete from otrs.state",
        "delete from otrs.priority",
    ] {
        sqlx::query(statement).execute(&mut *db).await?;
    }
    sqlx::query!(
        "update otrs.action set state = 'failed', reason = 'ticket_gone', updated_at = now()
         where state in ('waiting', 'sent', 'needs_sign_in', 'conflict')"
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update otrs.sync set source = $1, span = 0, position = null, first_until = null, through = null, as_of = null,
                              done = 0, about = null, swept = 0, away_since = null, failure = null",
        source
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The first filling begins.
///
/// # Errors
/// Those of the database.
pub async fn begin(
    db: &mut PgConnection,
    until: &str,
    through: OffsetDateTime,
    about: Option<i64>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update otrs.sync set span = 0, position = null, first_until = $1, through = $2, about = $3, done = 0",
        until,
        through,
        about
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The first filling got so far.
///
/// # Errors
/// Those of the database.
pub async fn progress(db: &mut PgConnection, span: i16, position: Option<&str>) -> sqlx::Result<()> {
    sqlx::query!(
        "update otrs.sync set span = $1, position = $2, done = (select count(*) from otrs.ticket where gone_at is null)",
        span,
        position
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets the database learn what is in the copy now, which it would find out by itself a minute later: until then lists are
/// planned as if it were empty.
///
/// # Errors
/// Those of the database.
pub async fn take_stock(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("analyze otrs.ticket").execute(db).await?;
    Ok(())
}

/// Everything up to this moment is in the copy.
///
/// # Errors
/// Those of the database.
pub async fn caught_up(db: &mut PgConnection, through: OffsetDateTime, as_of: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update otrs.sync set through = greatest(through, $1), as_of = greatest(as_of, $2), away_since = null, failure = null",
        through,
        as_of
    )
    .execute(db)
    .await?;
    Ok(())
}

/// OTRS answers again. Whether it was away.
///
/// # Errors
/// Those of the database.
pub async fn is_back(db: &mut PgConnection) -> sqlx::Result<bool> {
    let changed = sqlx::query!("update otrs.sync set away_since = null, failure = null where away_since is not null");
    Ok(changed.execute(db).await?.rows_affected() > 0)
}

/// OTRS does not answer. Whether that is new.
///
/// # Errors
/// Those of the database.
pub async fn is_away(db: &mut PgConnection, failure: &str, now: OffsetDateTime) -> sqlx::Result<bool> {
    let changed =
        sqlx::query!("update otrs.sync set away_since = $2, failure = $1 where away_since is null", failure, now);
    Ok(changed.execute(db).await?.rows_affected() > 0)
}

/// The next tickets to be looked at whether they are still there; wraps around.
///
/// # Errors
/// Those of the database.
pub async fn to_sweep(db: &mut PgConnection, after: i64, limit: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select id from otrs.ticket where gone_at is null and id > $1 order by id limit $2",
        after,
        limit
    )
    .fetch_all(db)
    .await
}

/// They were looked at.
///
/// # Errors
/// Those of the database.
pub async fn swept(db: &mut PgConnection, last: i64) -> sqlx::Result<()> {
    sqlx::query!("update otrs.sync set swept = $1", last).execute(db).await?;
    Ok(())
}

/// Tickets whose next promise is broken before `by` and of whom that was not told; they count as told now.
///
/// # Errors
/// Those of the database.
pub async fn take_escalating(db: &mut PgConnection, by: OffsetDateTime) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "update otrs.ticket set escalation_told = escalates_at
         where gone_at is null and escalates_at is not null and escalates_at < $1
           and state_type not in ('closed', 'removed', 'merged') and escalation_told is distinct from escalates_at
         returning id",
        by
    )
    .fetch_all(db)
    .await
}
