//! Telegram's JSON, as far as it is used. Fields that are not named are ignored.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

use super::Failure;

/// What every call is answered with.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope<T> {
    #[serde(default)]
    ok: bool,
    result: Option<T>,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Debug, Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

impl<T> Envelope<T> {
    /// The result, or why there is none; `status` counts when the answer names no code.
    pub(super) fn open(self, status: u16) -> Result<T, Failure> {
        if let (true, Some(result)) = (self.ok, self.result) {
            return Ok(result);
        }
        let code = if self.error_code == 0 { status } else { self.error_code };
        Err(match code {
            401 | 404 => Failure::UnknownBot,
            409 => Failure::Taken(self.description),
            429 => Failure::Busy { retry_after_s: self.parameters.retry_after.unwrap_or(5) },
            400..=499 => Failure::Refused { code, description: self.description },
            _ => Failure::Unreachable(format!("{code} {}", self.description)),
        })
    }
}

/// Who the bot is.
#[derive(Debug, Deserialize)]
pub(super) struct Me {
    pub(super) username: String,
}

/// A message to be sent; plain text, so that nothing in it is markup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewMessage {
    /// The chat.
    pub chat_id: i64,
    /// The topic in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_thread_id: Option<i64>,
    /// The text.
    pub text: String,
    /// One button below it.
    #[serde(rename = "reply_markup", skip_serializing_if = "Option::is_none", serialize_with = "keyboard")]
    pub button: Option<Button>,
}

/// What a button opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Button {
    /// The Mini App at this address; in private chats only.
    App {
        /// What stands on it.
        text: String,
        /// An address of ours.
        url: String,
    },
    /// A link, in any chat.
    Link {
        /// What stands on it.
        text: String,
        /// A `t.me` address.
        url: String,
    },
}

#[derive(Serialize)]
struct WebApp<'a> {
    url: &'a str,
}

impl Serialize for Button {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        match self {
            Self::App { text, url } => {
                map.serialize_entry("text", text)?;
                map.serialize_entry("web_app", &WebApp { url })?;
            }
            Self::Link { text, url } => {
                map.serialize_entry("text", text)?;
                map.serialize_entry("url", url)?;
            }
        }
        map.end()
    }
}

fn keyboard<S: Serializer>(button: &Option<Button>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry("inline_keyboard", &[[button]])?;
    map.end()
}

/// The button beside the input field that opens the Mini App.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuButton {
    /// What stands on it.
    pub text: String,
    /// An address of ours.
    pub url: String,
}

impl Serialize for MenuButton {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("type", "web_app")?;
        map.serialize_entry("text", &self.text)?;
        map.serialize_entry("web_app", &WebApp { url: &self.url })?;
        map.end()
    }
}

/// A line of the list of commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Command {
    /// Without the slash.
    pub command: &'static str,
    /// What it does.
    pub description: &'static str,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn opened(body: serde_json::Value, status: u16) -> Result<bool, Failure> {
        serde_json::from_value::<Envelope<bool>>(body).expect("an envelope").open(status)
    }

    #[test]
    fn answers_are_judged_by_their_code() {
        let refused = |code: u16, text: &str| Failure::Refused { code, description: text.into() };
        for (body, status, expected) in [
            (json!({"ok": true, "result": true}), 200, Ok(true)),
            (json!({"ok": false, "error_code": 401, "description": "Unauthorized"}), 401, Err(Failure::UnknownBot)),
            (json!({"ok": false, "error_code": 404, "description": "Not Found"}), 404, Err(Failure::UnknownBot)),
            (
                json!({"ok": false, "error_code": 429, "parameters": {"retry_after": 17}}),
                429,
                Err(Failure::Busy { retry_after_s: 17 }),
            ),
            (
                json!({"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}),
                403,
                Err(refused(403, "Forbidden: bot was blocked by the user")),
            ),
            (json!({"ok": false, "error_code": 409, "description": "x"}), 409, Err(Failure::Taken("x".into()))),
            (json!({"ok": false, "description": "x"}), 502, Err(Failure::Unreachable("502 x".into()))),
            (json!({}), 200, Err(Failure::Unreachable("200 ".into()))),
        ] {
            assert_eq!(opened(body.clone(), status), expected, "{body}");
        }
    }

    #[test]
    fn messages_look_as_telegram_wants_them() {
        let mut message = NewMessage {
            chat_id: 7,
            message_thread_id: None,
            text: "Hello".into(),
            button: Some(Button::App { text: "Open".into(), url: "https://vakhta.example/".into() }),
        };
        assert_eq!(
            serde_json::to_value(&message).expect("JSON"),
            json!({"chat_id": 7, "text": "Hello", "reply_markup":
                {"inline_keyboard": [[{"text": "Open", "web_app": {"url": "https://vakhta.example/"}}]]}})
        );
        message.button = None;
        assert_eq!(serde_json::to_value(&message).expect("JSON"), json!({"chat_id": 7, "text": "Hello"}));
    }
}
