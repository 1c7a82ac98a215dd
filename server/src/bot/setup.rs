//! What Telegram shows before anybody writes: the list of commands in both languages, and the menu button.

use std::sync::Arc;

use app::{i18n::texts, model::user::Language};

use super::render;
use crate::services::{Deps, chats::Chats};

/// Publishes it; again and again changes nothing.
///
/// # Errors
/// When Telegram does not take it.
pub async fn run_once(deps: Arc<Deps>) -> anyhow::Result<()> {
    let chats = Chats::new(Deps::clone(&deps));
    for (shown_to, language) in
        [(None, Language::En), (Some(Language::Ru), Language::Ru), (Some(Language::En), Language::En)]
    {
        chats.publish_commands(shown_to, &render::commands(texts(language))).await?;
    }
    chats.show_menu_button(None, texts(Language::default()).bot_menu()).await?;
    tracing::info!("The bot's commands and menu button are published");
    Ok(())
}
