//! What a message asks for. Pure.

use app::model::ids::EmployeeId;
use teloxide::utils::command::{BotCommands, ParseError};

use super::incoming::Incoming;

/// What the bot is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// One of its commands.
    Command(Command),
    /// Anything else.
    Other,
}

/// The bot's commands. What they do is said in `app/locales`.
#[derive(Clone, Debug, PartialEq, Eq, BotCommands)]
#[command(rename_rule = "lowercase")]
pub enum Command {
    /// `/start`, perhaps with the payload of a link.
    #[command(parse_with = payload)]
    Start(Option<String>),
    /// `/app`.
    App,
    /// `/help`.
    Help,
}

/// Longest payload that links may carry.
const MAX_PAYLOAD: usize = 64;

/// What a message asks of the bot with this `@username` (needed only where the text holds an `@`); nothing
/// when it is not meant for it. In a group only commands are.
#[must_use]
pub fn read(incoming: &Incoming, username: &str) -> Option<Request> {
    let text = incoming.text.trim_start();
    if !text.starts_with('/') {
        return incoming.is_private.then_some(Request::Other);
    }
    let (command, arguments) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    // Commands are written in any case, teloxide knows one.
    match Command::parse(&format!("{} {arguments}", command.to_ascii_lowercase()), username) {
        Ok(command) => Some(Request::Command(command)),
        Err(ParseError::WrongBotName(_)) => None,
        // In a group an unknown command may be meant for another bot.
        Err(_) => (incoming.is_private || command.contains('@')).then_some(Request::Other),
    }
}

/// Reads what follows `/start`; what no link can carry counts as nothing.
fn payload(arguments: String) -> Result<(Option<String>,), ParseError> {
    let is_payload = |text: &&str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        text.len() <= MAX_PAYLOAD && text.bytes().all(allowed)
    };
    Ok((arguments.split_whitespace().next().filter(is_payload).map(str::to_owned),))
}

/// The page that a link's payload names; home for one that is not known. A button that opens an app carries
/// no payload of its own: Telegram signs one into the launch data only for links.
#[must_use]
pub fn page_of(payload: Option<&str>) -> String {
    let digits = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let id = payload.and_then(|payload| payload.strip_prefix("employee-")).filter(digits);
    match id.and_then(|id| id.parse::<EmployeeId>().ok()) {
        Some(id) => format!("/employees/{id}"),
        None => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use app::model::user::Language;

    use super::*;

    fn in_chat(is_private: bool, text: &str) -> Option<Request> {
        let incoming = Incoming {
            chat: 7,
            is_private,
            topic: None,
            from: Some(7),
            name: "Анна".into(),
            language: Language::Ru,
            text: text.into(),
        };
        read(&incoming, "vakhta_bot")
    }

    #[test]
    fn commands_are_understood() {
        let start = |payload: Option<&str>| Some(Request::Command(Command::Start(payload.map(str::to_owned))));
        let help = || Some(Request::Command(Command::Help));
        let app = || Some(Request::Command(Command::App));
        for (text, private, group) in [
            ("/start", start(None), start(None)),
            ("/start employee-7", start(Some("employee-7")), start(Some("employee-7"))),
            ("/start  employee-7  x", start(Some("employee-7")), start(Some("employee-7"))),
            ("/start@vakhta_bot\nemployee-7", start(Some("employee-7")), start(Some("employee-7"))),
            ("/start <script>", start(None), start(None)),
            ("/help@vakhta_bot", help(), help()),
            ("/HELP@Vakhta_Bot", help(), help()),
            ("/help me", help(), help()),
            ("/help@other_bot", None, None),
            ("/app", app(), app()),
            ("/stop", Some(Request::Other), None),
            ("/stop@vakhta_bot", Some(Request::Other), Some(Request::Other)),
            ("/stop@other_bot", None, None),
            ("anna@example.com", Some(Request::Other), None),
            ("привет", Some(Request::Other), None),
            ("start", Some(Request::Other), None),
            ("", Some(Request::Other), None),
        ] {
            assert_eq!(in_chat(true, text), private, "{text} in private");
            assert_eq!(in_chat(false, text), group, "{text} in a group");
        }
        assert_eq!(in_chat(true, &format!("/start {}", "a".repeat(65))), start(None));
    }

    #[test]
    fn payloads_name_pages() {
        for (payload, page) in [
            (None, "/"),
            (Some("employee-42"), "/employees/42"),
            (Some("employee-"), "/"),
            (Some("employee--1"), "/"),
            (Some("employee-99999999999999999999"), "/"),
            (Some("ticket-7"), "/"),
        ] {
            assert_eq!(page_of(payload), page, "{payload:?}");
        }
    }
}
