//! What the bot sets up for its chats: commands, menu button; and what it may ask about itself.

use serde_json::{Value, json};

use super::{ApiError, Params, Result};
use crate::telegram::{chat::merge, keyboard, world::World};

pub(super) fn me(world: &World) -> Value {
    let mut me = world.bot_json();
    merge(
        &mut me,
        json!({
            "can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
            "can_connect_to_business": false, "has_main_web_app": true,
        }),
    );
    me
}

/// The scope of a call as a key: `default`, `all_private_chats`, `chat:42` …
fn scope(params: &Params) -> Result<String> {
    let Some(scope) = params.json("scope")? else { return Ok("default".to_owned()) };
    let kind = scope["type"].as_str().unwrap_or_default();
    match kind {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => Ok(kind.to_owned()),
        "chat" | "chat_administrators" => Ok(format!("{kind}:{}", number(&scope["chat_id"]))),
        "chat_member" => Ok(format!("{kind}:{}:{}", number(&scope["chat_id"]), number(&scope["user_id"]))),
        _ => Err(ApiError::bad("can't parse BotCommandScope: Unsupported type specified")),
    }
}

fn number(value: &Value) -> i64 {
    value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_default()
}

fn key(params: &Params) -> Result<(String, String)> {
    let language = params.text("language_code").unwrap_or_default();
    if !(language.is_empty() || language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase())) {
        return Err(ApiError::bad("invalid language code specified"));
    }
    Ok((scope(params)?, language))
}

pub(super) fn set_commands(world: &mut World, params: &Params) -> Result<Value> {
    let key = key(params)?;
    let commands = params.json("commands")?.and_then(|list| list.as_array().cloned());
    let commands = commands.ok_or_else(|| ApiError::bad("parameter \"commands\" is required"))?;
    if commands.len() > 100 {
        return Err(ApiError::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in &commands {
        let name = command["command"].as_str().unwrap_or_default().trim_start_matches('/');
        let description = command["description"].as_str().unwrap_or_default().chars().count();
        let named = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !named || !(1..=32).contains(&name.len()) {
            return Err(ApiError::bad("BOT_COMMAND_INVALID"));
        }
        if !(1..=256).contains(&description) {
            return Err(ApiError::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    world.commands.insert(key, commands);
    Ok(json!(true))
}

pub(super) fn commands(world: &World, params: &Params) -> Result<Value> {
    Ok(json!(world.commands.get(&key(params)?).cloned().unwrap_or_default()))
}

pub(super) fn delete_commands(world: &mut World, params: &Params) -> Result<Value> {
    world.commands.remove(&key(params)?);
    Ok(json!(true))
}

pub(super) fn set_menu_button(world: &mut World, params: &Params) -> Result<Value> {
    let button = params.json("menu_button")?.unwrap_or_else(|| json!({"type": "default"}));
    match button["type"].as_str() {
        Some("default" | "commands") => {}
        Some("web_app") => {
            let text = button["text"].as_str().unwrap_or_default();
            if text.is_empty() {
                return Err(ApiError::bad("BUTTON_TEXT_INVALID"));
            }
            keyboard::check_url(button["web_app"]["url"].as_str().unwrap_or_default(), text)?;
        }
        _ => return Err(ApiError::bad("can't parse menu button: Unsupported type specified")),
    }
    match params.int("chat_id") {
        None if button["type"] == "default" => world.menu_button = json!({"type": "commands"}),
        None => world.menu_button = button,
        Some(id) => {
            let chat = world.chats.get_mut(&id).filter(|chat| !chat.is_group());
            let chat = chat.ok_or_else(|| ApiError::bad("chat not found"))?;
            chat.menu_button = Some(button).filter(|button| button["type"] != "default");
        }
    }
    Ok(json!(true))
}

pub(super) fn menu_button(world: &World, params: &Params) -> Result<Value> {
    let Some(id) = params.int("chat_id") else { return Ok(world.menu_button.clone()) };
    let chat = world.chats.get(&id).filter(|chat| !chat.is_group()).ok_or_else(|| ApiError::bad("chat not found"))?;
    Ok(chat.menu_button.clone().unwrap_or_else(|| json!({"type": "default"})))
}

pub(super) fn chat(world: &World, params: &Params) -> Result<Value> {
    let chat = params.int("chat_id").and_then(|id| world.chats.get(&id));
    let chat = chat.filter(|chat| chat.bot_may_write).ok_or_else(|| ApiError::bad("chat not found"))?;
    let mut full = chat.json(world.people.get(&chat.id));
    let gifts = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"];
    let gifts: Value = gifts.into_iter().map(|kind| (kind.to_owned(), json!(!chat.is_group()))).collect();
    merge(&mut full, json!({"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}));
    Ok(full)
}
