//! `parse_mode=HTML`: text with tags into text and entities, strict as the Bot API is.
//!
//! Only HTML: `MarkdownV2` is refused as an unsupported mode.

use serde_json::{Value, json};

/// Text without markup, and where its parts are formatted (UTF-16 units).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Formatted {
    pub text: String,
    pub entities: Vec<Value>,
}

struct Open {
    tag: String,
    from: usize,
    entity: Option<Value>,
}

/// Reads HTML; the error is the part of the description behind "can't parse entities: ".
pub(super) fn parse_html(source: &str) -> Result<Formatted, String> {
    let mut out = Formatted::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let at = source.len() - rest.len();
        match c {
            '<' => {
                let end = rest.find('>').ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
                let inside = &rest[1..end];
                rest = &rest[end + 1..];
                if let Some(name) = inside.strip_prefix('/') {
                    close(&mut out, &mut open, name.trim(), at)?;
                } else {
                    let (tag, entity) = start(inside, at, open.last())?;
                    open.push(Open { tag, from: out.text.len(), entity });
                }
            }
            '&' => {
                let (decoded, length) = reference(rest);
                out.text.push_str(&decoded);
                rest = &rest[length..];
            }
            _ => {
                out.text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if let Some(tag) = open.last() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", tag.tag));
    }
    out.entities.sort_by_key(|entity| entity["offset"].as_u64());
    trim(&mut out);
    Ok(out)
}

fn start(inside: &str, at: usize, parent: Option<&Open>) -> Result<(String, Option<Value>), String> {
    let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let (name, attributes) = (inside[..name_end].to_ascii_lowercase(), inside[name_end..].trim());
    let entity = match name.as_str() {
        "b" | "strong" => json!({"type": "bold"}),
        "i" | "em" => json!({"type": "italic"}),
        "u" | "ins" => json!({"type": "underline"}),
        "s" | "strike" | "del" => json!({"type": "strikethrough"}),
        "tg-spoiler" => json!({"type": "spoiler"}),
        "span" if attribute(attributes, "class").as_deref() == Some("tg-spoiler") => json!({"type": "spoiler"}),
        "span" => return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}")),
        "code" if parent.is_some_and(|parent| parent.tag == "pre") => return Ok((name, None)),
        "code" => json!({"type": "code"}),
        "pre" => json!({"type": "pre"}),
        "blockquote" if parent.is_some_and(|parent| parent.tag == "blockquote") => {
            return Err(format!("Blockquote entity can't be nested at byte offset {at}"));
        }
        "blockquote" if attributes.contains("expandable") => json!({"type": "expandable_blockquote"}),
        "blockquote" => json!({"type": "blockquote"}),
        "a" => json!({"type": "text_link", "url": attribute(attributes, "href").unwrap_or_default()}),
        "tg-emoji" => json!({"type": "custom_emoji", "custom_emoji_id": attribute(attributes, "emoji-id")}),
        "tg-time" => json!({"type": "date_time", "unix_time": attribute(attributes, "unix")}),
        _ => return Err(format!("Unsupported start tag \"{name}\" at byte offset {at}")),
    };
    Ok((name, Some(entity)))
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let value = attributes.split_once(&format!("{name}="))?.1;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let raw = value[1..].split_once(quote)?.0;
    let mut text = String::new();
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let (decoded, length) = if c == '&' { reference(rest) } else { (c.to_string(), c.len_utf8()) };
        text.push_str(&decoded);
        rest = &rest[length..];
    }
    Some(text)
}

fn close(out: &mut Formatted, open: &mut Vec<Open>, name: &str, at: usize) -> Result<(), String> {
    let last = open.pop().ok_or_else(|| format!("Unexpected end tag at byte offset {at}"))?;
    if !name.is_empty() && !name.eq_ignore_ascii_case(&last.tag) {
        return Err(format!(
            "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{name}>\"",
            last.tag
        ));
    }
    let (offset, length) = (utf16(&out.text[..last.from]), utf16(&out.text[last.from..]));
    let has_target = |entity: &Value| entity["type"] != "text_link" || entity["url"] != "";
    if let Some(mut entity) = last.entity.filter(has_target)
        && length > 0
    {
        entity["offset"] = json!(offset);
        entity["length"] = json!(length);
        out.entities.push(entity);
    }
    Ok(())
}

/// A character reference at the start of `text`: what it stands for and how many bytes it takes.
/// Anything unknown is an ordinary `&`.
fn reference(text: &str) -> (String, usize) {
    const NAMED: [(&str, &str); 4] = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\"")];
    if let Some((name, value)) = NAMED.into_iter().find(|(name, _)| text.starts_with(name)) {
        return (value.to_owned(), name.len());
    }
    let numeric = || {
        let (digits, _) = text.strip_prefix("&#")?.split_once(';')?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        Some((char::from_u32(code)?.to_string(), digits.len() + 3))
    };
    numeric().unwrap_or_else(|| ("&".to_owned(), 1))
}

/// Outer white space is cut, and entities with it.
fn trim(out: &mut Formatted) {
    let lead = utf16(&out.text[..out.text.len() - out.text.trim_start().len()]);
    out.text = out.text.trim().to_owned();
    let end = utf16(&out.text);
    out.entities.retain_mut(|entity| {
        let from = to_usize(&entity["offset"]);
        let to = (from + to_usize(&entity["length"])).saturating_sub(lead).min(end);
        let from = from.saturating_sub(lead);
        entity["offset"] = json!(from);
        entity["length"] = json!(to.saturating_sub(from));
        to > from
    });
}

fn to_usize(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
}

/// Length in UTF-16 units.
pub(super) fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Entities that Telegram finds by itself: bot commands at the start and web addresses.
pub(super) fn detect(text: &str) -> Vec<Value> {
    let mut entities = Vec::new();
    let word_end = |from: usize| text[from..].find(char::is_whitespace).map_or(text.len(), |length| from + length);
    if text.starts_with('/') && text.len() > 1 {
        entities.push(json!({"type": "bot_command", "offset": 0, "length": utf16(&text[..word_end(0)])}));
    }
    let mut from = 0;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| text[from..].find(scheme)).min() {
        let (start, end) = (from + at, word_end(from + at));
        let address = text[start..end].trim_end_matches(['.', ',', ')', '!', '?', ';', ':']);
        entities.push(json!({"type": "url", "offset": utf16(&text[..start]), "length": utf16(address)}));
        from = end;
    }
    entities
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{detect, parse_html};

    #[test]
    fn tags_become_entities_in_utf16_units() {
        let out =
            parse_html(" 😀 <b>Иван <i>П</i></b> &lt;a&gt; <a href=\"https://x/?a=1&amp;b=2\">карточка</a>").unwrap();
        assert_eq!(out.text, "😀 Иван П <a> карточка");
        assert_eq!(
            json!(out.entities),
            json!([
                {"type": "bold", "offset": 3, "length": 6},
                {"type": "italic", "offset": 8, "length": 1},
                {"type": "text_link", "url": "https://x/?a=1&b=2", "offset": 14, "length": 8},
            ])
        );
    }

    #[test]
    fn wrong_markup_is_named() {
        for (source, error) in [
            ("a < b", "Unclosed start tag at byte offset 2"),
            ("<h1>x</h1>", "Unsupported start tag \"h1\" at byte offset 0"),
            ("<b>x", "Can't find end tag corresponding to start tag \"b\""),
            ("<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""),
            ("x</b>", "Unexpected end tag at byte offset 1"),
        ] {
            assert_eq!(parse_html(source).unwrap_err(), error, "{source}");
        }
    }

    #[test]
    fn commands_and_addresses_are_found() {
        assert_eq!(
            json!(detect("/start ab https://t.me/bot/app.")),
            json!([{"type": "bot_command", "offset": 0, "length": 6}, {"type": "url", "offset": 10, "length": 20}])
        );
    }
}
