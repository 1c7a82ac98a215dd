//! Taking actions that are due, and writing down what became of them.

use app::model::ids::{AccountId, ActionId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::Row;

/// Takes the next action that is due: the oldest of its ticket. Nobody else takes it before `until`.
///
/// # Errors
/// Those of the database.
pub async fn take_due(db: &mut PgConnection, now: OffsetDateTime, until: OffsetDateTime) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "update otrs.action set leased_until = $2, attempts = attempts + 1
         where id = (
             select a.id from otrs.action a
             where a.state in ('waiting', 'sent') and a.not_before <= $1 and (a.leased_until is null or a.leased_until <= $1)
               and not exists (select from otrs.action b
                               where b.ticket_id = a.ticket_id and b.id < a.id and b.state in ('waiting', 'sent'))
             order by a.not_before, a.id limit 1 for update skip locked)
         returning id, account_id, digest, kind, ticket_id, request, login, marker, seen_version, state, reason, detail, not_before,
                   created_at, updated_at, attempts, sent, sent_at, article_id",
        now,
        until
    )
    .fetch_optional(db)
    .await
}

/// Writes down, before it is, that an action is sent now.
///
/// # Errors
/// Those of the database.
pub async fn sending(
    db: &mut PgConnection,
    id: ActionId,
    sent: &serde_json::Value,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let sending = sqlx::query!(
        "update otrs.action set state = 'sent', sent = $2, sent_at = coalesce(sent_at, $3), updated_at = $3
         where id = $1 and state in ('waiting', 'sent')",
        id.get(),
        sent,
        now
    );
    Ok(sending.execute(db).await?.rows_affected() > 0)
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Outcome<'a> {
    pub state: &'a str,
    pub reason: Option<&'a str>,
    pub detail: Option<&'a str>,
    pub ticket_id: Option<i64>,
    pub article_id: Option<i64>,
    /// When it is tried again, if it is.
    pub not_before: Option<OffsetDateTime>,
    /// Nothing of it can have happened: it can be taken back again.
    pub untouched: bool,
}

/// Writes down what became of an attempt and gives it back.
///
/// # Errors
/// Those of the database.
pub async fn settle(
    db: &mut PgConnection,
    id: ActionId,
    outcome: &Outcome<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "update otrs.action set state = $2, reason = $3, detail = $4, ticket_id = coalesce($5, ticket_id),
                                article_id = coalesce($6, article_id), not_before = coalesce($7, not_before),
                                sent_at = case when $8 then null else sent_at end,
                                sent = case when $8 then null else sent end, leased_until = null, updated_at = $9
         where id = $1 and state in ('waiting', 'sent')
         returning id, account_id, digest, kind, ticket_id, request, login, marker, seen_version, state, reason, detail, not_before,
                   created_at, updated_at, attempts, sent, sent_at, article_id",
        id.get(),
        outcome.state,
        outcome.reason,
        outcome.detail,
        outcome.ticket_id,
        outcome.article_id,
        outcome.not_before,
        outcome.untouched,
        now
    )
    .fetch_optional(db)
    .await
}

/// The author's later actions that were meant for the ticket as it was before his earlier one are meant for what that made of
/// it.
///
/// # Errors
/// Those of the database.
pub async fn follow(
    db: &mut PgConnection,
    account: AccountId,
    ticket: i64,
    before: &str,
    after: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update otrs.action set seen_version = $4
         where account_id = $1 and ticket_id = $2 and state = 'waiting'
           and split_part(seen_version, '-', 2) = split_part($3, '-', 2)",
        account.get(),
        ticket,
        before,
        after
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The files of actions that are over are not needed any more.
///
/// # Errors
/// Those of the database.
pub async fn delete_files(db: &mut PgConnection, id: ActionId) -> sqlx::Result<()> {
    sqlx::query!("delete from otrs.action_file where action_id = $1", id.get()).execute(db).await?;
    Ok(())
}
