//! Versions of the Mini App interface: compared part by part, so 7.10 is newer than 7.9.

use std::cmp::Ordering;

/// A version as the client names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(u16, u16);

impl Version {
    /// What a client that names none speaks.
    pub const OLDEST: Self = Self(6, 0);

    /// Major and minor part.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self(major, minor)
    }

    /// Reads `8.0`; further parts are ignored, anything unreadable counts as the oldest.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut parts = text.split('.').map(str::parse);
        match (parts.next(), parts.next()) {
            (Some(Ok(major)), Some(Ok(minor))) => Self(major, minor),
            (Some(Ok(major)), None) => Self(major, 0),
            _ => Self::OLDEST,
        }
    }

    /// Whether something that came with `needed` can be used.
    #[must_use]
    pub fn has(self, needed: Self) -> bool {
        self.cmp(&needed) != Ordering::Less
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_compare_by_number_and_not_by_letter() {
        assert!(Version::parse("7.10").has(Version::new(7, 9)));
        assert!(!Version::parse("7.9").has(Version::new(7, 10)));
        assert!(Version::parse("10.0").has(Version::new(9, 6)));
        assert!(Version::parse("8").has(Version::new(8, 0)));
        assert!(Version::parse("9.1.2").has(Version::new(9, 1)));
    }

    #[test]
    fn what_cannot_be_read_is_the_oldest() {
        for text in ["", "x", "7.x", "-1.0", "99999999.1"] {
            assert_eq!(Version::parse(text), Version::OLDEST, "{text}");
        }
    }
}
