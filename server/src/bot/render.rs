//! What the bot says. Pure; the texts themselves are in `app/locales`.

use app::i18n::Texts;

use super::commands::Request;
use crate::services::chats::Command;

/// The answer to a request of somebody with this first name.
#[must_use]
pub fn answer(texts: Texts, request: &Request, name: &str) -> String {
    match request {
        Request::Start(None) if name.is_empty() => texts.bot_hello_stranger().to_owned(),
        Request::Start(None) => texts.bot_hello(name),
        Request::Start(Some(_)) => texts.bot_link().to_owned(),
        Request::Help => texts.bot_help().to_owned(),
        Request::App => texts.bot_app().to_owned(),
        Request::Other => texts.bot_other().to_owned(),
    }
}

/// The list of commands that Telegram shows.
#[must_use]
pub fn commands(texts: Texts) -> [Command; 3] {
    [
        Command { name: "start", description: texts.bot_command_start() },
        Command { name: "app", description: texts.bot_command_app() },
        Command { name: "help", description: texts.bot_command_help() },
    ]
}

#[cfg(test)]
mod tests {
    use app::{
        i18n::texts,
        model::user::Language::{En, Ru},
    };

    use super::*;

    #[test]
    fn a_greeting_names_the_person() {
        let start = Request::Start(None);
        assert!(answer(texts(Ru), &start, "Анна").starts_with("Здравствуйте, Анна!"));
        assert!(answer(texts(En), &start, "Ann").starts_with("Hello, Ann!"));
        assert!(answer(texts(Ru), &start, "").starts_with("Здравствуйте!"));
    }

    #[test]
    fn help_names_every_command() {
        for language in [Ru, En] {
            let help = answer(texts(language), &Request::Help, "");
            for command in commands(texts(language)) {
                assert!(help.contains(&format!("/{}", command.name)), "{} in {help}", command.name);
                assert!((1..=256).contains(&command.description.chars().count()));
            }
        }
    }
}
