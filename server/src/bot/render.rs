//! What the bot says. Pure; the texts themselves are in `app/locales`.

use app::i18n::Texts;

use super::commands::{self, Request};
use crate::services::chats::Command;

/// The answer to a request of somebody with this first name.
#[must_use]
pub fn answer(texts: Texts, request: &Request, name: &str) -> String {
    use commands::Command::{App, Help, Start};
    match request {
        Request::Command(Start(None)) if name.is_empty() => texts.bot_hello_stranger().to_owned(),
        Request::Command(Start(None)) => texts.bot_hello(name),
        Request::Command(Start(Some(_))) => texts.bot_link().to_owned(),
        Request::Command(Help) => texts.bot_help().to_owned(),
        Request::Command(App) => texts.bot_app().to_owned(),
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
    use std::collections::BTreeSet;

    use app::{
        i18n::texts,
        model::user::Language::{En, Ru},
    };

    use teloxide::utils::command::BotCommands as _;

    use super::*;

    #[test]
    fn a_greeting_names_the_person() {
        let start = Request::Command(commands::Command::Start(None));
        assert!(answer(texts(Ru), &start, "Анна").starts_with("Здравствуйте, Анна!"));
        assert!(answer(texts(En), &start, "Ann").starts_with("Hello, Ann!"));
        assert!(answer(texts(Ru), &start, "").starts_with("Здравствуйте!"));
    }

    #[test]
    fn every_command_is_listed() {
        let known: BTreeSet<_> = commands::Command::bot_commands().into_iter().map(|known| known.command).collect();
        let listed: BTreeSet<_> = commands(texts(Ru)).iter().map(|listed| format!("/{}", listed.name)).collect();
        assert_eq!(known, listed);
    }

    #[test]
    fn help_names_every_command() {
        for language in [Ru, En] {
            let help = answer(texts(language), &Request::Command(commands::Command::Help), "");
            for command in commands(texts(language)) {
                assert!(help.contains(&format!("/{}", command.name)), "{} in {help}", command.name);
                assert!((1..=256).contains(&command.description.chars().count()));
            }
        }
    }
}
