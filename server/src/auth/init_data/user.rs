//! The `user` field of launch data: a JSON object of Telegram, of which four things matter here.

use std::{borrow::Cow, fmt};

use app::model::user::Language;
use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};

use super::LaunchError;

/// Names are cut here, in characters; Telegram allows 64 each for the first and the last.
const MAX_NAME: usize = 160;

/// The person who opened the app, as Telegram knows him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchUser {
    /// His number: the identity.
    pub id: i64,
    /// First and last name, safe to show and to store.
    pub name: String,
    /// Without the sign; for reading only.
    pub username: Option<String>,
    /// The language of his client.
    pub language: Language,
}

impl LaunchUser {
    /// Reads the value of the signed field.
    pub(super) fn parse(json: &str) -> Result<Self, LaunchError> {
        let raw: Raw<'_> = serde_json::from_str(json).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => LaunchError::UserMissing,
            _ => LaunchError::Malformed,
        })?;
        if !(1..1 << 52).contains(&raw.id.0) {
            return Err(LaunchError::UserMissing);
        }
        Ok(Self {
            id: raw.id.0,
            name: clean(&[&raw.first_name.0, &raw.last_name.0]),
            username: Some(clean(&[&raw.username.0])).filter(|name| !name.is_empty()),
            language: Language::from_tag(&raw.language_code.0),
        })
    }
}

/// One line of the words, without the control characters that JSON can hide and PostgreSQL refuses.
fn clean(parts: &[&str]) -> String {
    let mut line = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for word in parts.iter().flat_map(|part| part.split_whitespace()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control()));
    }
    if let Some((cut, _)) = line.char_indices().nth(MAX_NAME) {
        line.truncate(cut);
    }
    line
}

#[derive(Deserialize)]
struct Raw<'a> {
    id: Id,
    #[serde(borrow, default)]
    first_name: Text<'a>,
    #[serde(borrow, default)]
    last_name: Text<'a>,
    #[serde(borrow, default)]
    username: Text<'a>,
    #[serde(borrow, default)]
    language_code: Text<'a>,
}

/// A number, or the same number in a string: some clients' bridges write it so, and it is signed.
struct Id(i64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;
        impl Visitor<'_> for IdVisitor {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a user's number")
            }

            fn visit_i64<E: de::Error>(self, id: i64) -> Result<Id, E> {
                Ok(Id(id))
            }

            fn visit_u64<E: de::Error>(self, id: u64) -> Result<Id, E> {
                i64::try_from(id).map(Id).map_err(E::custom)
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Id, E> {
                super::parse_digits(id).map(Id).ok_or_else(|| E::custom("no number"))
            }
        }
        deserializer.deserialize_any(IdVisitor)
    }
}

/// A text that may be absent or `null`, borrowed when nothing in it is escaped.
#[derive(Default)]
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Text<'de>, E> {
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}
