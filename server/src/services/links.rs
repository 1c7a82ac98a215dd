//! Addresses that lead into the app.

use crate::services::Deps;

/// `https://t.me/<bot>/<app>`, or the bot's own address while the app has no short name; nothing while the
/// bot's name is not known.
#[must_use]
pub fn app(deps: &Deps) -> Option<String> {
    let bot = deps.telegram.as_ref()?.known_username()?;
    Some(match &deps.config.telegram.app_name {
        Some(app) => format!("https://t.me/{bot}/{app}"),
        None => format!("https://t.me/{bot}"),
    })
}
