//! Checks of keyboards under messages and of menu buttons.

use serde_json::Value;

use super::api::{ApiError, Result};

/// Checks `reply_markup` for a message into a chat; web app buttons are for private chats only.
pub(super) fn check(markup: &Value, is_group: bool) -> Result<()> {
    for (key, inline) in [("inline_keyboard", true), ("keyboard", false)] {
        let Some(rows) = markup.get(key) else { continue };
        let rows = rows.as_array().ok_or_else(|| ApiError::bad("object expected as reply markup"))?;
        for button in rows.iter().filter_map(Value::as_array).flatten() {
            check_button(button, inline, is_group)?;
        }
    }
    Ok(())
}

fn check_button(button: &Value, inline: bool, is_group: bool) -> Result<()> {
    let text = if inline { button["text"].as_str() } else { button.as_str().or(button["text"].as_str()) };
    let Some(text) = text else {
        return Err(ApiError::bad("can't parse inline keyboard button: Field \"text\" must be of type String"));
    };
    if let Some(app) = button.get("web_app") {
        if is_group {
            return Err(ApiError::bad("BUTTON_TYPE_INVALID"));
        }
        return check_url(app["url"].as_str().unwrap_or_default(), text);
    }
    if !inline {
        return Ok(());
    }
    if let Some(url) = button.get("url") {
        return check_url(url.as_str().unwrap_or_default(), text);
    }
    if let Some(data) = button.get("callback_data") {
        return match data.as_str().map_or(0, str::len) {
            1..=64 => Ok(()),
            _ => Err(ApiError::bad("BUTTON_DATA_INVALID")),
        };
    }
    if button.get("copy_text").or(button.get("login_url")).is_some() {
        return Ok(());
    }
    Err(ApiError::bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"))
}

/// Addresses are absolute; plain http is accepted as in Telegram's test environment.
pub(super) fn check_url(url: &str, button: &str) -> Result<()> {
    let known = ["https://", "http://", "tg://", "mailto:", "tel:"].iter().find_map(|scheme| url.strip_prefix(scheme));
    match known {
        Some(rest) if !rest.is_empty() && !url.contains(char::is_whitespace) => Ok(()),
        _ => {
            Err(ApiError::bad(format!("inline keyboard button URL '{url}' of \"{button}\" is invalid: Wrong HTTP URL")))
        }
    }
}
