//! Types that read whatever Perl makes of a value.

#[cfg(test)]
use serde::Serialize;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};
use serde_json::Value;

/// A text; null and nothing are none, an empty one is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct Text(pub Option<String>);

/// A whole number, written as one or as a text; null, nothing and an empty text are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct Number(pub Option<i64>);

/// True or false in any of Perl's ways: 0, "", "0", null and nothing are false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct Flag(pub Option<bool>);

/// Several, or one without its list, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct Many<T>(pub Option<Vec<T>>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// One text, several, or none: what a dynamic field holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct Texts(pub Option<Vec<String>>);

impl Text {
    /// The text, or an empty one.
    pub fn or_empty(self) -> String {
        self.0.unwrap_or_default()
    }

    /// The text unless it is empty.
    pub fn filled(self) -> Option<String> {
        self.0.filter(|text| !text.is_empty())
    }
}

impl Number {
    /// The number, or 0.
    pub fn or_zero(self) -> i64 {
        self.0.unwrap_or_default()
    }

    /// The number unless it is 0, which OTRS writes for none.
    pub fn filled(self) -> Option<i64> {
        self.0.filter(|number| *number != 0)
    }
}

impl<T> Many<T> {
    /// All of them.
    pub fn all(self) -> Vec<T> {
        self.0.unwrap_or_default()
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        // Numbers as they are written; a structure where a text belongs is shown rather than lost.
        other => Some(other.to_string()),
    }
}

fn number_of(value: &Value) -> Result<Option<i64>, ()> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(is) => Ok(Some((*is).into())),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => whole(text.trim()).map(Some).ok_or(()),
        Value::Number(number) => whole(&number.to_string()).map(Some).ok_or(()),
        Value::Array(_) | Value::Object(_) => Err(()),
    }
}

/// Perl may write a whole number with a fraction of nothing but zeros, and time units with a real one.
fn whole(text: &str) -> Option<i64> {
    match text.split_once('.') {
        None => text.parse().ok(),
        Some((whole, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit()) => whole.parse().ok(),
        Some(_) => None,
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self(text_of(value)))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        number_of(&value).map(Self).map_err(|()| D::Error::custom("no whole number"))
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(text_of(Value::deserialize(deserializer)?).map(|text| !matches!(text.as_str(), "" | "0" | "false"))))
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::Null => None,
            Value::Array(items) => Some(items.into_iter().filter_map(text_of).collect()),
            one => text_of(one).map(|one| vec![one]),
        }))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |value| serde_path_to_error::deserialize(value).map_err(D::Error::custom);
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::Null => None,
            Value::String(text) if text.is_empty() => None,
            Value::Array(items) => Some(items.into_iter().map(read).collect::<Result<_, _>>()?),
            one => Some(vec![read(one)?]),
        }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
        serde_json::from_value(value).ok()
    }

    #[test]
    fn numbers_are_read_in_every_way_of_writing_them() {
        for (value, expected) in [
            (json!(31), Some(31)),
            (json!("31"), Some(31)),
            (json!(" 31 "), Some(31)),
            (json!("-370800"), Some(-370_800)),
            (json!(5.0), Some(5)),
            (json!("1.50"), Some(1)),
            (json!(""), None),
            (json!(null), None),
            (json!(true), Some(1)),
        ] {
            assert_eq!(read::<Number>(value.clone()), Some(Number(expected)), "{value}");
        }
        for wrong in [json!("abc"), json!([1]), json!({}), json!("99999999999999999999")] {
            assert_eq!(read::<Number>(wrong.clone()), None, "{wrong}");
        }
    }

    #[test]
    fn one_is_a_list_of_one() {
        assert_eq!(read::<Many<Number>>(json!("2")), Some(Many(Some(vec![Number(Some(2))]))));
        assert_eq!(read::<Many<Number>>(json!([1, "2"])), Some(Many(Some(vec![Number(Some(1)), Number(Some(2))]))));
        assert_eq!(read::<Many<Number>>(json!(null)), Some(Many(None)));
    }

    #[test]
    fn flags_are_perls() {
        for (value, expected) in [(json!(0), false), (json!("0"), false), (json!(""), false), (json!(1), true)] {
            assert_eq!(read::<Flag>(value.clone()), Some(Flag(Some(expected))), "{value}");
        }
        assert_eq!(read::<Flag>(json!(true)), Some(Flag(Some(true))));
        assert_eq!(read::<Flag>(json!(null)), Some(Flag(None)));
    }

    #[test]
    fn a_structure_where_a_text_belongs_is_not_lost() {
        assert_eq!(read::<Text>(json!(12_345)), Some(Text(Some("12345".into()))));
        assert_eq!(read::<Text>(json!({"a": 1})), Some(Text(Some(r#"{"a":1}"#.into()))));
        assert_eq!(read::<Texts>(json!(["vpn", 1])), Some(Texts(Some(vec!["vpn".into(), "1".into()]))));
    }
}
