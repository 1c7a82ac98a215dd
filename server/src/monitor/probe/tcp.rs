//! A TCP connection is accepted, and closed again.

use app::model::monitor::Reason;

use super::{
    super::{allowed::Allowed, target::Tcp},
    Good, Probes,
};

impl Probes {
    pub(super) async fn tcp(&self, look: &Tcp, allowed: &Allowed) -> Result<Good, Reason> {
        let connection = self.connect(&look.host, look.port, allowed).await?;
        Ok(Good { latency: connection.begun.elapsed(), note: Some(connection.address.to_string()) })
    }
}
