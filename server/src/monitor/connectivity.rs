//! shim
use app::model::server::Line;
use super::probe::Probes;
#[derive(Debug, Default)] pub struct Addresses;
impl Addresses { pub fn parse(_: &[String]) -> Result<Self, ()> { Ok(Self) } pub fn are_due(&self) -> bool { false } pub fn last(&self) -> Line { Line::NotAsked } pub async fn ask(&self, _: &Probes) -> Line { Line::NotAsked } }
