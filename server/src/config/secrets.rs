//! The key that seals secrets at rest.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::Context as _;
use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::{ExposeSecret, SecretSlice};

use super::{ConfigError, Variable, Vars};

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[Variable::secret("SECRET_KEY")];

/// Its bytes.
const LENGTH: usize = 32;
/// Its file in `DATA_DIR`, where nobody gives it.
const FILE: &str = "secret.key";

/// The key that seals secrets at rest.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// `SECRET_KEY`: 32 bytes in base64. Absent: made once in `DATA_DIR`.
    pub key: Option<SecretSlice<u8>>,
}

impl Secrets {
    pub(super) fn read(vars: &Vars) -> Result<Self, ConfigError> {
        let wrong =
            || ConfigError::new("SECRET_KEY", "must be 32 bytes in base64: `openssl rand -base64 32` makes them");
        let key = vars.secret("SECRET_KEY")?.map(|text| parse(text.expose_secret()).ok_or_else(wrong)).transpose()?;
        Ok(Self { key })
    }

    /// The key; made and kept in this folder where the environment gives none.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds something else.
    pub fn key_or_made(&self, data_dir: &Path) -> anyhow::Result<SecretSlice<u8>> {
        if let Some(key) = &self.key {
            return Ok(key.clone());
        }
        std::fs::create_dir_all(data_dir).with_context(|| format!("DATA_DIR {} cannot be made", data_dir.display()))?;
        let path = data_dir.join(FILE);
        let shown = path.display();
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                let text = BASE64_STANDARD.encode(rand::random::<[u8; LENGTH]>());
                file.write_all(text.as_bytes())
                    .and_then(|()| file.sync_all())
                    .with_context(|| format!("{shown} cannot be written"))?;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("{shown} cannot be made")),
        }
        let mut text = String::new();
        let read = OpenOptions::new().read(true).open(&path).and_then(|mut file| file.read_to_string(&mut text));
        read.with_context(|| format!("{shown} cannot be read"))?;
        parse(text.trim()).with_context(|| format!("{shown} does not hold 32 bytes in base64"))
    }
}

fn parse(text: &str) -> Option<SecretSlice<u8>> {
    let bytes = BASE64_STANDARD.decode(text).ok().filter(|bytes| bytes.len() == LENGTH)?;
    Some(SecretSlice::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_32_bytes_and_never_shown() {
        let text = BASE64_STANDARD.encode([7; LENGTH]);
        let secrets = Secrets::read(&[("SECRET_KEY", text.as_str())].into_iter().collect()).expect("legal");
        assert_eq!(secrets.key.as_ref().expect("there").expose_secret(), [7; LENGTH]);
        assert!(!format!("{secrets:?}").contains("7, 7"));
        for wrong in ["secret", "AAAA"] {
            assert!(Secrets::read(&[("SECRET_KEY", wrong)].into_iter().collect()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_that_nobody_gave_is_made_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::read(&Vars::default()).expect("legal");
        let made = secrets.key_or_made(folder.path()).expect("a key");
        let again = secrets.key_or_made(folder.path()).expect("a key");
        assert_eq!(made.expose_secret(), again.expose_secret());
        std::fs::write(folder.path().join(FILE), "rubbish").expect("written");
        assert!(secrets.key_or_made(folder.path()).is_err(), "it is not replaced: what it sealed would be lost");
    }
}
