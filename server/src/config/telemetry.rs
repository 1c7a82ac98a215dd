//! Log and metrics.

use std::str::FromStr;

use secrecy::SecretString;

use super::{ConfigError, Variable, Vars};

/// Variables of this section.
pub const VARIABLES: &[Variable] =
    &[Variable::secret("METRICS_TOKEN"), Variable::plain("LOG_FORMAT"), Variable::plain("RUST_LOG")];

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object per line.
    Json,
}

/// What tells others how we are.
#[derive(Clone, Debug)]
pub struct Telemetry {
    /// `METRICS_TOKEN`: bearer for `/metrics`. Absent: only loopback peers may read it.
    pub metrics_token: Option<SecretString>,
    /// `LOG_FORMAT`: `text` unless given.
    pub log_format: LogFormat,
    /// `RUST_LOG`: `info` unless given.
    pub log_filter: String,
}

impl Telemetry {
    pub(super) fn read(vars: &Vars) -> Result<Self, ConfigError> {
        let log_format = match vars.text("LOG_FORMAT") {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(other) => {
                return Err(ConfigError::new("LOG_FORMAT", format!("must be text or json, but is `{other}`")));
            }
        };
        let log_filter = vars.text("RUST_LOG").unwrap_or("info").to_owned();
        tracing_subscriber::filter::Targets::from_str(&log_filter).map_err(|_| {
            ConfigError::new(
                "RUST_LOG",
                format!("must be a log filter such as info or vakhta=debug,info, but is `{log_filter}`"),
            )
        })?;
        Ok(Self { metrics_token: vars.secret("METRICS_TOKEN")?, log_format, log_filter })
    }
}
