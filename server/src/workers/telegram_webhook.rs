//! Tells Telegram where to post updates. Repeated now and then, so that a webhook somebody else took away
//! comes back; it stays when this process stops, because another node may go on.

use std::sync::Arc;

use secrecy::SecretString;
use url::Url;

use crate::{config::telegram::WEBHOOK_PATH, integrations::telegram::Client, workers::supervisor::Outcome};

/// Sets the webhook.
///
/// # Errors
/// When Telegram does not take it.
pub async fn run_once(client: Arc<Client>, public_url: Arc<Url>, secret: SecretString) -> anyhow::Result<Outcome> {
    let url = format!("{}{WEBHOOK_PATH}", public_url.as_str().trim_end_matches('/'));
    client.set_webhook(&url, &secret).await?;
    Ok(Outcome::Idle)
}
