//! shim
use super::{allowed::Allowed, state::Outcome, target::Look};
use app::model::server::Line;
#[derive(Clone, Debug, Default)] pub struct Probes;
pub struct Looked { pub outcome: Outcome, pub note: Option<String> }
impl Probes { pub fn new() -> Self { Self } pub async fn look(&self, _: &Look, _: &Allowed) -> Looked { Looked { outcome: Outcome::Good { latency: std::time::Duration::from_millis(3) }, note: None } } pub fn ping_permitted(&self) -> bool { true } pub async fn line(&self, _: &[Look], _: &Allowed) -> Line { Line::NotAsked } }
