//! Telegram's launch data (`initData`): decoded strictly, checked against the bot's token, and read.
//!
//! Pure: the time is an argument. Exchanging launch data for a session is `services::sessions`; the
//! Login Widget's similar scheme and the Ed25519 signature for third parties are not accepted here.

mod form;
mod user;

#[cfg(test)]
mod tests;

use std::time::Duration;

use app::model::Error;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use form::Form;
pub use user::LaunchUser;

/// Longest launch data that is looked at, in bytes. Telegram's own stay below 2 kB.
pub const MAX_BYTES: usize = 8 * 1024;

/// How far in the future launch data may have been made, for clocks that differ.
pub const MAX_SKEW: Duration = Duration::from_secs(60);

/// Launch data that was checked: who opened the app, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    /// Who opened it.
    pub user: LaunchUser,
    /// When Telegram made it.
    pub auth_date: OffsetDateTime,
    hash: [u8; 32],
}

impl Launch {
    /// Names this launch in the database. It is made of Telegram's hash, not of the text, so that the
    /// same launch in another spelling (field order, `+` or `%20`) has the same name, and hashed once
    /// more, so that what is stored signs nothing.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.hash).into()
    }
}

/// Why launch data is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LaunchError {
    /// It cannot be read without guessing.
    #[error("launch data cannot be decoded")]
    Malformed,
    /// It was not signed with this bot's token, or changed since.
    #[error("the hash of the launch data is wrong")]
    Invalid,
    /// It is too old to be exchanged.
    #[error("launch data is too old")]
    Expired,
    /// It claims to be made later than clocks can differ.
    #[error("launch data comes from the future")]
    FromFuture,
    /// It is genuine but names nobody.
    #[error("launch data names no user")]
    UserMissing,
}

impl LaunchError {
    /// The code of the contract.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "init_data_malformed",
            Self::Invalid => "init_data_invalid",
            Self::Expired => "init_data_expired",
            Self::FromFuture => "init_data_from_future",
            Self::UserMissing => "init_data_user_missing",
        }
    }
}

impl From<LaunchError> for Error {
    fn from(error: LaunchError) -> Self {
        match error {
            LaunchError::Malformed => Self::unreadable(error.code()),
            _ => Self::unauthenticated(error.code()),
        }
    }
}

/// Checks launch data of one bot. Holds the key derived from the token, ready to be used.
#[derive(Clone)]
pub struct Verifier {
    keyed: Hmac<Sha256>,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}

impl Verifier {
    /// For the bot with this token.
    #[must_use]
    pub fn new(bot_token: &str) -> Self {
        let secret = keyed(b"WebAppData").chain_update(bot_token).finalize().into_bytes();
        Self { keyed: keyed(&secret) }
    }

    /// Reads `raw` exactly as the client received it from Telegram.
    ///
    /// The order of the checks is part of the contract: nothing that an unsigned text says is reported,
    /// so a wrong hash is [`LaunchError::Invalid`] whatever its age.
    ///
    /// # Errors
    /// See [`LaunchError`].
    pub fn verify(&self, raw: &[u8], now: OffsetDateTime, max_age: Duration) -> Result<Launch, LaunchError> {
        if raw.is_empty() || raw.len() > MAX_BYTES {
            return Err(LaunchError::Malformed);
        }
        let form = Form::decode(raw).ok_or(LaunchError::Malformed)?;
        let hash = form.get("hash").and_then(parse_hash).ok_or(LaunchError::Invalid)?;
        let mut mac = self.keyed.clone();
        form.each_signed_piece(|piece| mac.update(piece));
        mac.verify_slice(&hash).map_err(|_| LaunchError::Invalid)?;

        let auth_date = form.get("auth_date").and_then(parse_digits).ok_or(LaunchError::Malformed)?;
        check_age(auth_date, now, max_age)?;
        let auth_date = OffsetDateTime::from_unix_timestamp(auth_date).map_err(|_| LaunchError::Malformed)?;
        let user = LaunchUser::parse(form.get("user").ok_or(LaunchError::UserMissing)?)?;
        Ok(Launch { user, auth_date, hash })
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // A key of any length is accepted: longer ones are hashed, shorter ones padded.
    Hmac::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
}

/// Fresh up to and including the last second. Whole seconds, as Telegram counts.
fn check_age(auth_date: i64, now: OffsetDateTime, max_age: Duration) -> Result<(), LaunchError> {
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    let now = now.unix_timestamp();
    if auth_date.saturating_add(seconds(max_age)) < now {
        Err(LaunchError::Expired)
    } else if auth_date > now.saturating_add(seconds(MAX_SKEW)) {
        Err(LaunchError::FromFuture)
    } else {
        Ok(())
    }
}

/// Digits only: no sign, no blank, nothing that another reader would take differently.
fn parse_digits(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// 64 lower-case hexadecimal digits, the only spelling Telegram uses.
fn parse_hash(text: &str) -> Option<[u8; 32]> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let pairs: &[[u8; 2]; 32] = pairs.try_into().ok()?;
    let mut hash = [0; 32];
    for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
        *byte = (hex_digit(*high)? << 4) | hex_digit(*low)?;
    }
    Some(hash)
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
