//! What of an update concerns the bot: a message of a person. Pure.

use app::model::user::Language;
use serde::Deserialize;
use serde_json::Value;
use teloxide::types::{MediaKind, Message, MessageKind, Update, UpdateKind};

/// A message that may deserve an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The chat it stands in.
    pub chat: i64,
    /// Whether that is the private chat with the bot.
    pub is_private: bool,
    /// The topic it stands in.
    pub topic: Option<i32>,
    /// Who wrote it; absent for an administrator who hides behind his group.
    pub from: Option<i64>,
    /// His first name.
    pub name: String,
    /// The language of his client.
    pub language: Language,
    /// What he wrote; empty for pictures and the like.
    pub text: String,
}

/// Reads an update; nothing when it is none of our business or of a kind nobody knows yet.
#[must_use]
pub fn read(update: &Value) -> Option<Incoming> {
    // By reference: teloxide finds the kind of an update behind a borrowed key only.
    let UpdateKind::Message(message) = Update::deserialize(update).ok()?.kind else { return None };
    // Straight from the JSON: with an entity that teloxide does not know yet, it sees no text at all.
    let text = update["message"]["text"].as_str();
    if !(text.is_some() || is_content(&message)) {
        return None;
    }
    // An anonymous administrator writes as a bot of Telegram's, on behalf of a chat.
    let person = match message.from {
        Some(user) if user.is_bot => {
            message.sender_chat?;
            None
        }
        person => person,
    };
    Some(Incoming {
        chat: message.chat.id.0,
        is_private: message.chat.is_private(),
        topic: message.thread_id.filter(|_| message.is_topic_message).map(|thread| thread.0.0),
        from: person.as_ref().and_then(|person| i64::try_from(person.id.0).ok()),
        language: person
            .as_ref()
            .and_then(|person| person.language_code.as_deref())
            .map_or_else(Language::default, Language::from_tag),
        name: person.map(|person| person.first_name).unwrap_or_default(),
        text: text.unwrap_or_default().to_owned(),
    })
}

/// Whether somebody sent something; other messages tell of an event, which nobody expects an answer to.
fn is_content(message: &Message) -> bool {
    match &message.kind {
        MessageKind::Common(common) => !matches!(common.media_kind, MediaKind::Migration(_)),
        MessageKind::Dice(_) => true,
        _ => false,
    }
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
    fn what_teloxide_does_not_know_yet_does_not_hide_a_text() {
        let entities = json!([{"type": "brand_new", "offset": 0, "length": 5}]);
        let read = read(&message(json!({"text": "/help", "entities": entities}))).expect("read");
        assert_eq!((read.text.as_str(), read.is_private), ("/help", true));
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
            message(json!({"migrate_to_chat_id": -100})),
            message(json!({"brand_new": {}})),
            message(json!({"text": "x", "chat": {"id": "seven", "type": "private"}})),
            json!({"update_id": 1, "my_chat_member": {}}),
            json!({"update_id": 1, "brand_new": {}}),
            json!({"update_id": 1}),
            json!(null),
        ] {
            assert_eq!(read(&update), None, "{update}");
        }
        let hidden = message(json!({"text": "/app", "from": bot, "sender_chat": {"id": -100, "type": "supergroup"}}));
        let hidden = read(&hidden).expect("an administrator who hides");
        assert_eq!((hidden.from, hidden.name.as_str()), (None, ""));
    }
}
