//! Sealing secrets at rest: `ChaCha20-Poly1305` of `ring`, which TLS brings already. A sealed text belongs to what it was
//! sealed for: moved into another row it does not open.

use std::fmt;

use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    error::Unspecified,
};
use secrecy::{ExposeSecret, SecretSlice};

/// Seals and opens with one key.
pub struct Sealer(LessSafeKey);

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    /// With this key of 32 bytes.
    ///
    /// # Errors
    /// When it has another length.
    pub fn new(key: &SecretSlice<u8>) -> anyhow::Result<Self> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, key.expose_secret());
        Ok(Self(LessSafeKey::new(key.map_err(|Unspecified| anyhow::anyhow!("the key must have 32 bytes"))?)))
    }

    /// Seals a text for `owner`; nothing if that is not possible, which only absurd lengths make so.
    #[must_use]
    pub fn seal(&self, owner: &str, text: &str) -> Option<Vec<u8>> {
        // Of 96 random bits no two are the same within any number of sign-ins that people make.
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = text.as_bytes().to_vec();
        let nonce_used = Nonce::assume_unique_for_key(nonce);
        self.0.seal_in_place_append_tag(nonce_used, Aad::from(owner.as_bytes()), &mut sealed).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for `owner` with this key.
    #[must_use]
    pub fn open(&self, owner: &str, sealed: &[u8]) -> Option<String> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let mut text = text.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.0.open_in_place(nonce, Aad::from(owner.as_bytes()), &mut text).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&SecretSlice::from(vec![byte; 32])).expect("a key")
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner_alone() {
        let sealed = sealer(1).seal("link:7", "session").expect("sealed");
        assert_eq!(sealer(1).open("link:7", &sealed).as_deref(), Some("session"));
        assert_eq!(sealer(1).open("link:8", &sealed), None, "another row");
        assert_eq!(sealer(2).open("link:7", &sealed), None, "another key");
        let mut changed = sealed.clone();
        changed[20] ^= 1;
        assert_eq!(sealer(1).open("link:7", &changed), None);
        assert_eq!(sealer(1).open("link:7", b"short"), None);
    }

    #[test]
    fn the_same_text_looks_different_each_time() {
        assert_ne!(sealer(1).seal("x", "text"), sealer(1).seal("x", "text"));
    }
}
