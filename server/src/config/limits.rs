//! How often one account or address may do something.

use super::{ConfigError, Variable, Vars};
use crate::cache::Limits;

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[Variable::plain("RATE_LIMIT_REQUESTS"), Variable::plain("RATE_LIMIT_SIGN_INS")];

/// Reads the limits; the ones without a variable are as they are.
pub(super) fn read(vars: &Vars) -> Result<Limits, ConfigError> {
    let usual = Limits::default();
    let count = |name, usual| Ok::<u32, ConfigError>(vars.parse(name, "a whole number")?.unwrap_or(usual));
    Ok(Limits {
        requests_per_s: count("RATE_LIMIT_REQUESTS", usual.requests_per_s)?,
        sign_ins_per_min: count("RATE_LIMIT_SIGN_INS", usual.sign_ins_per_min)?,
        ..usual
    })
}
