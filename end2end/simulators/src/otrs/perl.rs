//! Values as Perl sees them, and what the product does to texts.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde_json::{Map, Value};

/// Parameters of a question.
pub(super) type Params = Map<String, Value>;

/// Whether Perl takes it for true: "0" is false, "false" is true.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(is) => *is,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty() && text != "0",
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// Perl's text of a value; a list becomes its address (104).
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(is) => u8::from(*is).to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(_) => "ARRAY(0x560e93d71850)".to_owned(),
        Value::Object(_) => "HASH(0x560e93d71868)".to_owned(),
    }
}

/// The text of a parameter, if it is true.
pub(super) fn given(params: &Params, name: &str) -> Option<String> {
    params.get(name).filter(|value| is_true(value)).map(text)
}

/// The texts of a parameter that may be one or a list.
pub(super) fn list(params: &Params, name: &str) -> Vec<String> {
    match params.get(name) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().map(text).collect(),
        Some(one) => vec![text(one)],
    }
}

/// The text of a field without outer blanks, unless that counts as missing: nothing, blanks, "0" (030, 031).
pub(super) fn filled(params: &Params, name: &str) -> Option<String> {
    let text = text(params.get(name)?).replace("\r\n", "\n");
    let text = text.trim();
    (!text.is_empty() && text != "0").then(|| text.to_owned())
}

/// A pattern with `*` against a text, without case.
pub(super) fn is_like(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let parts: Vec<&str> = pattern.split('*').collect();
    let [first, middle @ .., last] = &*parts else { return pattern == text };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Perl's decoding: foreign characters are dropped, what is left over at the end is ignored (060, 440).
pub(super) fn decode_base64(content: &str) -> Vec<u8> {
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let mut known: String = content.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/')).collect();
    if known.len() % 4 == 1 {
        known.pop();
    }
    GeneralPurpose::new(&STANDARD, config).decode(known).unwrap_or_default()
}

/// The name under which a file is stored: leading dots go, nothing else does (441).
pub(super) fn file_name(name: &str) -> String {
    name.trim_start_matches('.').to_owned()
}

/// Roughly what the product makes of HTML for people who read text (096).
pub(super) fn text_of_html(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(&before.replace('\n', ""));
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.to_ascii_lowercase().as_str() {
            "/p" => out.push_str("\n\n"),
            "p" | "br" | "br/" | "div" | "/div" | "tr" | "li" => out.push('\n'),
            _ => {}
        }
        rest = after;
    }
    out.push_str(&rest.replace('\n', ""));
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&auml;", "ä"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")]
    {
        out = out.replace(entity, character);
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_the_whole_text_without_case() {
        for (pattern, text, fits) in [
            ("*vpn DROPS*", "VPN drops every hour", true),
            ("VPN", "VPN drops every hour", false),
            ("VPN drops every hour", "VPN drops every hour", true),
            ("20261120100000*", "2026112010000017", true),
            ("*a*b", "xaxxb", true),
            ("*a*b", "xbxxa", false),
            ("*принтер*", "Не работает Принтер", true),
        ] {
            assert_eq!(is_like(pattern, text), fits, "{pattern}");
        }
    }

    #[test]
    fn base64_is_decoded_loosely() {
        assert_eq!(decode_base64("%%% not base64 !!!"), [158, 139, 91, 106, 199, 186]);
        assert_eq!(decode_base64("aGVs\nbG8=\n"), b"hello");
        assert_eq!(decode_base64("aGVsbG8"), b"hello");
        assert_eq!(decode_base64("_-8="), b"");
    }

    #[test]
    fn html_becomes_the_text_that_was_recorded() {
        let html = "<p>Hello <b>bold</b><br>line 2 &lt;tag&gt; &auml;</p><script>alert(1)</script>";
        assert_eq!(text_of_html(html), "\nHello bold\nline 2 <tag> ä\n\nalert(1)");
    }
}
