//! What users do in their clients, and the updates that the bot gets for it.

use serde_json::{Map, Value, json};

use super::{
    chat::{Chat, ChatKind, Sender, user_json},
    markup,
    world::{Pressed, World},
};

impl World {
    /// A user writes into a chat; his first message in the private chat is pressing Start.
    /// Gives the id of the message, nothing for an unknown chat.
    pub fn say(&mut self, user: i64, chat: i64, thread: Option<i64>, text: &str) -> Option<i64> {
        let message = self.append(chat, Sender::User(user), |message| {
            message.text = text.to_owned();
            message.entities = markup::detect(text);
            message.thread = thread;
        })?;
        let place = self.chats.get_mut(&chat)?;
        let is_group = place.is_group();
        if !is_group {
            place.bot_may_write = true;
            place.bot_shut_out = false;
        }
        // In groups a bot with privacy mode sees only what is meant for it.
        if !is_group || text.starts_with('/') || text.contains(&format!("@{}", self.bot.username)) {
            let update = self.message_json(&self.chats[&chat], &message);
            self.updates.push("message", update, self.now_ms);
        }
        Some(message.id)
    }

    /// A user presses a button with `callback_data`. Gives the id of the query.
    pub fn press(&mut self, user: i64, chat: i64, message: i64, data: &str) -> Option<String> {
        let chat = self.chats.get(&chat)?;
        let message = self.message_json(chat, chat.message(message)?);
        let instance = chat.instance();
        let id = self.next_query_id();
        let query = json!({
            "id": id, "from": self.sender_json(Sender::User(user)), "message": message,
            "chat_instance": instance, "data": data,
        });
        self.pressed.insert(id.clone(), Pressed { user, at_ms: self.now_ms });
        self.updates.push("callback_query", query, self.now_ms);
        Some(id)
    }

    /// A user blocks the bot or lets it in again.
    pub fn set_blocked(&mut self, user: i64, blocked: bool) {
        let Some(chat) = self.chats.get_mut(&user).filter(|chat| chat.bot_shut_out != blocked) else { return };
        chat.bot_shut_out = blocked;
        chat.bot_may_write = true;
        let chat = chat.clone();
        let (old, new) = if blocked { ("member", "kicked") } else { ("kicked", "member") };
        self.membership(&chat, user, old, new);
    }

    fn membership(&mut self, chat: &Chat, by: i64, old: &str, new: &str) {
        let member = |status: &str| match status {
            "kicked" => json!({"status": status, "user": self.bot_json(), "until_date": 0}),
            _ => json!({"status": status, "user": self.bot_json()}),
        };
        let update = json!({
            "chat": chat.json(self.people.get(&chat.id)), "from": self.people.get(&by).map(user_json),
            "date": self.now_s(), "old_chat_member": member(old), "new_chat_member": member(new),
        });
        self.updates.push("my_chat_member", update, self.now_ms);
    }

    /// A user allows the bot to write to him, from inside the Mini App.
    pub fn allow_writing(&mut self, user: i64) {
        let granted = json!({"from_request": true});
        let Some(chat) = self.chats.get_mut(&user).filter(|chat| !chat.bot_may_write) else { return };
        chat.bot_may_write = true;
        let service = Map::from_iter([("write_access_allowed".to_owned(), granted)]);
        self.service(user, Sender::User(user), service);
    }

    /// A basic group becomes a supergroup. Gives the id of the new chat.
    pub fn migrate(&mut self, group: i64) -> Option<i64> {
        let old = self.chats.get_mut(&group).filter(|chat| chat.kind == ChatKind::Group)?;
        let id = -1_000_000_000_000 + group;
        old.migrated_to = Some(id);
        let mut new = Chat::new(id, ChatKind::Supergroup);
        new.title.clone_from(&old.title);
        new.bot_is_admin = old.bot_is_admin;
        self.chats.insert(id, new);
        let by = self.people.keys().next().copied().unwrap_or_default();
        let pair = |key: &str, value: i64| Map::from_iter([(key.to_owned(), Value::from(value))]);
        self.service(group, Sender::User(by), pair("migrate_to_chat_id", id));
        self.service(id, Sender::User(by), pair("migrate_from_chat_id", group));
        Some(id)
    }

    fn service(&mut self, chat: i64, sender: Sender, fields: Map<String, Value>) {
        let message = self.append(chat, sender, |message| message.service = fields);
        if let (Some(message), Some(chat)) = (message, self.chats.get(&chat)) {
            let update = self.message_json(chat, &message);
            self.updates.push("message", update, self.now_ms);
        }
    }
}
