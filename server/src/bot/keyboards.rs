//! Buttons below messages. Pure.

use app::i18n::Texts;

use super::commands::page_of;
use crate::services::chats::{Button, Opens};

/// The button that opens the app, at what a link's payload names. Telegram opens an app at once in private
/// chats only; anywhere else it takes a link.
#[must_use]
pub fn app_button(texts: Texts, is_private: bool, payload: Option<&str>) -> Button {
    let opens = if is_private { Opens::App(page_of(payload)) } else { Opens::Link(payload.map(str::to_owned)) };
    Button { label: texts.bot_open().to_owned(), opens }
}
