//! Calls of the Bot API.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::Value;
use teloxide::{
    Bot, net,
    payloads::{
        DeleteWebhook, GetMe, SendMessage, SendMessageSetters, SetChatMenuButton, SetChatMenuButtonSetters,
        SetMyCommands, SetMyCommandsSetters, SetWebhook, SetWebhookSetters,
    },
    requests::{JsonRequest, Payload, Request},
    types::{
        AllowedUpdate, BotCommand, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, MenuButton, MessageId, ThreadId,
        WebAppInfo,
    },
};
use tokio::{sync::OnceCell, time::timeout};
use url::Url;

use super::{Failure, LONG_POLL};

/// How long an ordinary call may take. teloxide holds back an answer of 5xx for 10 s; this ends the wait
/// earlier, so such a call fails like one that nobody answers.
const PATIENCE: Duration = Duration::from_secs(7);

/// Kinds of updates that are received.
const KINDS: [AllowedUpdate; 1] = [AllowedUpdate::Message];

/// Updates at once.
const BATCH: u8 = 100;

/// The bot's line to Telegram.
pub struct Client {
    bot: Bot,
    username: OnceCell<String>,
}

// teloxide's bot would show its token.
impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("api_url", &self.bot.api_url().as_str()).finish_non_exhaustive()
    }
}

/// `getUpdates` with the updates as they came: teloxide's own keeps only what it understands.
#[derive(Serialize)]
struct GetUpdates {
    offset: i64,
    limit: u8,
    timeout: u64,
    allowed_updates: [AllowedUpdate; 1],
}

impl Payload for GetUpdates {
    type Output = Vec<Value>;

    const NAME: &'static str = "GetUpdates";
}

/// A call whose result is not looked at. A message that was sent may hold what teloxide does not know yet;
/// taken for a failure, it would be sent again.
#[derive(Serialize)]
#[serde(transparent)]
struct Told<P>(P);

impl<P: Payload> Payload for Told<P> {
    type Output = IgnoredAny;

    const NAME: &'static str = P::NAME;
}

impl Client {
    /// For the bot with this token; its `@username` is asked for when it is not given.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(api_url: Url, token: &SecretString, username: Option<String>) -> anyhow::Result<Self> {
        // Every call has a time-out of its own; this one must not be shorter than the longest of them. The token is
        // part of each address: no other host may learn it from a `Referer`.
        let http = net::default_reqwest_settings().timeout(LONG_POLL + PATIENCE).referer(false).build()?;
        let bot = Bot::with_client(token.expose_secret(), http).set_api_url(api_url);
        Ok(Self { bot, username: OnceCell::new_with(username) })
    }

    /// The bot's `@username`, if it is known by now.
    #[must_use]
    pub fn known_username(&self) -> Option<&str> {
        self.username.get().map(String::as_str)
    }

    /// The bot's `@username` without the sign.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn username(&self) -> Result<&str, Failure> {
        let ask = async || {
            let me = self.ask(GetMe::new(), PATIENCE).await?;
            me.user.username.ok_or_else(|| Failure::Unreachable("a bot without a name".into()))
        };
        self.username.get_or_try_init(ask).await.map(String::as_str)
    }

    /// Updates from `offset` on, with their numbers; everything before is confirmed by this. Waits for the
    /// first one for [`LONG_POLL`].
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn updates(&self, offset: i64) -> Result<Vec<(i64, Value)>, Failure> {
        let request = GetUpdates { offset, limit: BATCH, timeout: LONG_POLL.as_secs(), allowed_updates: KINDS };
        let updates = self.ask(request, LONG_POLL + PATIENCE).await?;
        // Every update has a number; one without could be neither stored nor confirmed.
        Ok(updates.into_iter().filter_map(|update| Some((update["update_id"].as_i64()?, update))).collect())
    }

    /// Has updates posted to this address, each with this secret.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_webhook(&self, url: Url, secret: &SecretString) -> Result<(), Failure> {
        self.tell(SetWebhook::new(url).secret_token(secret.expose_secret()).allowed_updates(KINDS)).await
    }

    /// Has updates kept for [`Client::updates`].
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn delete_webhook(&self) -> Result<(), Failure> {
        self.tell(DeleteWebhook::new()).await
    }

    /// Sends a text to a chat, into one of its topics if given, with at most one button below it. It is plain
    /// text: nothing in it is markup.
    ///
    /// # Errors
    /// See [`Failure`]; after [`Failure::Unreachable`] it may have been sent all the same.
    pub async fn send_message(
        &self,
        chat: i64,
        topic: Option<i32>,
        text: &str,
        button: Option<InlineKeyboardButton>,
    ) -> Result<(), Failure> {
        let mut message = SendMessage::new(ChatId(chat), text);
        message.message_thread_id = topic.map(|topic| ThreadId(MessageId(topic)));
        if let Some(button) = button {
            message = message.reply_markup(InlineKeyboardMarkup::new([[button]]));
        }
        self.tell(message).await
    }

    /// Shows a button that opens the Mini App at this address, beside the input field of one private chat, or
    /// of all that have none of their own.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_menu_button(&self, chat: Option<i64>, label: &str, url: Url) -> Result<(), Failure> {
        let button = MenuButton::WebApp { text: label.to_owned(), web_app: WebAppInfo { url } };
        let mut request = SetChatMenuButton::new().menu_button(button);
        request.chat_id = chat.map(ChatId);
        self.tell(request).await
    }

    /// Publishes the list of commands for users of a language, or for all others: names without the slash,
    /// and what they do.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_commands(
        &self,
        language_code: Option<&str>,
        commands: impl IntoIterator<Item = (&str, &str)>,
    ) -> Result<(), Failure> {
        let commands = commands.into_iter().map(|(name, description)| BotCommand::new(name, description));
        let mut request = SetMyCommands::new(commands);
        if let Some(code) = language_code {
            request = request.language_code(code);
        }
        self.tell(request).await
    }

    async fn tell<P: Payload + Serialize + 'static>(&self, payload: P) -> Result<(), Failure> {
        self.ask(Told(payload), PATIENCE).await.map(drop)
    }

    async fn ask<P>(&self, payload: P, patience: Duration) -> Result<P::Output, Failure>
    where
        P: Payload + Serialize + 'static,
        P::Output: DeserializeOwned + 'static,
    {
        let answer = timeout(patience, JsonRequest::new(self.bot.clone(), payload).send()).await;
        answer
            .map_err(|_| Failure::Unreachable(format!("no answer, or a server error, for {} s", patience.as_secs())))?
            .map_err(Failure::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_shows_the_token() {
        for token in ["1234567890:of-35-characters-as-Telegrams-are-A", "7:short"] {
            // Nobody listens there.
            let api_url = Url::parse("http://127.0.0.1:9").expect("an address");
            let client = Client::new(api_url, &token.into(), None).expect("a client");
            let failure = client.username().await.expect_err("nobody answers");
            let secret = token.split_once(':').expect("two parts").1;
            for text in [failure.to_string(), format!("{failure:?}"), format!("{client:?}")] {
                assert!(!text.contains(secret), "{text}");
            }
            assert!(matches!(failure, Failure::Unreachable(_)), "{failure}");
        }
    }
}
