//! Looking: one check, one timeout around all of it, one result.
//!
//! A check opens its own connection and closes it: what was fine a minute ago says nothing. Memory and time are
//! bounded whatever the other side does, the address that is connected to is the one that was allowed, and
//! nothing is asked on behalf of a proxy.

mod connect;
mod dns;
mod http;
mod names;
mod ping;
mod tcp;
mod tls;

#[cfg(test)]
mod tests;

use std::time::Duration;

use app::model::{monitor::Reason, server::Line};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::time::timeout;

use self::{names::Names, ping::Pinger, tls::Trust};
use super::{allowed::Allowed, connectivity, state::Outcome, target::Look};

/// Who looks: the sockets, resolvers and certificates that all checks share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Probes {
    pinger: Pinger,
    names: Names,
    trust: Trust,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The result.
    pub outcome: Outcome,
    /// What there is to know besides: the address that answered, the end of a certificate, the answers of the DNS.
    pub note: Option<String>,
}

/// A good look: how long it took and what there is to know besides.
#[derive(Debug)]
struct Good {
    latency: Duration,
    note: Option<String>,
}

impl Probes {
    /// Opens what is shared, within a runtime. What is not there is told by the checks that need it.
    #[must_use]
    pub fn new() -> Self {
        Self { pinger: Pinger::new(), names: Names::new(), trust: Trust::new() }
    }

    /// Whether a ping socket opens.
    #[must_use]
    pub fn ping_permitted(&self) -> bool {
        self.pinger.is_permitted()
    }

    /// Looks once.
    pub async fn look(&self, look: &Look, allowed: &Allowed) -> Looked {
        match look {
            Look::Ping(_) if !self.ping_permitted() => unjudged(Reason::new(ping::NOT_PERMITTED)),
            Look::Ping(ping) => within(ping.timeout, self.ping(ping, allowed)).await,
            Look::Tcp(tcp) => within(tcp.timeout, self.tcp(tcp, allowed)).await,
            Look::Http(http) => within(http.timeout, self.http(http, allowed)).await,
            Look::Tls(tls) => within(tls.timeout, self.tls(tls, allowed)).await,
            Look::Dns(dns) => within(dns.timeout, self.dns(dns, allowed)).await,
            Look::Push => unjudged(Reason::new("not_checked_yet")),
        }
    }

    /// Whether our own line is up: all of these are asked at once, and the first answer will do.
    pub async fn line(&self, looks: &[Look], allowed: &Allowed) -> Line {
        let mut looking: FuturesUnordered<_> = looks.iter().map(|look| self.look(look, allowed)).collect();
        let mut outcomes = Vec::new();
        while let Some(looked) = looking.next().await {
            outcomes.push(looked.outcome);
            if outcomes.last().is_some_and(connectivity::proves) {
                break;
            }
        }
        connectivity::decide(&outcomes)
    }
}

impl Default for Probes {
    fn default() -> Self {
        Self::new()
    }
}

async fn within(limit: Duration, look: impl Future<Output = Result<Good, Reason>>) -> Looked {
    match timeout(limit, look).await {
        Ok(Ok(Good { latency, note })) => Looked { outcome: Outcome::Good { latency }, note },
        Ok(Err(reason)) if reason.code == ping::NOT_PERMITTED => unjudged(reason),
        Ok(Err(reason)) => Looked { outcome: Outcome::Bad(reason), note: None },
        Err(_) => {
            let reason = Reason::new("timeout").wanted(limit.as_millis());
            Looked { outcome: Outcome::Bad(reason), note: None }
        }
    }
}

fn unjudged(reason: Reason) -> Looked {
    Looked { outcome: Outcome::Unjudged(reason), note: None }
}
