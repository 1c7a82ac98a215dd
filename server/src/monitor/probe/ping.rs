//! An ICMP echo and its answer.
//!
//! All pings share one socket per family: an unprivileged one where the system allows it, else a raw one, else none,
//! and then nobody is judged. Who waits for an answer reads for all who wait, in turns: there is no task in the
//! background that would have to be stopped.

mod line;
mod packet;

use std::{net::IpAddr, sync::Arc};

use app::model::monitor::Reason;

use self::line::Line;
use super::{
    super::{allowed::Allowed, target::Ping},
    Good, Probes,
};

/// The reason of no judgement.
pub const NOT_PERMITTED: &str = "ping_not_permitted";

/// The sockets there are.
#[derive(Clone, Debug)]
pub struct Pinger {
    v4: Option<Arc<Line>>,
    v6: Option<Arc<Line>>,
}

impl Pinger {
    /// Opens what may be opened.
    pub fn new() -> Self {
        Self { v4: Line::open(packet::Family::V4).map(Arc::new), v6: Line::open(packet::Family::V6).map(Arc::new) }
    }

    /// Whether anybody can be pinged.
    pub const fn is_permitted(&self) -> bool {
        self.v4.is_some() || self.v6.is_some()
    }
}

impl Probes {
    pub(super) async fn ping(&self, look: &Ping, allowed: &Allowed) -> Result<Good, Reason> {
        let addresses = self.names.addresses(&look.host, allowed).await?;
        let address = addresses.first().ok_or_else(|| Reason::new("name_not_found"))?.to_canonical();
        let line = match address {
            IpAddr::V4(_) => &self.pinger.v4,
            IpAddr::V6(_) => &self.pinger.v6,
        };
        let line = line.as_ref().ok_or_else(|| Reason::new(NOT_PERMITTED))?;
        let latency = line.ping(address).await?;
        Ok(Good { latency, note: Some(address.to_string()) })
    }
}
