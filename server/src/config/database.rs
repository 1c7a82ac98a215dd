//! Where the facts are kept.

use std::{path::PathBuf, str::FromStr};

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::PgConnectOptions;

use super::{ConfigError, Variable, Vars};

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[Variable::secret("DATABASE_URL"), Variable::plain("DATA_DIR")];

/// PostgreSQL and the data folder.
#[derive(Clone, Debug)]
pub struct Database {
    /// `DATABASE_URL`: a PostgreSQL of somebody else's. Absent: a private one under `data_dir`.
    pub url: Option<SecretString>,
    /// `DATA_DIR`: what this server keeps itself; `.data` unless given.
    pub data_dir: PathBuf,
}

impl Database {
    pub(super) fn read(vars: &Vars) -> Result<Self, ConfigError> {
        let url = vars.secret("DATABASE_URL")?;
        if let Some(url) = &url {
            let text = url.expose_secret();
            let scheme = text.split(':').next().unwrap_or_default();
            if !matches!(scheme, "postgres" | "postgresql") || PgConnectOptions::from_str(text).is_err() {
                return Err(ConfigError::new(
                    "DATABASE_URL",
                    "must be an address such as postgres://user:password@host/name",
                ));
            }
        }
        Ok(Self { url, data_dir: vars.text("DATA_DIR").unwrap_or(".data").into() })
    }
}
