//! Mailing a reply to the customer, where it is we who mail: after it stands in OTRS, once as far as SMTP allows.
//!
//! What is mailed is stored together with "done". A worker begins the exchange, writes down that the text goes now, and hands it
//! over: what failed before that is tried again by itself, what broke after it is not, for it may have arrived; its author is
//! told and decides.

use app::model::{ids::ActionId, live::Topic, otrs_link::TicketSettings};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{actions::shown_for, clean, convert, perform::author, plan::Text, sight};
use crate::{
    integrations::{
        otrs::Ticket,
        smtp::{Failure, File, Letter},
    },
    services::{Deps, servers::json as raw},
    store::{
        self,
        actions::{
            Row,
            mail::{self as mails, New, Outcome},
        },
        live_log::{Audience, News},
    },
};

/// Longer than both halves of an exchange together.
const LEASE: Duration = Duration::minutes(4);
/// Pauses while the mail server is away; after the last one the author is told.
const PAUSES: [i64; 9] = [5, 15, 60, 120, 300, 900, 1_800, 3_600, 7_200];

/// What is to be mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The customer of the ticket; absent: nobody knows his address.
    pub to: Option<String>,
    /// The queue.
    pub sender: String,
    /// With the number of the ticket, so that the answer lands in it.
    pub subject: String,
    /// What the operator wrote.
    pub body: String,
    /// Names the mail.
    pub id: String,
    /// The last mail of the customer.
    pub answers: Option<String>,
}

/// The mail of an action whose article stands in this ticket.
pub fn draft(ticket: &Ticket, text: &Text, row: &Row, settings: &TicketSettings) -> Draft {
    let comment = row.request.get("comment").and_then(|comment| comment.as_str());
    let last = ticket.articles.iter().rev().find(|article| article.sender == "customer");
    let queue = ticket.queue.name.rsplit("::").next().unwrap_or_default();
    Draft {
        to: convert::customer(ticket).1,
        sender: clean::line(queue),
        subject: clean::line(&format!("[{}{}] {}", settings.ticket_hook, ticket.number, text.subject)),
        body: comment.unwrap_or(&text.body).to_owned(),
        id: row.marker.replace(' ', "."),
        answers: last.map(|article| article.message_id.trim().to_owned()).filter(|id| !id.is_empty()),
    }
}

/// Stores it with the action.
///
/// # Errors
/// Those of the database.
pub async fn put(
    tx: &mut PgConnection,
    deps: &Deps,
    action_id: ActionId,
    draft: &Draft,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let (state, reason) = match (&draft.to, &deps.smtp) {
        (None, _) => ("failed", Some("no_address")),
        (_, None) => ("failed", Some("smtp_not_configured")),
        _ => ("waiting", None),
    };
    let new = New {
        action_id,
        state,
        recipient: draft.to.as_deref().unwrap_or_default(),
        sender: &draft.sender,
        subject: &draft.subject,
        body: &draft.body,
        message_id: &draft.id,
        answered_id: draft.answers.as_deref(),
        reason,
        now,
    };
    mails::insert(tx, &new).await
}

/// Sends the next mail that is due. Whether there was one.
///
/// # Errors
/// Those of the database; the mail is looked at again when its lease is over.
pub async fn mail_due(deps: &Deps, now: OffsetDateTime) -> sqlx::Result<bool> {
    let row = mails::take_due(&mut *deps.db.acquire().await?, now, now + LEASE).await?;
    let Some(row) = row else { return Ok(false) };
    let unclear = || Outcome { state: "unclear", reason: Some("unclear"), detail: None, not_before: None };
    if row.state == "handing" {
        // Whoever handed it over did not come back.
        settle(deps, &row, &unclear(), now).await?;
        return Ok(true);
    }
    let answer = send(deps, &row, now).await?;
    let stopped = |state, reason, detail| Outcome { state, reason: Some(reason), detail, not_before: None };
    let tries = usize::try_from(row.attempts - 1).unwrap_or_default() % (PAUSES.len() + 1);
    let outcome = match &answer {
        Sent::Yes => Outcome { state: "sent", reason: None, detail: None, not_before: None },
        Sent::TakenOver => return Ok(true),
        Sent::Nowhere => stopped("failed", "smtp_not_configured", None),
        Sent::Not(Failure::Refused(why)) => stopped("failed", "smtp_refused", Some(why.as_str())),
        Sent::Not(Failure::Unclear(why)) => Outcome { detail: Some(why), ..unclear() },
        Sent::Not(Failure::Away(why)) => match PAUSES.get(tries) {
            Some(pause) => Outcome {
                not_before: Some(now + Duration::seconds(*pause)),
                ..stopped("waiting", "smtp_away", Some(why))
            },
            None => stopped("failed", "smtp_away", Some(why)),
        },
    };
    settle(deps, &row, &outcome, now).await?;
    Ok(true)
}

enum Sent {
    Yes,
    Not(Failure),
    /// There is no mail server any more.
    Nowhere,
    /// The lease was over: somebody else goes on with it.
    TakenOver,
}

async fn send(deps: &Deps, row: &mails::Row, now: OffsetDateTime) -> sqlx::Result<Sent> {
    let Some(smtp) = &deps.smtp else { return Ok(Sent::Nowhere) };
    let files = store::actions::files(&mut *deps.db.acquire().await?, row.action_id).await?;
    let file = |file: store::actions::File| File { name: file.name, kind: file.kind, content: file.content };
    let letter = Letter {
        to: row.recipient.clone(),
        sender: row.sender.clone(),
        subject: row.subject.clone(),
        body: row.body.clone(),
        id: row.message_id.clone(),
        answers: row.answered_id.clone(),
        files: files.into_iter().map(file).collect(),
        at: now,
    };
    let begun = match smtp.begin(&letter).await {
        Ok(begun) => begun,
        Err(failure) => return Ok(Sent::Not(failure)),
    };
    let mut db = deps.db.acquire().await?;
    if !mails::handing(&mut db, row.action_id, row.attempts, now).await? {
        return Ok(Sent::TakenOver);
    }
    drop(db);
    Ok(begun.hand_over().await.map_or_else(Sent::Not, |()| Sent::Yes))
}

/// Writes down what became of it and tells the author.
async fn settle(deps: &Deps, row: &mails::Row, outcome: &Outcome<'_>, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = deps.db.begin().await?;
    if !mails::settle(&mut tx, row.action_id, row.attempts, outcome, now).await? {
        return Ok(());
    }
    if outcome.state == "sent" {
        store::actions::work::delete_files(&mut tx, row.action_id).await?;
    }
    tell(&mut tx, deps, row.action_id, now).await?;
    tx.commit().await
}

/// Tells the author how far his action is.
async fn tell(tx: &mut PgConnection, deps: &Deps, id: ActionId, now: OffsetDateTime) -> sqlx::Result<()> {
    let Some(action) = store::actions::by_id(tx, id).await? else { return Ok(()) };
    let Some(account) = store::accounts::by_id(tx, action.account_id).await? else { return Ok(()) };
    let (sight, _) = sight::of(tx, &author(deps, &account), now).await?;
    let shown = shown_for(tx, &sight, action).await?;
    let audience = Some(Audience::Account { account: account.id.get() });
    let news = News { topic: Topic::Tickets, event: "action.state", data: raw(&shown), audience };
    store::live_log::append(tx, &[news], now).await
}
