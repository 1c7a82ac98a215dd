//! Telegram's updates on their way to the bot: stored before they are acknowledged, then taken on one by one
//! until each is done. Whatever dies in between, nothing is lost; at worst something is done twice.

use app::model::{Result, error::Reference};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use super::Deps;
use crate::{
    error::internal,
    store::{self, updates::Claimed},
};

/// How long somebody may work on an update before another one takes it on: longer than all its calls together,
/// even if Telegram answers none of them.
const LEASE: Duration = Duration::seconds(30);

/// How long one waits for news at most; updates may also come to another node.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_secs(1);

/// Updates waiting for the bot.
#[derive(Clone)]
pub struct Updates {
    deps: Deps,
}

impl Updates {
    /// Made of what outlives a request.
    #[must_use]
    pub const fn new(deps: Deps) -> Self {
        Self { deps }
    }

    /// Stores updates with their numbers; those that were stored before change nothing.
    ///
    /// # Errors
    /// `Unavailable` while the database is away: they must not be acknowledged then.
    pub async fn store(&self, updates: Vec<(i64, Value)>, now: OffsetDateTime, reference: &Reference) -> Result<u64> {
        let (ids, bodies): (Vec<i64>, Vec<Value>) = updates.into_iter().map(|(id, body)| (id, storable(body))).unzip();
        let stored = async {
            let mut connection = self.deps.db.acquire().await?;
            store::updates::insert(&mut connection, &ids, &bodies, now).await
        };
        let new = stored.await.map_err(|error| internal(reference, error))?;
        if new > 0 {
            self.deps.new_updates.notify_one();
        }
        Ok(new)
    }

    /// Takes on the oldest update that is due.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn claim(&self, now: OffsetDateTime) -> sqlx::Result<Option<Claimed>> {
        let mut connection = self.deps.db.acquire().await?;
        store::updates::claim(&mut connection, now, now + LEASE).await
    }

    /// Waits until there may be an update to claim.
    pub async fn arrival(&self) {
        let _ = tokio::time::timeout(LOOK_AGAIN, self.deps.new_updates.notified()).await;
    }

    /// Notes that an update is done.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn finish(&self, id: i64, now: OffsetDateTime) -> sqlx::Result<()> {
        let mut connection = self.deps.db.acquire().await?;
        store::updates::finish(&mut connection, id, now).await
    }

    /// Puts an update off.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn postpone(&self, id: i64, until: OffsetDateTime) -> sqlx::Result<()> {
        let mut connection = self.deps.db.acquire().await?;
        store::updates::postpone(&mut connection, id, until).await
    }
}

/// JSON may hold NUL, `jsonb` may not; one such update must not hold up the others.
fn storable(mut body: Value) -> Value {
    match &mut body {
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', ""),
        Value::Array(items) => items.iter_mut().for_each(|item| *item = storable(item.take())),
        Value::Object(fields) => fields.values_mut().for_each(|field| *field = storable(field.take())),
        _ => {}
    }
    body
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::storable;

    #[test]
    fn what_jsonb_refuses_is_taken_out() {
        let body = json!({"message": {"text": "a\0b", "entities": [{"url": "\0"}], "date": 7}});
        assert_eq!(storable(body), json!({"message": {"text": "ab", "entities": [{"url": ""}], "date": 7}}));
    }
}
