//! Everything that the simulated Telegram knows: one struct behind one lock.
//!
//! No socket and no clock: `now_ms` is set by the caller before each use.

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde_json::{Map, Value, json};

use super::{
    chat::{Chat, ChatKind, Message, Sender, user_json},
    faults::Faults,
    limits::Limits,
    updates::Updates,
};
use crate::launch::Person;

/// The bot's own account.
#[derive(Clone, Debug)]
pub struct Bot {
    /// The number before the colon of the token.
    pub id: i64,
    /// The whole token.
    pub token: String,
    /// `@username` without the sign.
    pub username: String,
    /// The name shown above its chat.
    pub name: String,
}

/// A call of the Bot API as it came in, for looking at afterwards.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method, lower case.
    pub method: String,
    /// Its parameters.
    pub params: Map<String, Value>,
    /// 200, or the `error_code` of the answer.
    pub code: u16,
}

/// The answer to a pressed button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackAnswer {
    /// The `callback_query.id`.
    pub id: String,
    /// Who pressed.
    pub user: i64,
    /// What is shown to him.
    pub text: String,
    /// As a dialogue instead of a passing line.
    pub show_alert: bool,
}

/// A pressed button that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Pressed {
    pub user: i64,
    pub at_ms: i64,
}

/// All state.
#[derive(Debug)]
pub struct World {
    /// The bot.
    pub bot: Bot,
    /// Now, ms since 1970 (with the shift of `Telegram::advance`).
    pub now_ms: i64,
    /// Users by id.
    pub people: BTreeMap<i64, Person>,
    /// Chats by id.
    pub chats: BTreeMap<i64, Chat>,
    /// Commands by scope and language.
    pub commands: HashMap<(String, String), Vec<Value>>,
    /// The menu button of chats that have none of their own.
    pub menu_button: Value,
    /// Answers to pressed buttons, oldest first.
    pub answers: Vec<CallbackAnswer>,
    /// Calls of the Bot API, oldest first.
    pub calls: VecDeque<Call>,
    /// What is out of order.
    pub faults: Faults,
    /// Requests that an outage met with silence so far.
    pub silenced: u64,
    pub(super) pressed: BTreeMap<String, Pressed>,
    pub(super) updates: Updates,
    pub(super) limits: Limits,
    next_message: i64,
    next_query: i64,
}

const CALLS_KEPT: usize = 10_000;
const MESSAGES_KEPT: usize = 2_000;

impl World {
    pub(super) fn new(bot: Bot, rate_limits: bool, now_ms: i64) -> Self {
        // Numbers go on from the clock: the bot remembers update and message ids across our restarts.
        let start = now_ms / 1000;
        Self {
            bot,
            now_ms,
            people: BTreeMap::new(),
            chats: BTreeMap::new(),
            commands: HashMap::new(),
            menu_button: json!({"type": "commands"}),
            answers: Vec::new(),
            calls: VecDeque::new(),
            faults: Faults::default(),
            silenced: 0,
            pressed: BTreeMap::new(),
            updates: Updates::starting_at(start),
            limits: Limits::new(rate_limits),
            next_message: (start - 1_750_000_000).max(1),
            next_query: start,
        }
    }

    /// Unix seconds.
    #[must_use]
    pub fn now_s(&self) -> i64 {
        self.now_ms / 1000
    }

    /// How many calls of `getUpdates` have begun.
    #[must_use]
    pub fn polls(&self) -> u64 {
        self.updates.poller
    }

    /// How many updates the bot has not confirmed.
    #[must_use]
    pub fn pending_updates(&self) -> usize {
        self.updates.queue.len()
    }

    /// What went wrong with the webhook last.
    #[must_use]
    pub fn webhook_error(&self) -> Option<&str> {
        self.updates.webhook.as_ref()?.last_error.as_ref().map(|(_, message)| message.as_str())
    }

    /// Adds or changes a user; his private chat with the bot exists from then on, not started.
    pub fn meet(&mut self, person: Person) {
        let id = person.id;
        self.people.insert(id, person);
        self.chats.entry(id).or_insert_with(|| Chat::new(id, ChatKind::Private));
    }

    /// A new message at the end of a chat; the caller fills in the rest.
    pub(super) fn append(&mut self, chat: i64, sender: Sender, fill: impl FnOnce(&mut Message)) -> Option<Message> {
        let id = self.next_message;
        let date = self.now_s();
        let chat = self.chats.get_mut(&chat)?;
        self.next_message += 1;
        let mut message = Message {
            id,
            date,
            edit_date: None,
            sender,
            thread: None,
            text: String::new(),
            entities: Vec::new(),
            reply_markup: None,
            reply_to: None,
            service: Map::new(),
            english: None,
            silent: false,
            protected: false,
        };
        fill(&mut message);
        if chat.messages.len() >= MESSAGES_KEPT {
            chat.messages.remove(0);
        }
        chat.messages.push(message.clone());
        Some(message)
    }

    pub(super) fn next_query_id(&mut self) -> String {
        self.next_query += 1;
        // As in the real thing: the upper half is the bot, so ids are long and look random.
        (self.bot.id.wrapping_shl(32) + self.next_query).to_string()
    }

    pub(super) fn record(&mut self, call: Call) {
        if self.calls.len() >= CALLS_KEPT {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    /// The bot as a user; `getMe` adds more.
    #[must_use]
    pub fn bot_json(&self) -> Value {
        json!({"id": self.bot.id, "is_bot": true, "first_name": self.bot.name, "username": self.bot.username})
    }

    /// A sender's JSON.
    #[must_use]
    pub fn sender_json(&self, sender: Sender) -> Value {
        match sender {
            Sender::Bot => self.bot_json(),
            Sender::User(id) => self.people.get(&id).map(user_json).unwrap_or_default(),
        }
    }

    /// A message's JSON, complete as in the Bot API.
    #[must_use]
    pub fn message_json(&self, chat: &Chat, message: &Message) -> Value {
        let mut out = Map::new();
        out.insert("message_id".into(), json!(message.id));
        out.insert("from".into(), self.sender_json(message.sender));
        out.insert("chat".into(), chat.json(self.people.get(&chat.id)));
        out.insert("date".into(), json!(message.date));
        if let Some(date) = message.edit_date {
            out.insert("edit_date".into(), json!(date));
        }
        if let Some(thread) = message.thread {
            out.insert("message_thread_id".into(), json!(thread));
            out.insert("is_topic_message".into(), json!(true));
        }
        if let Some(original) = message.reply_to.and_then(|id| chat.message(id)) {
            let mut original = self.message_json(chat, &Message { reply_to: None, ..original.clone() });
            if let Value::Object(fields) = &mut original {
                fields.remove("reply_markup");
            }
            out.insert("reply_to_message".into(), original);
        }
        if message.protected {
            out.insert("has_protected_content".into(), json!(true));
        }
        if message.service.is_empty() {
            out.insert("text".into(), json!(message.text));
            if !message.entities.is_empty() {
                out.insert("entities".into(), json!(message.entities));
            }
        } else {
            out.extend(message.service.clone());
        }
        // Only inline keyboards come back in messages.
        if let Some(markup) = message.reply_markup.as_ref().filter(|markup| markup.get("inline_keyboard").is_some()) {
            out.insert("reply_markup".into(), markup.clone());
        }
        Value::Object(out)
    }
}
