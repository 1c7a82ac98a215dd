//! shim
use super::target::{Invalid, Look};
pub fn looks<'a>(_: impl IntoIterator<Item = &'a str>) -> Result<Vec<Look>, Invalid> { Ok(vec![]) }
