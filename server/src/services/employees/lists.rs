//! Joining telephones and addresses of two records. Pure.

use crate::store::employees::{StoredIp, StoredPhone};

/// The telephones in order without repeats and without entries that say less than another one. Of equal
/// ones the first stays.
pub(super) fn phones(all: impl Iterator<Item = StoredPhone>) -> Vec<StoredPhone> {
    let mut kept: Vec<StoredPhone> = Vec::new();
    for phone in all {
        if kept.iter().any(|known| says_no_more(&phone, known)) {
            continue;
        }
        kept.retain(|known| !says_no_more(known, &phone));
        kept.push(phone);
    }
    kept
}

/// Whether everything `one` says is said by `other`.
fn says_no_more(one: &StoredPhone, other: &StoredPhone) -> bool {
    (one.number.is_none() || one.number == other.number) && (one.ext.is_none() || one.ext == other.ext)
}

/// The addresses in order without repeats. Of equal ones the first stays.
pub(super) fn ips(all: impl Iterator<Item = StoredIp>) -> Vec<StoredIp> {
    let mut kept: Vec<StoredIp> = Vec::new();
    for ip in all {
        if kept.iter().all(|known| known.ip != ip.ip) {
            kept.push(ip);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(number: Option<&str>, ext: Option<&str>, by_hand: bool) -> StoredPhone {
        StoredPhone { number: number.map(Into::into), ext: ext.map(Into::into), by_hand }
    }

    #[test]
    fn an_entry_that_says_less_gives_way_to_the_one_that_says_more() {
        let line = "+74957802000";
        let joined = phones(
            [
                phone(None, Some("1234"), false),
                phone(Some("+79161112233"), None, false),
                phone(Some(line), None, false),
                phone(Some(line), Some("1234"), true),
                phone(Some(line), Some("1234"), false),
                phone(None, Some("1234"), true),
                phone(None, Some("777"), true),
            ]
            .into_iter(),
        );
        let expected = [
            phone(Some("+79161112233"), None, false),
            phone(Some(line), Some("1234"), true),
            phone(None, Some("777"), true),
        ];
        assert_eq!(joined, expected);
    }

    #[test]
    fn an_address_stays_once() {
        let ip = |text: &str, by_hand| StoredIp { ip: text.into(), by_hand };
        let joined = ips([ip("10.0.0.1", false), ip("10.0.0.2", true), ip("10.0.0.1", true)].into_iter());
        assert_eq!(joined, [ip("10.0.0.1", false), ip("10.0.0.2", true)]);
    }
}
