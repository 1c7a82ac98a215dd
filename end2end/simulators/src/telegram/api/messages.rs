//! Messages: send, edit, delete, pin, and the answers to pressed buttons.

use serde_json::{Map, Value, json};

use super::{ApiError, Params, Result};
use crate::telegram::{
    chat::{Chat, ChatKind, Message, Sender},
    keyboard,
    markup::{self, Formatted},
    world::{CallbackAnswer, World},
};

const TEXT_LIMIT: usize = 4_096;
const DELETABLE_S: i64 = 48 * 3_600;
const ANSWERABLE_MS: i64 = 60_000;

/// The chat that a call names, if the bot may act there.
fn writable<'w>(world: &'w World, params: &Params) -> Result<&'w Chat> {
    let chat = params.int("chat_id").ok_or_else(|| match params.text("chat_id") {
        Some(_) => ApiError::bad("chat not found"),
        None => ApiError::bad("chat_id is empty"),
    })?;
    let chat = world.chats.get(&chat).ok_or_else(|| ApiError::bad("chat not found"))?;
    if let Some(id) = chat.migrated_to {
        let error = ApiError::bad("group chat was upgraded to a supergroup chat");
        return Err(ApiError { parameters: Some(json!({"migrate_to_chat_id": id})), ..error });
    }
    match (chat.kind, chat.bot_shut_out, chat.bot_may_write) {
        (ChatKind::Private, true, _) => Err(ApiError::forbidden("bot was blocked by the user")),
        (ChatKind::Group, true, _) => Err(ApiError::forbidden("bot was kicked from the group chat")),
        (ChatKind::Supergroup, true, _) => Err(ApiError::forbidden("bot was kicked from the supergroup chat")),
        (ChatKind::Private, _, false) => Err(ApiError::bad("chat not found")),
        _ => Ok(chat),
    }
}

fn formatted(params: &Params) -> Result<Formatted> {
    let raw = params.text("text").unwrap_or_default();
    let mut out = match params.text("parse_mode").unwrap_or_default().to_ascii_lowercase().as_str() {
        "" => {
            let entities = params.json("entities")?.and_then(|list| list.as_array().cloned()).unwrap_or_default();
            Formatted { text: raw.trim().to_owned(), entities }
        }
        "html" => markup::parse_html(&raw).map_err(|what| ApiError::bad(format!("can't parse entities: {what}")))?,
        _ => return Err(ApiError::bad("unsupported parse_mode")),
    };
    if out.text.is_empty() {
        return Err(ApiError::bad("message text is empty"));
    }
    if markup::utf16(&out.text) > TEXT_LIMIT {
        return Err(ApiError::bad("message is too long"));
    }
    if out.entities.is_empty() {
        out.entities = markup::detect(&out.text);
    }
    Ok(out)
}

fn keyboard_of(params: &Params, chat: &Chat) -> Result<Option<Value>> {
    let markup = params.json("reply_markup")?;
    if let Some(markup) = &markup {
        keyboard::check(markup, chat.is_group())?;
    }
    Ok(markup)
}

/// The topic of a message. General has no id of its own, and in a chat without topics the id means nothing.
fn thread(params: &Params, chat: &Chat) -> Result<Option<i64>> {
    match params.int("message_thread_id") {
        Some(id) if !chat.topics.is_empty() => match chat.topics.iter().any(|topic| topic.id == id) {
            true => Ok(Some(id)),
            false => Err(ApiError::bad("message thread not found")),
        },
        _ => Ok(None),
    }
}

fn message_json(world: &World, chat: i64, message: i64) -> Value {
    let Some(chat) = world.chats.get(&chat) else { return Value::Null };
    chat.message(message).map_or(Value::Null, |message| world.message_json(chat, message))
}

pub(super) fn send(world: &mut World, params: &Params) -> Result<Value> {
    let content = formatted(params)?;
    let chat = writable(world, params)?;
    let (id, is_group) = (chat.id, chat.is_group());
    let thread = thread(params, chat)?;
    let keyboard = keyboard_of(params, chat)?;
    let reply = params.json("reply_parameters")?.unwrap_or_default();
    let reply_to = reply["message_id"].as_i64();
    if reply_to.is_some_and(|id| chat.message(id).is_none()) && reply["allow_sending_without_reply"] != true {
        return Err(ApiError::bad("message to be replied not found"));
    }
    world.limits.admit(id, is_group, world.now_ms).map_err(ApiError::too_many)?;
    let message = world.append(id, Sender::Bot, |message| {
        message.thread = thread;
        message.text = content.text;
        message.entities = content.entities;
        message.reply_markup = keyboard;
        message.reply_to = reply_to;
        message.silent = params.flag("disable_notification");
        message.protected = params.flag("protect_content");
    });
    if let Some(chat) = world.chats.get_mut(&id) {
        chat.typing_until = 0;
    }
    Ok(message_json(world, id, message.map_or(0, |message| message.id)))
}

/// The bot's own message that a call wants to change.
fn own_message(world: &World, params: &Params, verb: &str) -> Result<(i64, Message)> {
    let chat = writable(world, params)?;
    let id = params.int("message_id").ok_or_else(|| ApiError::bad("message identifier is not specified"))?;
    let message = chat.message(id).ok_or_else(|| ApiError::bad(format!("message to {verb} not found")))?;
    if message.sender != Sender::Bot || !message.service.is_empty() {
        return Err(ApiError::bad(format!("message can't be {verb}ed")));
    }
    Ok((chat.id, message.clone()))
}

pub(super) fn edit(world: &mut World, params: &Params) -> Result<Value> {
    let content = formatted(params)?;
    let (chat, old) = own_message(world, params, "edit")?;
    let keyboard = keyboard_of(params, &world.chats[&chat])?;
    replace(world, chat, Message { text: content.text, entities: content.entities, reply_markup: keyboard, ..old })
}

pub(super) fn edit_markup(world: &mut World, params: &Params) -> Result<Value> {
    let (chat, old) = own_message(world, params, "edit")?;
    let keyboard = keyboard_of(params, &world.chats[&chat])?;
    replace(world, chat, Message { reply_markup: keyboard, ..old })
}

fn replace(world: &mut World, chat: i64, new: Message) -> Result<Value> {
    let now = world.now_s();
    let id = new.id;
    let messages = world.chats.get_mut(&chat).map(|chat| &mut chat.messages).into_iter().flatten();
    for message in messages.filter(|message| message.id == id) {
        if *message == new {
            return Err(ApiError::bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a \
                 current content and reply markup of the message",
            ));
        }
        *message = Message { edit_date: Some(now), ..new.clone() };
    }
    Ok(message_json(world, chat, id))
}

pub(super) fn delete(world: &mut World, params: &Params) -> Result<Value> {
    let chat = writable(world, params)?;
    let id = params.int("message_id").ok_or_else(|| ApiError::bad("message identifier is not specified"))?;
    let message = chat.message(id).ok_or_else(|| ApiError::bad("message to delete not found"))?;
    // In a private chat a bot may take back incoming messages as well.
    let allowed = message.sender == Sender::Bot || !chat.is_group() || chat.bot_is_admin;
    if !allowed || message.date + DELETABLE_S < world.now_s() {
        return Err(ApiError::bad("message can't be deleted"));
    }
    let chat = chat.id;
    if let Some(chat) = world.chats.get_mut(&chat) {
        chat.messages.retain(|message| message.id != id);
        chat.pinned = chat.pinned.filter(|pinned| *pinned != id);
    }
    Ok(json!(true))
}

pub(super) fn pin(world: &mut World, params: &Params) -> Result<Value> {
    let chat = writable(world, params)?;
    let (chat_id, may) = (chat.id, !chat.is_group() || chat.bot_is_admin);
    let id = params.int("message_id").unwrap_or_default();
    let message = chat.message(id).cloned().ok_or_else(|| ApiError::bad("message to pin not found"))?;
    if !may {
        return Err(ApiError::bad("not enough rights to manage pinned messages in the chat"));
    }
    let pinned = message_json(world, chat_id, id);
    if let Some(chat) = world.chats.get_mut(&chat_id) {
        chat.pinned = Some(id);
    }
    if !params.flag("disable_notification") {
        world.append(chat_id, Sender::Bot, |service| {
            service.thread = message.thread;
            service.service = Map::from_iter([("pinned_message".to_owned(), pinned)]);
        });
    }
    Ok(json!(true))
}

pub(super) fn action(world: &mut World, params: &Params) -> Result<Value> {
    let chat = writable(world, params)?.id;
    let until = world.now_ms + 5_000;
    match params.text("action").unwrap_or_default().as_str() {
        "typing" | "upload_photo" | "upload_document" | "find_location" | "choose_sticker" => {
            if let Some(chat) = world.chats.get_mut(&chat) {
                chat.typing_until = until;
            }
            Ok(json!(true))
        }
        _ => Err(ApiError::bad("wrong parameter action in request")),
    }
}

pub(super) fn answer_callback(world: &mut World, params: &Params) -> Result<Value> {
    let id = params.text("callback_query_id").unwrap_or_default();
    let text = params.text("text").unwrap_or_default();
    if markup::utf16(&text) > 200 {
        return Err(ApiError::bad("MESSAGE_TOO_LONG"));
    }
    match world.pressed.remove(&id) {
        Some(pressed) if pressed.at_ms + ANSWERABLE_MS >= world.now_ms => {
            let show_alert = params.flag("show_alert");
            world.answers.push(CallbackAnswer { id, user: pressed.user, text, show_alert });
            Ok(json!(true))
        }
        _ => Err(ApiError::bad("query is too old and response timeout expired or query ID is invalid")),
    }
}
