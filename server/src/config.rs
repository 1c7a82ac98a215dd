//! Configuration: the environment, and `.env` where the environment is silent. Read once at start; wrong or
//! unknown is one sentence that names the variable.
//!
//! What operators change while it runs does not live here but in the database.

pub mod database;
pub mod limits;
pub mod mail;
pub mod otrs;
pub mod secrets;
pub mod sessions;
pub mod telegram;
pub mod telemetry;
pub mod time_zone;
mod vars;
pub mod web;

pub use vars::{ConfigError, Variable, Vars};

/// Everything the environment says.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where we listen and how we are reached.
    pub web: web::Web,
    /// Where the facts are kept.
    pub database: database::Database,
    /// The bot.
    pub telegram: telegram::Telegram,
    /// How long a sign-in lasts.
    pub sessions: sessions::Sessions,
    /// How often one account or address may do something.
    pub limits: limits::Limits,
    /// The key that seals secrets at rest.
    pub secrets: secrets::Secrets,
    /// The ticket system; absent: there are no tickets.
    pub otrs: Option<otrs::Otrs>,
    /// The mail server; absent: we mail nothing.
    pub mail: Option<mail::Mail>,
    /// Log and metrics.
    pub telemetry: telemetry::Telemetry,
}

/// All variables in the order of `.env.example`.
pub const VARIABLES: [&[Variable]; 9] = [
    database::VARIABLES,
    web::VARIABLES,
    telegram::VARIABLES,
    sessions::VARIABLES,
    limits::VARIABLES,
    secrets::VARIABLES,
    otrs::VARIABLES,
    mail::VARIABLES,
    telemetry::VARIABLES,
];

impl Config {
    /// Reads all sections.
    ///
    /// # Errors
    /// The first variable that is wrong.
    pub fn read(vars: &Vars) -> Result<Self, ConfigError> {
        Ok(Self {
            database: database::Database::read(vars)?,
            web: web::Web::read(vars)?,
            telegram: telegram::Telegram::read(vars)?,
            sessions: sessions::Sessions::read(vars)?,
            limits: limits::Limits::read(vars)?,
            secrets: secrets::Secrets::read(vars)?,
            otrs: otrs::Otrs::read(vars)?,
            mail: mail::Mail::read(vars)?,
            telemetry: telemetry::Telemetry::read(vars)?,
        })
    }

    /// What is legal but hardly meant, as sentences for the log.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.telegram.bot_token.is_none() {
            warnings.push("TELEGRAM_BOT_TOKEN is not set: nobody can sign in and the bot is silent".to_owned());
        }
        if self.telegram.bot_token.is_some() && self.telegram.admins.is_empty() {
            warnings.push(
                "ADMIN_TELEGRAM_IDS is empty: the first administrator has to be named with `vakhta grant`".to_owned(),
            );
        }
        if self.telegram.webhook_secret.is_some() && !self.web.is_https() {
            warnings.push(
                "TELEGRAM_WEBHOOK_SECRET is set but PUBLIC_URL is not https: Telegram will not deliver updates"
                    .to_owned(),
            );
        }
        if self.otrs.is_some() && self.database.url.is_some() && self.secrets.key.is_none() {
            warnings.push(
                "SECRET_KEY is not set: another node has another key, and people have to sign in to OTRS on each"
                    .to_owned(),
            );
        }
        if self.sessions.idle > self.sessions.max {
            warnings.push("SESSION_IDLE is longer than SESSION_MAX: sessions end by SESSION_MAX alone".to_owned());
        }
        warnings
    }
}
