//! What is said and shown in Telegram's chats, in words of ours; how Telegram wants it is known to
//! `integrations::telegram` alone.

use app::model::{Error, Result, user::Language};
use url::Url;

use super::Deps;
use crate::{
    integrations::telegram::{Client, Failure, InlineKeyboardButton, WebAppInfo},
    store,
};

/// Seconds after which it makes sense to try again when Telegram does not say so.
const LATER_S: u64 = 5;

/// A text and at most one button, for one chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The chat.
    pub chat: i64,
    /// The topic in it.
    pub topic: Option<i32>,
    /// Plain text.
    pub text: String,
    /// The button below it.
    pub button: Option<Button>,
}

/// A button that opens the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// How it opens the app.
    pub opens: Opens,
}

/// How a button opens the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// At once, at this path; works in private chats only.
    App(String),
    /// Through a link that works in any chat, with this payload.
    Link(Option<String>),
}

/// A command for the list that Telegram shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Without the slash.
    pub name: &'static str,
    /// What it does.
    pub description: &'static str,
}

/// Says and shows things in chats.
#[derive(Clone)]
pub struct Chats {
    deps: Deps,
}

impl Chats {
    /// Made of what outlives a request.
    #[must_use]
    pub const fn new(deps: Deps) -> Self {
        Self { deps }
    }

    /// Sends an answer.
    ///
    /// # Errors
    /// `Forbidden` when this chat cannot be written to, `TooMany` when Telegram asks to wait, `Unavailable`
    /// when it cannot be reached; the answer may have been sent all the same then.
    pub async fn send(&self, answer: Answer) -> Result<()> {
        let client = self.client()?;
        let button = match answer.button {
            Some(button) => Some(self.wire_button(client, button).await?),
            None => None,
        };
        let send = |button| client.send_message(answer.chat, answer.topic, &answer.text, button);
        let has_button = button.is_some();
        match send(button).await {
            Err(Failure::Invalid(description)) if has_button => {
                // Telegram opens apps over https only. The text alone is better than silence.
                tracing::warn!(description, "Telegram refuses the app's button; is PUBLIC_URL reachable over https?");
                send(None).await.map_err(outcome)
            }
            sent => sent.map_err(outcome),
        }
    }

    /// Shows the button that opens the app beside the input field: in one private chat, or in all that have
    /// none of their own.
    ///
    /// # Errors
    /// Those of [`Chats::send`].
    pub async fn show_menu_button(&self, chat: Option<i64>, label: &str) -> Result<()> {
        self.client()?.set_menu_button(chat, label, Url::clone(&self.deps.public_url)).await.map_err(outcome)
    }

    /// Publishes the list of commands for users of a language, or for all others.
    ///
    /// # Errors
    /// Those of [`Chats::send`].
    pub async fn publish_commands(&self, language: Option<Language>, commands: &[Command]) -> Result<()> {
        let commands = commands.iter().map(|command| (command.name, command.description));
        self.client()?.set_commands(language.map(Language::as_str), commands).await.map_err(outcome)
    }

    /// The bot's `@username` without the sign.
    ///
    /// # Errors
    /// Those of [`Chats::send`].
    pub async fn bot_username(&self) -> Result<String> {
        self.client()?.username().await.map(str::to_owned).map_err(outcome)
    }

    /// The language that a Telegram user chose here, if he is known and did.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn chosen_language(&self, telegram_id: i64) -> sqlx::Result<Option<Language>> {
        let mut connection = self.deps.db.acquire().await?;
        store::accounts::chosen_language(&mut connection, telegram_id).await
    }

    fn client(&self) -> Result<&Client> {
        self.deps.telegram.as_deref().ok_or_else(|| Error::Forbidden { code: "telegram_not_configured".into() })
    }

    /// The button in Telegram's form. Its address is put together from parts that were checked where they came
    /// in; should they make none all the same, it leads to the start of the app.
    async fn wire_button(&self, client: &Client, button: Button) -> Result<InlineKeyboardButton> {
        let home = || Url::clone(&self.deps.public_url);
        Ok(match button.opens {
            Opens::App(path) => {
                let url = self.deps.public_url.join(&path).unwrap_or_else(|_| home());
                InlineKeyboardButton::web_app(button.label, WebAppInfo { url })
            }
            Opens::Link(payload) => {
                let bot = client.username().await.map_err(outcome)?;
                let app =
                    self.deps.config.telegram.app_name.as_deref().map(|app| format!("/{app}")).unwrap_or_default();
                let payload = payload.map(|payload| format!("={payload}")).unwrap_or_default();
                let link = Url::parse(&format!("https://t.me/{bot}{app}?startapp{payload}"));
                InlineKeyboardButton::url(button.label, link.unwrap_or_else(|_| home()))
            }
        })
    }
}

/// What a failure means to whoever wanted to say something.
fn outcome(failure: Failure) -> Error {
    match failure {
        Failure::Busy { retry_after_s } => Error::TooMany { retry_after_s },
        Failure::Refused(description) => {
            tracing::debug!(description, "The bot may not write to a chat");
            Error::Forbidden { code: "telegram_refuses".into() }
        }
        Failure::Invalid(description) => {
            tracing::warn!(description, "Telegram does not accept a call");
            Error::Forbidden { code: "telegram_refuses".into() }
        }
        Failure::UnknownBot | Failure::Taken(_) | Failure::Unreachable(_) => {
            tracing::warn!("{failure}");
            Error::Unavailable { retry_after_s: LATER_S }
        }
    }
}
