//! The room that a fleet takes on this machine: one network below 127.64.0.0/10, and open files.

use std::{
    net::{Ipv4Addr, TcpListener},
    ops::RangeInclusive,
    time::Duration,
};

use anyhow::Context as _;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The networks there are: the second number of an address.
pub(super) const NETWORKS: RangeInclusive<u8> = 64..=127;
/// Files that the rest of the program opens, and connections that stand still.
const OTHER_FILES: u64 = 512;
/// How often, and how long after one another, a network is asked for.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// A network that no other fleet on this machine uses while this lives.
pub(super) struct Claim {
    pub(super) network: u8,
    /// Bound by one process at a time, and free again however that ends.
    _mark: TcpListener,
}

impl Claim {
    /// This network.
    pub(super) fn take(network: u8) -> anyhow::Result<Self> {
        anyhow::ensure!(NETWORKS.contains(&network), "127.{network}.0.0/16 is not one of 127.64.0.0/10");
        let mark = TcpListener::bind((Ipv4Addr::new(127, network, 255, 254), 21_000))
            .with_context(|| format!("127.{network}.0.0/16 is in use, probably by another fleet"))?;
        Ok(Self { network, _mark: mark })
    }

    /// This network, also when somebody is just leaving it or cleaning it up.
    pub(super) async fn take_soon(network: u8) -> anyhow::Result<Self> {
        for _ in 0..ATTEMPTS {
            if let Ok(claim) = Self::take(network) {
                return Ok(claim);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Self::take(network)
    }

    /// The first one that is free; the highest first, because the demo has the lowest.
    pub(super) fn take_any() -> anyhow::Result<Self> {
        NETWORKS.rev().find_map(|network| Self::take(network).ok()).context("all networks for fleets are in use")
    }
}

/// Makes room for so many sockets.
pub(super) fn allow_files(sockets: usize) -> anyhow::Result<()> {
    let needed = u64::try_from(sockets)? + OTHER_FILES;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= needed) {
        return Ok(());
    }
    anyhow::ensure!(
        maximum.is_none_or(|maximum| maximum >= needed),
        "{sockets} services need {needed} open files, and this process may open {}: raise `ulimit -Hn`",
        maximum.unwrap_or_default()
    );
    setrlimit(Resource::Nofile, Rlimit { current: Some(needed), maximum }).context("raising the limit of open files")
}
