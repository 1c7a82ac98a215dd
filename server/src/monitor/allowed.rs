//! shim
#[derive(Clone, Debug, Default)] pub struct Allowed;
impl Allowed { pub fn parse(_: &[String]) -> Result<Self, ()> { Ok(Self) } }
pub fn warnings(_: &str) -> Vec<&'static str> { vec![] }
