//! Tells Telegram where to post updates. Repeated now and then, so that a webhook somebody else took away
//! comes back; it stays when this process stops, because another node may go on.

use std::sync::Arc;

use secrecy::SecretString;
use url::Url;

use crate::{integrations::telegram::Client, workers::supervisor::Outcome};

/// Sets the webhook to this address.
///
/// # Errors
/// When Telegram does not take it.
pub async fn run_once(client: Arc<Client>, url: Url, secret: SecretString) -> anyhow::Result<Outcome> {
    client.set_webhook(url, &secret).await?;
    Ok(Outcome::Idle)
}
