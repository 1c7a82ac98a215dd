//! Mails of replies that stand in OTRS, where it is we who mail them.

use app::model::ids::{AccountId, ActionId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub action_id: ActionId,
    pub state: String,
    pub recipient: String,
    pub sender: String,
    pub subject: String,
    pub body: String,
    pub message_id: String,
    pub answered_id: Option<String>,
    pub reason: Option<String>,
    pub detail: Option<String>,
    pub attempts: i32,
}

/// A mail to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct New<'a> {
    pub action_id: ActionId,
    pub state: &'a str,
    pub recipient: &'a str,
    pub sender: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    pub message_id: &'a str,
    pub answered_id: Option<&'a str>,
    pub reason: Option<&'a str>,
    pub now: OffsetDateTime,
}

/// Stores a mail; nothing when the action has one.
///
/// # Errors
/// Those of the database.
pub async fn insert(db: &mut PgConnection, new: &New<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.action_mail (action_id, state, recipient, sender, subject, body, message_id, answered_id, reason,
                                       not_before, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) on conflict (action_id) do nothing",
        new.action_id.get(),
        new.state,
        new.recipient,
        new.sender,
        new.subject,
        new.body,
        new.message_id,
        new.answered_id,
        new.reason,
        new.now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The mail of an action, if it has one.
///
/// # Errors
/// Those of the database.
pub async fn of(db: &mut PgConnection, id: ActionId) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "select action_id, state, recipient, sender, subject, body, message_id, answered_id, reason, detail, attempts
         from otrs.action_mail where action_id = $1",
        id.get()
    )
    .fetch_optional(db)
    .await
}

/// Takes the next mail that is due. One whose text was being handed over when its worker died comes as `handing`.
///
/// # Errors
/// Those of the database.
pub async fn take_due(db: &mut PgConnection, now: OffsetDateTime, until: OffsetDateTime) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "update otrs.action_mail set leased_until = $2, attempts = attempts + 1
         where action_id = (
             select action_id from otrs.action_mail
             where state in ('waiting', 'handing') and not_before <= $1 and (leased_until is null or leased_until <= $1)
             order by not_before, action_id limit 1 for update skip locked)
         returning action_id, state, recipient, sender, subject, body, message_id, answered_id, reason, detail, attempts",
        now,
        until
    )
    .fetch_optional(db)
    .await
}

/// Writes down, before it is, that the text of a mail is handed over now: from then on it may have gone. Whether nobody else
/// has taken it over.
///
/// # Errors
/// Those of the database.
pub async fn handing(db: &mut PgConnection, id: ActionId, attempt: i32, now: OffsetDateTime) -> sqlx::Result<bool> {
    let handing = sqlx::query!(
        "update otrs.action_mail set state = 'handing', updated_at = $3
         where action_id = $1 and state = 'waiting' and attempts = $2 and leased_until > $3",
        id.get(),
        attempt,
        now
    );
    Ok(handing.execute(db).await?.rows_affected() > 0)
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Outcome<'a> {
    pub state: &'a str,
    pub reason: Option<&'a str>,
    pub detail: Option<&'a str>,
    /// When it is tried again, if it is.
    pub not_before: Option<OffsetDateTime>,
}

/// Writes down what became of an attempt. Whether it was still this one's business.
///
/// # Errors
/// Those of the database.
pub async fn settle(
    db: &mut PgConnection,
    id: ActionId,
    attempt: i32,
    outcome: &Outcome<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let settled = sqlx::query!(
        "update otrs.action_mail set state = $3, reason = $4, detail = $5, not_before = coalesce($6, not_before),
                                     leased_until = null, updated_at = $7
         where action_id = $1 and attempts = $2 and state in ('waiting', 'handing')",
        id.get(),
        attempt,
        outcome.state,
        outcome.reason,
        outcome.detail,
        outcome.not_before,
        now
    );
    Ok(settled.execute(db).await?.rows_affected() > 0)
}

/// The author wants a mail that stopped to be sent again, or does without it. Whether it had stopped.
///
/// # Errors
/// Those of the database.
pub async fn decide(
    db: &mut PgConnection,
    account: AccountId,
    id: ActionId,
    again: bool,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let state = if again { "waiting" } else { "dropped" };
    let decided = sqlx::query!(
        "update otrs.action_mail m set state = $3, reason = null, detail = null, not_before = $4, updated_at = $4
         from otrs.action a
         where a.id = m.action_id and a.account_id = $1 and m.action_id = $2 and m.state in ('failed', 'unclear')",
        account.get(),
        id.get(),
        state,
        now
    );
    Ok(decided.execute(db).await?.rows_affected() > 0)
}
