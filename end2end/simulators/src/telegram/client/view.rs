//! What one user sees of Telegram: his chats, the commands in his language, answers to his buttons.

use serde_json::{Value, json};

use crate::{
    cast,
    telegram::{chat::Chat, chat::Sender, markup, world::World},
};

const MESSAGES_SHOWN: usize = 200;
const ANSWERS_SHOWN: usize = 5;

/// Everything the page shows to this user.
pub(super) fn of(world: &World, user: i64, language: &str, demo: bool) -> Value {
    let mine = |chat: &&Chat| (chat.is_group() && demo || chat.id == user) && chat.migrated_to.is_none();
    let chats: Vec<_> = world.chats.values().filter(mine).map(|chat| self::chat(world, chat, language)).collect();
    let answers = world.answers.iter().rev().filter(|answer| answer.user == user).take(ANSWERS_SHOWN);
    let answers: Vec<_> =
        answers.map(|answer| json!({"id": answer.id, "text": answer.text, "show_alert": answer.show_alert})).collect();
    json!({
        "bot": world.bot_json(),
        "user": world.sender_json(Sender::User(user)),
        "people": people(world, language),
        "chats": chats,
        "answers": answers,
        "waiting": world.pressed.iter().filter(|(_, pressed)| pressed.user == user).map(|(id, _)| id).collect::<Vec<_>>(),
        "outage": world.faults.outage.as_str(),
    })
}

fn people(world: &World, language: &str) -> Vec<Value> {
    let known = |id: i64| cast::ALL.iter().find(move |actor| actor.id == id);
    // The demo's people first, highest role first, then whoever a test added.
    let mut ids: Vec<_> = cast::ALL.iter().map(|actor| actor.id).filter(|id| world.people.contains_key(id)).collect();
    ids.extend(world.people.keys().filter(|id| known(**id).is_none()));
    let person = |id: i64| match known(id) {
        Some(actor) => {
            let (first, last) = names(actor, language);
            json!({"id": id, "first_name": first, "last_name": last, "role": actor.role})
        }
        None => world.sender_json(Sender::User(id)),
    };
    ids.into_iter().map(person).collect()
}

fn names(actor: &cast::Actor, language: &str) -> (Value, Value) {
    let (first, last) = if language == "ru" { actor.ru } else { actor.en };
    (json!(first), json!(last))
}

fn chat(world: &World, chat: &Chat, language: &str) -> Value {
    let pick = |pair: &(String, String)| if language == "ru" { pair.0.clone() } else { pair.1.clone() };
    let skip = chat.messages.len().saturating_sub(MESSAGES_SHOWN);
    let messages: Vec<_> = chat.messages[skip..]
        .iter()
        .map(|message| {
            let mut out = world.message_json(chat, message);
            out["outgoing_of"] = match message.sender {
                Sender::Bot => json!(null),
                Sender::User(id) => json!(id),
            };
            // The demo's people are named in the language of the page, not of their own client.
            if let Some(actor) = cast::ALL.iter().find(|actor| message.sender == Sender::User(actor.id)) {
                (out["from"]["first_name"], out["from"]["last_name"]) = names(actor, language);
            }
            if let Some(english) = message.english.as_ref().filter(|_| language != "ru") {
                out["text"] = json!(english);
                out["entities"] = json!(markup::detect(english));
            }
            if let Some(markup) = &message.reply_markup {
                out["reply_markup"] = markup.clone();
            }
            out
        })
        .collect();
    let topics: Vec<_> = chat.topics.iter().map(|topic| json!({"id": topic.id, "title": pick(&topic.title)})).collect();
    json!({
        "id": chat.id,
        "type": chat.type_name(),
        "title": if chat.is_group() { pick(&chat.title) } else { world.bot.name.clone() },
        "topics": topics,
        "messages": messages,
        "pinned": chat.pinned,
        "started": chat.bot_may_write,
        "blocked": chat.bot_shut_out,
        "typing": chat.typing_until > world.now_ms,
        "menu_button": chat.menu_button.as_ref().unwrap_or(&world.menu_button),
        "commands": commands(world, chat, language),
    })
}

/// The most special list wins: of the chat, of its kind, the default; each first in the user's language.
fn commands(world: &World, chat: &Chat, language: &str) -> Value {
    let kind = if chat.is_group() { "all_group_chats" } else { "all_private_chats" };
    let scopes = [format!("chat:{}", chat.id), kind.to_owned(), "default".to_owned()];
    let keys = scopes.iter().flat_map(|scope| [language, ""].map(|tag| (scope.clone(), tag.to_owned())));
    let found = keys.filter_map(|key| world.commands.get(&key)).find(|commands| !commands.is_empty());
    json!(found.cloned().unwrap_or_default())
}
