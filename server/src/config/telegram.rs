//! The bot, its Mini App, and who is an administrator whatever the database says.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{ConfigError, Variable, Vars, web::origin};

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[
    Variable::secret("TELEGRAM_BOT_TOKEN"),
    Variable::plain("TELEGRAM_BOT_USERNAME"),
    Variable::plain("TELEGRAM_APP_NAME"),
    Variable::plain("TELEGRAM_API_URL"),
    Variable::plain("TELEGRAM_WEB_ORIGINS"),
    Variable::secret("TELEGRAM_WEBHOOK_SECRET"),
    Variable::plain("ADMIN_TELEGRAM_IDS"),
];

/// Where Telegram posts updates, below the public address.
pub const WEBHOOK_PATH: &str = "/telegram/webhook";

/// Telegram.
#[derive(Clone, Debug)]
pub struct Telegram {
    /// `TELEGRAM_BOT_TOKEN`: proves launch data, and speaks for the bot.
    pub bot_token: Option<SecretString>,
    /// `TELEGRAM_BOT_USERNAME`: without the sign; absent: the bot is asked.
    pub bot_username: Option<String>,
    /// `TELEGRAM_APP_NAME`: the short name in `t.me/<bot>/<app>`.
    pub app_name: Option<String>,
    /// `TELEGRAM_API_URL`: `https://api.telegram.org` unless given.
    pub api_url: Url,
    /// `TELEGRAM_WEB_ORIGINS`: who may frame the app and post messages to it, in ASCII serialisation.
    pub web_origins: Vec<String>,
    /// `TELEGRAM_WEBHOOK_SECRET`: present: updates come by webhook; absent: by long polling.
    pub webhook_secret: Option<SecretString>,
    /// `ADMIN_TELEGRAM_IDS`: always role `admin`.
    pub admins: Vec<i64>,
}

impl Telegram {
    pub(super) fn read(vars: &Vars) -> Result<Self, ConfigError> {
        let bot_token = vars.secret("TELEGRAM_BOT_TOKEN")?;
        if bot_token.as_ref().is_some_and(|token| !is_token(token.expose_secret())) {
            return Err(ConfigError::new(
                "TELEGRAM_BOT_TOKEN",
                "must be the token @BotFather gave: digits, a colon and a secret",
            ));
        }
        let webhook_secret = vars.secret("TELEGRAM_WEBHOOK_SECRET")?;
        if webhook_secret.as_ref().is_some_and(|secret| !is_webhook_secret(secret.expose_secret())) {
            return Err(ConfigError::new("TELEGRAM_WEBHOOK_SECRET", "must be 1 to 256 of A-Z, a-z, 0-9, _ and -"));
        }
        let bot_username = vars
            .text("TELEGRAM_BOT_USERNAME")
            .map(|text| name("TELEGRAM_BOT_USERNAME", text.trim_start_matches('@')))
            .transpose()?;
        let web_origins = match vars.text("TELEGRAM_WEB_ORIGINS") {
            None => vec!["https://web.telegram.org".to_owned()],
            Some(list) => list
                .split(',')
                .map(|item| Ok(origin("TELEGRAM_WEB_ORIGINS", item.trim())?.origin().ascii_serialization()))
                .collect::<Result<_, ConfigError>>()?,
        };
        let api_url = match vars.text("TELEGRAM_API_URL") {
            None => origin("TELEGRAM_API_URL", "https://api.telegram.org")?,
            Some(text) => origin("TELEGRAM_API_URL", text)?,
        };
        Ok(Self {
            bot_token,
            bot_username,
            app_name: vars.text("TELEGRAM_APP_NAME").map(|text| name("TELEGRAM_APP_NAME", text)).transpose()?,
            api_url,
            web_origins,
            webhook_secret,
            admins: vars.list("ADMIN_TELEGRAM_IDS", "a comma list of Telegram's numbers")?,
        })
    }
}

fn is_token(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    text.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && !secret.is_empty() && secret.chars().all(allowed)
    })
}

fn is_webhook_secret(text: &str) -> bool {
    (1..=256).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

fn name(variable: &str, text: &str) -> Result<String, ConfigError> {
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        Ok(text.to_owned())
    } else {
        Err(ConfigError::new(variable, format!("must be letters, digits and _, but is `{text}`")))
    }
}
