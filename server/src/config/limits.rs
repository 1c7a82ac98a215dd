//! How often one account or address may do something.

use super::{ConfigError, Variable, Vars};

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[Variable::plain("RATE_LIMIT_REQUESTS"), Variable::plain("RATE_LIMIT_SIGN_INS")];

/// How often each of them: so many at once, refilled evenly over the period.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Requests per second; twenty seconds' worth may come at once.
    pub requests_per_s: u32,
    /// Sign-ins per minute.
    pub sign_ins_per_min: u32,
    /// Browser panics per minute.
    pub client_errors_per_min: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { requests_per_s: 120, sign_ins_per_min: 20, client_errors_per_min: 10 }
    }
}

impl Limits {
    pub(super) fn read(vars: &Vars) -> Result<Self, ConfigError> {
        let usual = Self::default();
        let count = |name, usual| Ok::<u32, ConfigError>(vars.parse(name, "a whole number")?.unwrap_or(usual));
        Ok(Self {
            requests_per_s: count("RATE_LIMIT_REQUESTS", usual.requests_per_s)?,
            sign_ins_per_min: count("RATE_LIMIT_SIGN_INS", usual.sign_ins_per_min)?,
            ..usual
        })
    }
}
