//! Where the next page of results begins: opaque outside, good as long as the query stays the same.

use app::model::ids::EmployeeId;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::directory::{query::Effort, rank::Score};

/// The place of a result in the order of all results. It names no row: people who come or go before it
/// change nothing behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) query: u32,
    pub(super) effort: Effort,
    pub(super) score: Score,
    pub(super) names: [String; 3],
    pub(super) id: EmployeeId,
}

/// Nothing that was handed out is longer.
const MAX_LEN: usize = 4000;

impl Cursor {
    /// The cursor as text.
    #[must_use]
    pub fn encode(&self) -> String {
        let effort = Effort::ALL.iter().position(|&effort| effort == self.effort).unwrap_or_default();
        let [surname, name, patronymic] = &self.names;
        let Self { query, score: Score(score), id, .. } = self;
        URL_SAFE_NO_PAD.encode(format!("{query:x}\n{effort}\n{score:x}\n{id}\n{surname}\n{name}\n{patronymic}"))
    }

    /// Reads what [`Self::encode`] wrote; nothing else.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = (text.len() <= MAX_LEN).then(|| URL_SAFE_NO_PAD.decode(text).ok())??;
        let text = String::from_utf8(bytes).ok()?;
        let mut fields = text.splitn(7, '\n');
        let mut next = || fields.next();
        Some(Self {
            query: u32::from_str_radix(next()?, 16).ok()?,
            effort: *Effort::ALL.get(next()?.parse::<usize>().ok()?)?,
            score: Score(u32::from_str_radix(next()?, 16).ok()?),
            id: next()?.parse().ok()?,
            names: [next()?.to_owned(), next()?.to_owned(), next()?.to_owned()],
        })
    }

    /// Whether it was handed out for this query.
    #[must_use]
    pub fn is_of(&self, text: &str, department: Option<&str>) -> bool {
        self.query == fingerprint(text, department)
    }
}

/// Tells queries apart (FNV-1a).
pub(super) fn fingerprint(text: &str, department: Option<&str>) -> u32 {
    let bytes =
        text.bytes().chain(department.into_iter().flat_map(|department| std::iter::once(0).chain(department.bytes())));
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Effort, Score, fingerprint};

    #[test]
    fn a_cursor_survives_the_way_out_and_back() {
        let cursor = Cursor {
            query: fingerprint("иванов", Some("Касса")),
            effort: Effort::OneError,
            score: Score(77),
            names: ["иванов".into(), "и".into(), String::new()],
            id: 12.into(),
        };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor.clone()));
        assert!(
            cursor.is_of("иванов", Some("Касса"))
                && !cursor.is_of("иванов", None)
                && !cursor.is_of("петров", Some("Касса"))
        );
    }

    #[test]
    fn anything_else_is_no_cursor() {
        for text in ["", "x", "%", "AAAA", &"A".repeat(5000), "MQ", "иванов"] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}
