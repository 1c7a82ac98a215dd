//! The queue of updates for the bot, and the webhook that may take them.

use std::collections::VecDeque;

use serde_json::{Value, json};

const KEPT_MS: i64 = 24 * 3_600_000;

/// Update kinds that are left out unless the bot asks for them.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// An update that was not confirmed yet.
#[derive(Clone, Debug)]
pub(super) struct Update {
    pub id: i64,
    pub at_ms: i64,
    pub body: Value,
}

/// Where updates are posted to.
#[derive(Clone, Debug, Default)]
pub(super) struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub max_connections: i64,
    /// Attempts at the first update of the queue so far.
    pub attempts: u32,
    /// Not before this time, ms.
    pub not_before_ms: i64,
    pub last_error: Option<(i64, String)>,
}

/// The queue.
#[derive(Debug)]
pub(super) struct Updates {
    next_id: i64,
    pub queue: VecDeque<Update>,
    pub allowed: Option<Vec<String>>,
    pub webhook: Option<Webhook>,
    /// Counts calls of `getUpdates`: a newer one ends an older one.
    pub poller: u64,
    last_confirmed: Option<Update>,
}

impl Updates {
    pub(super) fn starting_at(id: i64) -> Self {
        Self { next_id: id, queue: VecDeque::new(), allowed: None, webhook: None, poller: 0, last_confirmed: None }
    }

    pub(super) fn push(&mut self, kind: &str, content: Value, now_ms: i64) {
        let wanted = match &self.allowed {
            Some(allowed) if !allowed.is_empty() => allowed.iter().any(|name| name == kind),
            _ => !ON_REQUEST.contains(&kind),
        };
        if wanted {
            let id = self.next_id;
            self.next_id += 1;
            self.queue.push_back(Update { id, at_ms: now_ms, body: json!({"update_id": id, (kind): content}) });
        }
    }

    /// Updates from `offset` on; everything before is confirmed. A negative offset keeps that many of the last.
    pub(super) fn read(&mut self, offset: i64, limit: usize, now_ms: i64) -> Vec<Value> {
        self.expire(now_ms);
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            while self.queue.len() > keep {
                self.confirm();
            }
        } else {
            while self.queue.front().is_some_and(|update| update.id < offset) {
                self.confirm();
            }
        }
        self.queue.iter().take(limit).map(|update| update.body.clone()).collect()
    }

    pub(super) fn expire(&mut self, now_ms: i64) {
        while self.queue.front().is_some_and(|update| update.at_ms + KEPT_MS < now_ms) {
            self.queue.pop_front();
        }
    }

    pub(super) fn confirm(&mut self) {
        self.last_confirmed = self.queue.pop_front().or(self.last_confirmed.take());
    }

    /// Puts the update confirmed last back to the front: Telegram delivers some twice.
    pub(super) fn repeat_last(&mut self) -> Option<i64> {
        let update = self.last_confirmed.clone()?;
        let id = update.id;
        self.queue.push_front(update);
        Some(id)
    }
}
