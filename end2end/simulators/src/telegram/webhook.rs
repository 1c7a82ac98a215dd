//! Posts updates to the bot's webhook, one after another, until each is taken with a 2xx.

use std::{sync::Arc, time::Duration};

use reqwest::header::RETRY_AFTER;

use super::Shared;

const LONGEST_DELAY_MS: i64 = 60_000;

struct Attempt {
    update: i64,
    body: serde_json::Value,
    url: String,
    secret: Option<String>,
}

enum Next {
    Post(Attempt),
    /// For at most so long, ms; a change may bring something earlier.
    Wait(Option<i64>),
}

/// Runs for ever.
pub(super) async fn deliver(shared: Arc<Shared>, client: reqwest::Client) {
    let mut changed = shared.changed();
    loop {
        changed.borrow_and_update();
        match shared.quietly(next) {
            Next::Post(attempt) => {
                let outcome = post(&client, &attempt).await;
                shared.change(|world| settle(world, &attempt, outcome));
            }
            Next::Wait(Some(ms)) => {
                let wait = Duration::from_millis(ms.unsigned_abs());
                let _ = tokio::time::timeout(wait, changed.changed()).await;
            }
            Next::Wait(None) => {
                if changed.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}

fn next(world: &mut super::world::World) -> Next {
    world.updates.expire(world.now_ms);
    let (Some(webhook), Some(update)) = (&world.updates.webhook, world.updates.queue.front()) else {
        return Next::Wait(None);
    };
    if webhook.not_before_ms > world.now_ms {
        return Next::Wait(Some(webhook.not_before_ms - world.now_ms));
    }
    let (url, secret) = (webhook.url.clone(), webhook.secret.clone());
    Next::Post(Attempt { update: update.id, body: update.body.clone(), url, secret })
}

/// An error text and the wait that the bot asked for, s.
type Refused = (String, Option<i64>);

async fn post(client: &reqwest::Client, attempt: &Attempt) -> Result<(), Refused> {
    let mut request = client.post(&attempt.url).json(&attempt.body).timeout(Duration::from_secs(60));
    if let Some(secret) = &attempt.secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    let answer = request.send().await.map_err(|_| ("Connection refused".to_owned(), None))?;
    if answer.status().is_success() {
        return Ok(());
    }
    let wait = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let status = answer.status();
    let reason = status.canonical_reason().unwrap_or_default();
    Err((format!("Wrong response from the webhook: {} {reason}", status.as_u16()), wait.filter(|s| *s <= 3_600)))
}

/// The first repetition comes at once, then the pause doubles.
fn settle(world: &mut super::world::World, attempt: &Attempt, outcome: Result<(), Refused>) {
    let now_ms = world.now_ms;
    let updates = &mut world.updates;
    let Some(webhook) = updates.webhook.as_mut().filter(|webhook| webhook.url == attempt.url) else { return };
    match outcome {
        Ok(()) => {
            webhook.attempts = 0;
            webhook.not_before_ms = 0;
            if updates.queue.front().is_some_and(|update| update.id == attempt.update) {
                updates.confirm();
            }
        }
        Err((message, wait)) => {
            webhook.attempts += 1;
            let doubled = match webhook.attempts {
                1 => 0,
                n => 500_i64.checked_shl(n - 1).unwrap_or(LONGEST_DELAY_MS).min(LONGEST_DELAY_MS),
            };
            webhook.not_before_ms = now_ms + wait.map_or(doubled, |s| s * 1_000);
            webhook.last_error = Some((now_ms / 1_000, message));
        }
    }
}
