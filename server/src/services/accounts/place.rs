//! A place in the list of accounts as an opaque cursor. Pure.

use app::model::{Error, Result};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::store::accounts::list::Place;

/// The cursor that continues behind a place.
pub(super) fn to_cursor(place: Place) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{}.{}.{}", place.group, place.rank, place.id))
}

/// The place a cursor continues behind.
pub(super) fn from_cursor(cursor: &str) -> Result<Place> {
    read(cursor).ok_or_else(|| Error::invalid("cursor", "cursor"))
}

fn read(cursor: &str) -> Option<Place> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.splitn(3, '.');
    Some(Place {
        group: parts.next()?.parse().ok()?,
        rank: parts.next()?.parse().ok()?,
        id: parts.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let place = Place { group: 1, rank: -1_763_600_000_000_000, id: 7 };
        assert_eq!(from_cursor(&to_cursor(place)), Ok(place));
    }

    #[test]
    fn anything_else_is_a_wrong_cursor() {
        for cursor in ["", "x", "MS4y", "MS4yLng", "=", "🙂"] {
            assert_eq!(from_cursor(cursor), Err(Error::invalid("cursor", "cursor")), "{cursor}");
        }
    }
}
