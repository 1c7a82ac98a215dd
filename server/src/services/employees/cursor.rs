//! Where a list continues, as an opaque text. Pure.
//!
//! A cursor belongs to its query: it carries a fingerprint, so that one of another query is refused
//! instead of giving a wrong piece. It is no secret and grants nothing.

use app::model::{Error, Result, employee::EmployeeQuery};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// More than any cursor of ours: names have at most 100 letters each.
const LONGEST: usize = 4_096;

#[derive(Serialize, Deserialize)]
struct Wire<T> {
    q: u32,
    at: T,
}

/// The text for this place of this query.
pub(super) fn write<T: Serialize>(query: &EmployeeQuery, at: &T) -> Option<String> {
    let wire = serde_json::to_vec(&Wire { q: fingerprint(query), at }).ok()?;
    Some(URL_SAFE_NO_PAD.encode(wire))
}

/// The place that this text names in this query.
///
/// # Errors
/// `Invalid` (`cursor`) for a text that `write` did not make for the same query.
pub(super) fn read<T: DeserializeOwned>(query: &EmployeeQuery, text: &str) -> Result<T> {
    let foreign = || Error::invalid("cursor", "cursor");
    if text.len() > LONGEST {
        return Err(foreign());
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| foreign())?;
    let wire: Wire<T> = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
    if wire.q == fingerprint(query) { Ok(wire.at) } else { Err(foreign()) }
}

fn fingerprint(query: &EmployeeQuery) -> u32 {
    let mut hash = Sha256::new();
    hash.update(query.text.as_bytes());
    hash.update([u8::from(query.department.is_some()), 0xff]);
    hash.update(query.department.as_deref().unwrap_or_default().as_bytes());
    let digest = hash.finalize();
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str, department: Option<&str>) -> EmployeeQuery {
        EmployeeQuery { text: text.into(), department: department.map(Into::into) }
    }

    #[test]
    fn a_cursor_reads_back_for_its_own_query_only() {
        let own = query("иванов", None);
        let text = write(&own, &7_u32).expect("writes");
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert_eq!(read::<u32>(&own, &text), Ok(7));
        for foreign in [query("петров", None), query("", Some("иванов")), query("иванов", Some(""))] {
            assert_eq!(read::<u32>(&foreign, &text).expect_err("foreign").code(), "cursor");
        }
    }

    #[test]
    fn any_other_text_is_refused() {
        for text in ["", "%%%", "AAAA", "eyJxIjowfQ", &"A".repeat(5_000)] {
            assert!(read::<u32>(&query("", None), text).is_err(), "{text:.20}");
        }
    }
}
