//! What a message asks for. Pure.

use app::model::ids::EmployeeId;

use super::incoming::Incoming;

/// What the bot is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `/start`, perhaps with the payload of a link.
    Start(Option<String>),
    /// `/help`.
    Help,
    /// `/app`.
    App,
    /// Anything else.
    Other,
}

/// Longest payload that links may carry.
const MAX_PAYLOAD: usize = 64;

/// What a message asks of the bot with this `@username`; nothing when it is not meant for it. In a group
/// only commands are.
#[must_use]
pub fn read(incoming: &Incoming, username: Option<&str>) -> Option<Request> {
    let mut words = incoming.text.split_whitespace();
    let Some(command) = words.next().and_then(|word| word.strip_prefix('/')) else {
        return incoming.is_private.then_some(Request::Other);
    };
    let (name, addressee) = match command.split_once('@') {
        Some((name, addressee)) => (name, Some(addressee)),
        None => (command, None),
    };
    if let (Some(addressee), Some(own)) = (addressee, username)
        && !addressee.eq_ignore_ascii_case(own)
    {
        return None;
    }
    match name.to_ascii_lowercase().as_str() {
        "start" => Some(Request::Start(words.next().filter(|payload| is_payload(payload)).map(str::to_owned))),
        "help" => Some(Request::Help),
        "app" => Some(Request::App),
        // In a group it may be meant for another bot.
        _ => (incoming.is_private || addressee.is_some()).then_some(Request::Other),
    }
}

fn is_payload(text: &str) -> bool {
    text.len() <= MAX_PAYLOAD && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The page that a link's payload names. One that is not known opens the app as such a link would, so that
/// the app says so.
#[must_use]
pub fn page_of(payload: Option<&str>) -> String {
    let Some(payload) = payload else { return "/".to_owned() };
    let digits = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    match payload.strip_prefix("employee-").filter(digits).and_then(|id| id.parse::<EmployeeId>().ok()) {
        Some(id) => format!("/employees/{id}"),
        None => format!("/?tgWebAppStartParam={payload}"),
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
        read(&incoming, Some("vakhta_bot"))
    }

    #[test]
    fn commands_are_understood() {
        let payload = |text: &str| Some(Request::Start(Some(text.into())));
        for (text, private, group) in [
            ("/start", Some(Request::Start(None)), Some(Request::Start(None))),
            ("/start employee-7", payload("employee-7"), payload("employee-7")),
            ("/start  employee-7  x", payload("employee-7"), payload("employee-7")),
            ("/start <script>", Some(Request::Start(None)), Some(Request::Start(None))),
            ("/help@vakhta_bot", Some(Request::Help), Some(Request::Help)),
            ("/HELP@Vakhta_Bot", Some(Request::Help), Some(Request::Help)),
            ("/help@other_bot", None, None),
            ("/app", Some(Request::App), Some(Request::App)),
            ("/stop", Some(Request::Other), None),
            ("/stop@vakhta_bot", Some(Request::Other), Some(Request::Other)),
            ("привет", Some(Request::Other), None),
            ("start", Some(Request::Other), None),
            ("", Some(Request::Other), None),
        ] {
            assert_eq!(in_chat(true, text), private, "{text} in private");
            assert_eq!(in_chat(false, text), group, "{text} in a group");
        }
        assert_eq!(in_chat(true, &format!("/start {}", "a".repeat(65))), Some(Request::Start(None)));
    }

    #[test]
    fn payloads_name_pages() {
        for (payload, page) in [
            (None, "/"),
            (Some("employee-42"), "/employees/42"),
            (Some("employee-"), "/?tgWebAppStartParam=employee-"),
            (Some("employee--1"), "/?tgWebAppStartParam=employee--1"),
            (Some("employee-99999999999999999999"), "/?tgWebAppStartParam=employee-99999999999999999999"),
            (Some("ticket-7"), "/?tgWebAppStartParam=ticket-7"),
        ] {
            assert_eq!(page_of(payload), page, "{payload:?}");
        }
    }
}
