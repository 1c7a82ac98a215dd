//! Calls of the Bot API.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use url::Url;

use super::{
    Command, Failure, LONG_POLL, MenuButton, NewMessage,
    wire::{Envelope, Me},
};

/// How long an ordinary call may take.
const PATIENCE: Duration = Duration::from_secs(8);

/// Kinds of updates that are received.
const KINDS: [&str; 1] = ["message"];

/// Updates at once.
const BATCH: u32 = 100;

/// The bot's line to Telegram.
pub struct Client {
    http: reqwest::Client,
    api_url: Url,
    token: SecretString,
    username: OnceCell<String>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("api_url", &self.api_url.as_str()).finish_non_exhaustive()
    }
}

impl Client {
    /// For the bot with this token; its `@username` is asked for when it is not given.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(api_url: Url, token: SecretString, username: Option<String>) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { http, api_url, token, username: OnceCell::new_with(username) })
    }

    /// The bot's `@username` without the sign.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn username(&self) -> Result<&str, Failure> {
        let ask = async || Ok(self.call::<Me>("getMe", &json!({}), PATIENCE).await?.username);
        self.username.get_or_try_init(ask).await.map(String::as_str)
    }

    /// Updates from `offset` on, with their numbers; everything before is confirmed by this. Waits for the
    /// first one for [`LONG_POLL`].
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn updates(&self, offset: i64) -> Result<Vec<(i64, Value)>, Failure> {
        let parameters = json!({
            "offset": offset, "limit": BATCH, "timeout": LONG_POLL.as_secs(), "allowed_updates": KINDS,
        });
        let updates: Vec<Value> = self.call("getUpdates", &parameters, LONG_POLL + PATIENCE).await?;
        // Every update has a number; one without could be neither stored nor confirmed.
        Ok(updates.into_iter().filter_map(|update| Some((update["update_id"].as_i64()?, update))).collect())
    }

    /// Has updates posted to this address, each with this secret.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_webhook(&self, url: &str, secret: &SecretString) -> Result<(), Failure> {
        let parameters = json!({ "url": url, "secret_token": secret.expose_secret(), "allowed_updates": KINDS });
        self.call::<bool>("setWebhook", &parameters, PATIENCE).await.map(drop)
    }

    /// Has updates kept for [`Client::updates`].
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn delete_webhook(&self) -> Result<(), Failure> {
        self.call::<bool>("deleteWebhook", &json!({}), PATIENCE).await.map(drop)
    }

    /// Sends a message.
    ///
    /// # Errors
    /// See [`Failure`]; after [`Failure::Unreachable`] it may have been sent all the same.
    pub async fn send_message(&self, message: &NewMessage) -> Result<(), Failure> {
        self.call::<Value>("sendMessage", message, PATIENCE).await.map(drop)
    }

    /// Shows a menu button in one private chat, or in all that have none of their own.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_menu_button(&self, chat: Option<i64>, button: &MenuButton) -> Result<(), Failure> {
        let parameters = match chat {
            Some(chat) => json!({ "chat_id": chat, "menu_button": button }),
            None => json!({ "menu_button": button }),
        };
        self.call::<bool>("setChatMenuButton", &parameters, PATIENCE).await.map(drop)
    }

    /// Publishes the list of commands for users of a language, or for all others.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_commands(&self, language_code: Option<&str>, commands: &[Command]) -> Result<(), Failure> {
        let parameters = match language_code {
            Some(code) => json!({ "commands": commands, "language_code": code }),
            None => json!({ "commands": commands }),
        };
        self.call::<bool>("setMyCommands", &parameters, PATIENCE).await.map(drop)
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        parameters: &impl Serialize,
        patience: Duration,
    ) -> Result<T, Failure> {
        // An address without a path ends in a slash.
        let url = format!("{}bot{}/{method}", self.api_url, self.token.expose_secret());
        let unreachable = |error: reqwest::Error| Failure::Unreachable(chain(&error.without_url()));
        let response = self.http.post(url).json(parameters).timeout(patience).send().await.map_err(unreachable)?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(unreachable)?;
        match serde_json::from_slice::<Envelope<T>>(&body) {
            Ok(envelope) => envelope.open(status),
            // A proxy's page, or a result of another shape.
            Err(_) => Err(Failure::Unreachable(format!("{status} with an unreadable body"))),
        }
    }
}

/// An error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        line = format!("{line}: {cause}");
        source = cause.source();
    }
    line
}
