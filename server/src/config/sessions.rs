//! How long a sign-in lasts.

use std::time::Duration;

use super::{ConfigError, Variable, Vars};

/// Variables of this section.
pub const VARIABLES: &[Variable] =
    &[Variable::plain("SESSION_IDLE"), Variable::plain("SESSION_MAX"), Variable::plain("INIT_DATA_MAX_AGE")];

/// Sessions and launch data.
#[derive(Clone, Copy, Debug)]
pub struct Sessions {
    /// `SESSION_IDLE`: a session that is not used ends after this; `12h` unless given.
    pub idle: Duration,
    /// `SESSION_MAX`: a session ends after this however much it is used; `30d` unless given.
    pub max: Duration,
    /// `INIT_DATA_MAX_AGE`: older launch data is refused; `1h` unless given.
    pub init_data_max_age: Duration,
}

impl Sessions {
    pub(super) fn read(vars: &Vars) -> Result<Self, ConfigError> {
        const HOUR: Duration = Duration::from_secs(3_600);
        Ok(Self {
            idle: vars.span("SESSION_IDLE", 12 * HOUR)?,
            max: vars.span("SESSION_MAX", 30 * 24 * HOUR)?,
            init_data_max_age: vars.span("INIT_DATA_MAX_AGE", HOUR)?,
        })
    }
}
