//! What a session is made of: its secret, how long it lasts, and where a request carries it. Keeping and
//! looking up sessions is `services::sessions`.

pub mod credential;
pub mod device;

use std::{fmt, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::Rng;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

const SECRET_BYTES: usize = 32;
const SECRET_CHARS: usize = 43;

/// Use is written down this often at most, so that reading stays reading.
pub const TOUCH_AFTER: Duration = Duration::from_secs(60);

/// The bearer secret of a session: 256 random bits. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one, from the operating system's randomness.
    #[must_use]
    pub fn random() -> Self {
        let mut secret = [0; SECRET_BYTES];
        rand::rng().fill_bytes(&mut secret);
        Self(BASE64_URL_SAFE_NO_PAD.encode(secret))
    }

    /// What somebody presented, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plausible = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (text.len() == SECRET_CHARS && text.bytes().all(plausible)).then(|| Self(text.to_owned()))
    }

    /// The secret itself, for the one answer that shows it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up. A plain hash is enough: 256 random bits cannot be guessed, so
    /// there is nothing that salt or slowness would protect.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(&self.0).into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// SHA-256 of a [`Token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// The hash as the database gives it back.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// Without use.
    pub idle: Duration,
    /// At most, however much it is used.
    pub max: Duration,
}

impl Lifetimes {
    /// When a session that begins now ends for good.
    #[must_use]
    pub fn ends_at(self, now: OffsetDateTime) -> OffsetDateTime {
        add(now, self.max)
    }

    /// When a session used now ends if it is not used again.
    #[must_use]
    pub fn expires_at(self, now: OffsetDateTime, ends_at: OffsetDateTime) -> OffsetDateTime {
        add(now, self.idle).min(ends_at)
    }

    /// After how much time a use is written down: each minute, or more often when sessions are short.
    #[must_use]
    pub fn touch_after(self) -> Duration {
        TOUCH_AFTER.min(self.idle / 4)
    }
}

fn add(time: OffsetDateTime, duration: Duration) -> OffsetDateTime {
    time::Duration::try_from(duration)
        .ok()
        .and_then(|duration| time.checked_add(duration))
        .unwrap_or_else(|| time + time::Duration::days(36_500))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(86_400);

    #[test]
    fn a_token_is_long_random_and_never_shown() {
        let (first, second) = (Token::random(), Token::random());
        assert_ne!(first, second);
        assert_eq!(first.reveal().len(), SECRET_CHARS);
        assert_eq!(Token::parse(first.reveal()), Some(first.clone()));
        assert_eq!(format!("{first:?}"), "Token(…)");
    }

    #[test]
    fn what_has_not_the_form_of_a_token_is_none() {
        for text in ["", "short", &"a".repeat(42), &"a".repeat(44), &format!("{}=", "a".repeat(42)), &"я".repeat(43)] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_session_slides_up_to_its_end() {
        let lifetimes = Lifetimes { idle: DAY, max: 2 * DAY };
        let begun = OffsetDateTime::UNIX_EPOCH;
        let ends_at = lifetimes.ends_at(begun);
        assert_eq!(lifetimes.expires_at(begun, ends_at), begun + DAY);
        assert_eq!(lifetimes.expires_at(begun + DAY / 2, ends_at), begun + DAY * 3 / 2);
        assert_eq!(lifetimes.expires_at(begun + DAY * 3 / 2, ends_at), ends_at);
    }

    #[test]
    fn short_sessions_are_touched_before_they_end() {
        let seconds = Duration::from_secs;
        assert_eq!(Lifetimes { idle: DAY, max: DAY }.touch_after(), seconds(60));
        assert_eq!(Lifetimes { idle: seconds(20), max: DAY }.touch_after(), seconds(5));
    }
}
