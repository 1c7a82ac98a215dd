//! How updates reach the bot: `getUpdates` and the settings of the webhook (it is delivered elsewhere).

use std::time::Duration;

use serde_json::{Value, json};

use super::{ApiError, Params, Result};
use crate::telegram::{Shared, updates::Webhook, world::World};

const LONGEST_POLL_S: i64 = 50;

fn remember_allowed(world: &mut World, params: &Params) -> Result<()> {
    if let Some(allowed) = params.json("allowed_updates")? {
        let names = allowed.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        world.updates.allowed = Some(names.collect());
    }
    Ok(())
}

pub(super) async fn get(shared: &Shared, params: &Params) -> Result<Value> {
    let limit = params.int("limit").filter(|limit| (1..=100).contains(limit)).unwrap_or(100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let timeout = params.int("timeout").unwrap_or(0).clamp(0, LONGEST_POLL_S);
    let offset = params.int("offset").unwrap_or(0);
    let mut changed = shared.changed();
    let me = shared.change(|world| {
        remember_allowed(world, params)?;
        world.updates.poller += 1;
        Ok::<_, ApiError>(world.updates.poller)
    })?;
    let deadline = tokio::time::Instant::now() + Duration::from_secs(timeout.unsigned_abs());
    loop {
        changed.borrow_and_update();
        let updates = shared.quietly(|world| {
            if world.updates.webhook.is_some() {
                return Err(ApiError::conflict(
                    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
                ));
            }
            if world.updates.poller != me {
                return Err(ApiError::conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running",
                ));
            }
            Ok(world.updates.read(offset, limit, world.now_ms))
        })?;
        if !updates.is_empty() || tokio::time::timeout_at(deadline, changed.changed()).await.is_err() {
            return Ok(json!(updates));
        }
    }
}

pub(super) fn set_webhook(world: &mut World, params: &Params) -> Result<Value> {
    let url = params.text("url").unwrap_or_default();
    if url.is_empty() {
        return delete_webhook(world, params);
    }
    // As a local Bot API server: any port and plain http.
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(ApiError::bad("bad webhook: An HTTPS URL must be provided for webhook"));
    }
    let secret = params.text("secret_token").filter(|secret| !secret.is_empty());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if secret.as_ref().is_some_and(|secret| secret.len() > 256 || !secret.bytes().all(plain)) {
        return Err(ApiError::bad("secret token contains unallowed characters"));
    }
    remember_allowed(world, params)?;
    if params.flag("drop_pending_updates") {
        world.updates.queue.clear();
    }
    let max_connections = params.int("max_connections").unwrap_or(40).clamp(1, 100);
    world.updates.webhook = Some(Webhook { url, secret, max_connections, ..Webhook::default() });
    Ok(json!(true))
}

pub(super) fn delete_webhook(world: &mut World, params: &Params) -> Result<Value> {
    if params.flag("drop_pending_updates") {
        world.updates.queue.clear();
    }
    world.updates.webhook = None;
    Ok(json!(true))
}

pub(super) fn webhook_info(world: &World) -> Value {
    let pending = world.updates.queue.len();
    let mut info = json!({"url": "", "has_custom_certificate": false, "pending_update_count": pending});
    if let Some(webhook) = &world.updates.webhook {
        info["url"] = json!(webhook.url);
        info["max_connections"] = json!(webhook.max_connections);
        info["ip_address"] = json!("127.0.0.1");
        if let Some((date, message)) = &webhook.last_error {
            info["last_error_date"] = json!(date);
            info["last_error_message"] = json!(message);
        }
    }
    if let Some(allowed) = &world.updates.allowed {
        info["allowed_updates"] = json!(allowed);
    }
    info
}
