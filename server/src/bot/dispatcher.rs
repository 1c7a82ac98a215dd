//! Handles stored updates one after the other: understand, answer, note that it is done.

use std::sync::Arc;

use app::{i18n::texts, model::Error};
use time::{Duration, OffsetDateTime};
use tokio_util::sync::CancellationToken;

use super::{
    commands::{self, Command, Request},
    incoming::{self, Incoming},
    keyboards, render,
};
use crate::{
    clock,
    services::{
        Deps,
        chats::{Answer, Chats},
        updates::Updates,
    },
};

/// What one unit of work found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    /// An update; there may be more.
    One,
    /// None that is due.
    Nothing,
}

/// Nobody waits for an answer any more.
const TOO_LATE: Duration = Duration::hours(24);

/// The longest pause between two attempts at one update.
const LONGEST_PAUSE: Duration = Duration::seconds(60);

/// Handles one update, or waits a moment for one.
///
/// # Errors
/// When the database or Telegram is away; the update stays.
pub async fn run_once(deps: Arc<Deps>, stop: CancellationToken, now: OffsetDateTime) -> anyhow::Result<Handled> {
    let updates = Updates::new(Deps::clone(&deps));
    let Some(claimed) = updates.claim(now).await? else {
        tokio::select! {
            () = stop.cancelled() => {}
            () = updates.arrival() => {}
        }
        return Ok(Handled::Nothing);
    };
    let chats = Chats::new(Deps::clone(&deps));
    let outcome = match incoming::read(&claimed.body) {
        Some(incoming) if claimed.received_at + TOO_LATE > now => answer(&chats, incoming).await,
        _ => Ok(()),
    };
    let now = clock::now();
    match outcome {
        // A chat that cannot be written to is a result, not a failure.
        Ok(()) | Err(Error::Forbidden { .. }) => {
            updates.finish(claimed.id, now).await?;
            Ok(Handled::One)
        }
        Err(Error::TooMany { retry_after_s }) => {
            let wait = Duration::seconds(i64::try_from(retry_after_s).unwrap_or(i64::MAX)).min(TOO_LATE);
            updates.postpone(claimed.id, now + wait).await?;
            Ok(Handled::One)
        }
        Err(error) => {
            updates.postpone(claimed.id, now + pause(claimed.attempts)).await?;
            Err(anyhow::Error::new(error).context("an update waits for its answer"))
        }
    }
}

async fn answer(chats: &Chats, incoming: Incoming) -> Result<(), Error> {
    // The name matters only for a command that names one.
    let username = match incoming.text.contains('@') {
        true => chats.bot_username().await?,
        false => String::new(),
    };
    let Some(request) = commands::read(&incoming, &username) else { return Ok(()) };
    let chosen = match incoming.from {
        // Without the database the client's language will do.
        Some(person) => chats.chosen_language(person).await.ok().flatten(),
        None => None,
    };
    let texts = texts(chosen.unwrap_or(incoming.language));
    let payload = match &request {
        Request::Command(Command::Start(payload)) => payload.as_deref(),
        _ => None,
    };
    if incoming.is_private
        && matches!(request, Request::Command(Command::Start(_)))
        && let Err(error) = chats.show_menu_button(Some(incoming.chat), texts.bot_menu()).await
    {
        // The answer below brings a button of its own.
        tracing::debug!(%error, "The menu button of a chat was not set");
    }
    chats
        .send(Answer {
            chat: incoming.chat,
            topic: incoming.topic,
            text: render::answer(texts, &request, incoming.name.trim()),
            button: Some(keyboards::app_button(texts, incoming.is_private, payload)),
        })
        .await
}

/// Grows with each attempt.
fn pause(attempts: i16) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 7)).unwrap_or(1) - 1;
    (Duration::seconds(1) * 2_i32.pow(doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_minute() {
        let seconds = [1, 2, 3, 6, 7, 100].map(|attempts| pause(attempts).whole_seconds());
        assert_eq!(seconds, [1, 2, 4, 32, 60, 60]);
        assert_eq!(pause(0).whole_seconds(), 1);
    }
}
