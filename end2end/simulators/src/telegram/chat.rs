//! Chats and messages as the simulator keeps them, and their JSON in the Bot API.

use serde_json::{Map, Value, json};

use crate::launch::Person;

/// What kind of chat it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatKind {
    /// Of one user with the bot; its id is the user's.
    Private,
    /// A small group, until it is upgraded.
    Group,
    /// A supergroup; with topics if it is a forum.
    Supergroup,
}

/// A topic of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// `message_thread_id`.
    pub id: i64,
    /// Its name in Russian and in English.
    pub title: (String, String),
}

/// A chat with its messages.
#[derive(Clone, Debug)]
pub struct Chat {
    /// Negative for groups.
    pub id: i64,
    /// What kind of chat it is.
    pub kind: ChatKind,
    /// Title in Russian and in English; empty for private chats.
    pub title: (String, String),
    /// Topics besides "General"; a supergroup with topics is a forum.
    pub topics: Vec<Topic>,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// The message pinned last.
    pub pinned: Option<i64>,
    /// Private: the user pressed Start. Group: the bot is a member.
    pub bot_may_write: bool,
    /// Private: the user blocked the bot. Group: the bot was kicked.
    pub bot_shut_out: bool,
    /// Group: the bot has rights of an administrator.
    pub bot_is_admin: bool,
    /// The supergroup that this group became.
    pub migrated_to: Option<i64>,
    /// The menu button of this private chat, if not the default.
    pub menu_button: Option<Value>,
    /// Until when "typing" is shown, ms.
    pub typing_until: i64,
}

impl Chat {
    /// An empty chat.
    #[must_use]
    pub fn new(id: i64, kind: ChatKind) -> Self {
        Self {
            id,
            kind,
            title: Default::default(),
            topics: Vec::new(),
            messages: Vec::new(),
            pinned: None,
            bot_may_write: kind != ChatKind::Private,
            bot_shut_out: false,
            bot_is_admin: kind != ChatKind::Private,
            migrated_to: None,
            menu_button: None,
            typing_until: 0,
        }
    }

    /// Whether it is a group of any kind.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.kind != ChatKind::Private
    }

    /// What `chat_type` in launch data and `type` in the Bot API say.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            ChatKind::Private => "private",
            ChatKind::Group => "group",
            ChatKind::Supergroup => "supergroup",
        }
    }

    /// What identifies the chat in launch data without giving away its id.
    #[must_use]
    pub fn instance(&self) -> String {
        // Any bijection does: the same chat always has the same instance, another chat another one.
        self.id.wrapping_mul(-7_046_029_254_386_353_131).to_string()
    }

    /// The message of this id.
    #[must_use]
    pub fn message(&self, id: i64) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    /// Its JSON in the Bot API; `person` is the user of a private chat.
    #[must_use]
    pub fn json(&self, person: Option<&Person>) -> Value {
        let mut chat = json!({"id": self.id, "type": self.type_name()});
        if let Some(person) = person.filter(|_| !self.is_group()) {
            merge(&mut chat, names(person));
        } else {
            chat["title"] = json!(self.title.0);
            if !self.topics.is_empty() {
                chat["is_forum"] = json!(true);
            }
        }
        chat
    }
}

/// Who sent a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The bot.
    Bot,
    /// The user of this id.
    User(i64),
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Unique within its chat.
    pub id: i64,
    /// Unix seconds.
    pub date: i64,
    /// Unix seconds of the last edit.
    pub edit_date: Option<i64>,
    /// Who sent it.
    pub sender: Sender,
    /// The topic; none for "General" and for chats without topics.
    pub thread: Option<i64>,
    /// Text without markup; empty for service messages.
    pub text: String,
    /// Entities of the text, offsets in UTF-16 units.
    pub entities: Vec<Value>,
    /// The keyboard under it.
    pub reply_markup: Option<Value>,
    /// The message that this one answers.
    pub reply_to: Option<i64>,
    /// The fields of a service message, such as `pinned_message`.
    pub service: Map<String, Value>,
    /// The same in English: what the demo's people say is shown in the language of the page.
    pub english: Option<String>,
    /// Sent without a sound.
    pub silent: bool,
    /// May not be forwarded.
    pub protected: bool,
}

impl Message {
    /// The button of the inline keyboard whose text is this.
    #[must_use]
    pub fn button(&self, text: &str) -> Option<&Value> {
        let rows = self.reply_markup.as_ref()?.get("inline_keyboard")?.as_array()?;
        rows.iter().filter_map(Value::as_array).flatten().find(|button| button["text"] == text)
    }
}

/// A user's JSON in the Bot API.
#[must_use]
pub fn user_json(person: &Person) -> Value {
    let mut user = json!({"id": person.id, "is_bot": false});
    merge(&mut user, names(person));
    if let Some(tag) = &person.language_code {
        user["language_code"] = json!(tag);
    }
    if person.is_premium {
        user["is_premium"] = json!(true);
    }
    user
}

fn names(person: &Person) -> Value {
    let mut names = json!({"first_name": person.first_name});
    if let Some(last_name) = &person.last_name {
        names["last_name"] = json!(last_name);
    }
    if let Some(username) = &person.username {
        names["username"] = json!(username);
    }
    names
}

pub(super) fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
