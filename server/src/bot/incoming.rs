//! What of an update concerns the bot: a message of a person. Pure.

use app::model::user::Language;
use serde::Deserialize;
use serde_json::Value;

/// A message that may deserve an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The chat it stands in.
    pub chat: i64,
    /// Whether that is the private chat with the bot.
    pub is_private: bool,
    /// The topic it stands in.
    pub topic: Option<i64>,
    /// Who wrote it; absent for an administrator who hides behind his group.
    pub from: Option<i64>,
    /// His first name.
    pub name: String,
    /// The language of his client.
    pub language: Language,
    /// What he wrote; empty for pictures and the like.
    pub text: String,
}

/// Fields of messages that people send; other messages tell of an event, which nobody expects an answer to.
const CONTENT: [&str; 14] = [
    "text",
    "animation",
    "audio",
    "contact",
    "dice",
    "document",
    "location",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "video",
    "voice",
];

#[derive(Deserialize)]
struct Update {
    message: Option<Value>,
}

#[derive(Deserialize)]
struct Message {
    chat: Chat,
    from: Option<User>,
    sender_chat: Option<Value>,
    message_thread_id: Option<i64>,
    #[serde(default)]
    is_topic_message: bool,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    r#type: String,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    is_bot: bool,
    #[serde(default)]
    first_name: String,
    language_code: Option<String>,
}

/// Reads an update; nothing when it is none of our business or of a shape nobody knows yet.
#[must_use]
pub fn read(update: &Value) -> Option<Incoming> {
    let message = Update::deserialize(update).ok()?.message?;
    if !CONTENT.iter().any(|field| message.get(field).is_some()) {
        return None;
    }
    let message = Message::deserialize(&message).ok()?;
    // An anonymous administrator writes as a bot of Telegram's, on behalf of a chat.
    let (person, is_bot) = match message.from {
        Some(user) if user.is_bot => (None, message.sender_chat.is_none()),
        person => (person, false),
    };
    if is_bot {
        return None;
    }
    Some(Incoming {
        chat: message.chat.id,
        is_private: message.chat.r#type == "private",
        topic: message.message_thread_id.filter(|_| message.is_topic_message),
        from: person.as_ref().map(|person| person.id),
        language: person
            .as_ref()
            .and_then(|person| person.language_code.as_deref())
            .map_or_else(Language::default, Language::from_tag),
        name: person.map(|person| person.first_name).unwrap_or_default(),
        text: message.text,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(fields: Value) -> Value {
        let mut message = json!({
            "message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"},
            "from": {"id": 7, "is_bot": false, "first_name": "Анна", "language_code": "ru"},
        });
        for (key, value) in fields.as_object().expect("fields") {
            message[key] = value.clone();
        }
        json!({"update_id": 1, "message": message})
    }

    #[test]
    fn a_private_message_is_read() {
        let expected = Incoming {
            chat: 7,
            is_private: true,
            topic: None,
            from: Some(7),
            name: "Анна".into(),
            language: Language::Ru,
            text: "/start".into(),
        };
        assert_eq!(read(&message(json!({"text": "/start"}))), Some(expected.clone()));
        let picture = read(&message(json!({"photo": []})));
        assert_eq!(picture, Some(Incoming { text: String::new(), ..expected }));
    }

    #[test]
    fn a_topic_counts_only_in_a_forum() {
        let group = json!({"id": -100, "type": "supergroup"});
        let in_topic = json!({"text": "/app", "chat": group, "message_thread_id": 5, "is_topic_message": true});
        assert_eq!(read(&message(in_topic)).and_then(|incoming| incoming.topic), Some(5));
        let in_thread = json!({"text": "/app", "chat": group, "message_thread_id": 5});
        assert_eq!(read(&message(in_thread)).expect("read").topic, None);
    }

    #[test]
    fn bots_events_and_unknown_things_are_none_of_our_business() {
        let bot = json!({"id": 8, "is_bot": true, "first_name": "Bot"});
        for update in [
            message(json!({"text": "/start", "from": bot})),
            message(json!({"new_chat_members": []})),
            message(json!({"text": "x", "chat": {"id": "seven", "type": "private"}})),
            json!({"update_id": 1, "my_chat_member": {}}),
            json!({"update_id": 1}),
            json!(null),
        ] {
            assert_eq!(read(&update), None, "{update}");
        }
        let hidden = message(json!({"text": "/app", "from": bot, "sender_chat": {"id": -100}}));
        let hidden = read(&hidden).expect("an administrator who hides");
        assert_eq!((hidden.from, hidden.name.as_str()), (None, ""));
    }
}
