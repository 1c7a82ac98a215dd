//! What the server knows when it renders the first HTML and the browser must know as well.

use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, UtcOffset};

use crate::model::{
    Error,
    user::{Language, User},
};

/// The server provides it by context for each page request, together with
/// [`crate::backend::Backend`]; it travels to the browser inside the HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Who the session cookie says is asking, if anybody.
    pub user: Option<User>,
    /// The language: the user's, else that of the cookie [`LANGUAGE_COOKIE`], else of `Accept-Language`.
    pub language: Language,
    /// The time of the request.
    #[serde(with = "crate::model::wire_time")]
    pub now: OffsetDateTime,
    /// The organisation's zone at that time, in seconds east of UTC.
    pub zone_s: i32,
    /// `https://t.me/<bot>/<app>`, if the bot is known.
    pub app_link: Option<String>,
    /// Who may frame the app and post messages to it: `TELEGRAM_WEB_ORIGINS`.
    pub web_origins: Vec<String>,
    /// The version of Vakhta.
    pub version: String,
    /// There is an OTRS, so there are tickets.
    #[serde(default)]
    pub tickets: bool,
}

/// By context: called with why the page of this address is not shown. On the server the answer then says it
/// too, in the browser whoever came by a link is taken home.
#[derive(Clone)]
pub struct OnRefusal(pub Arc<dyn Fn(&Error) + Send + Sync>);

/// Says that the page of this address is not shown.
pub fn refuse(error: &Error) {
    if let Some(OnRefusal(tell)) = use_context() {
        tell(error);
    }
}

/// The cookie in which somebody who is not signed in keeps his language: `ru` or `en`.
pub const LANGUAGE_COOKIE: &str = "vakhta_language";

impl Start {
    /// Nothing known: what is rendered without a request.
    #[must_use]
    pub const fn nothing() -> Self {
        Self {
            user: None,
            language: Language::Ru,
            now: OffsetDateTime::UNIX_EPOCH,
            zone_s: 0,
            app_link: None,
            web_origins: Vec::new(),
            version: String::new(),
            tickets: false,
        }
    }

    /// The server's value, on the server from the context and in the browser from the HTML.
    #[must_use]
    pub fn take() -> Self {
        SharedValue::new(|| use_context().unwrap_or_else(Self::nothing)).into_inner()
    }

    /// The zone of the first HTML.
    #[must_use]
    pub fn zone(&self) -> UtcOffset {
        UtcOffset::from_whole_seconds(self.zone_s).unwrap_or(UtcOffset::UTC)
    }
}

/// The address that opens the app in Telegram at an object, `https://t.me/<bot>/<app>?startapp=…`.
#[must_use]
pub fn deep_link(app_link: &str, payload: &str) -> String {
    [app_link, "?startapp=", payload].concat()
}
