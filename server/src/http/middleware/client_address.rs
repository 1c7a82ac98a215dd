//! Whose request it is as far as the network knows: the peer, or what proxies we trust say about it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use crate::{config::web::Network, state::AppState};

/// The network's view of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress {
    /// The address the request began at.
    pub address: IpAddr,
    /// Whether a proxy we trust stands in between.
    pub proxied: bool,
}

impl ClientAddress {
    /// Under which name its requests are counted. Whoever has one IPv6 address has the whole /64.
    #[must_use]
    pub fn bucket(&self) -> String {
        match self.address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
        }
    }
}

/// Puts a [`ClientAddress`] into the request.
pub async fn resolve(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
    let client = client_of(peer, request.headers(), &state.deps.config.web.trusted_proxies);
    request.extensions_mut().insert(client);
    next.run(request).await
}

/// Walks `X-Forwarded-For` from the right for as long as the one who wrote the entry is trusted.
fn client_of(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> ClientAddress {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut address = peer;
    if !is_trusted(peer) {
        return ClientAddress { address, proxied: false };
    }
    let entries: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for entry in entries.into_iter().rev() {
        let Ok(named) = entry.trim().parse::<IpAddr>() else { break };
        address = named.to_canonical();
        if !is_trusted(address) {
            break;
        }
    }
    ClientAddress { address, proxied: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted: Vec<Network> = vec!["10.0.0.0/8".parse().expect("a network")];
        let table = [
            ("192.0.2.1", "203.0.113.9", "192.0.2.1", false),
            ("10.0.0.1", "203.0.113.9", "203.0.113.9", true),
            ("10.0.0.1", "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9", true),
            ("10.0.0.1", "198.51.100.7, nonsense, 10.0.0.2", "10.0.0.2", true),
            ("10.0.0.1", "", "10.0.0.1", true),
        ];
        for (peer, header, expected, proxied) in table {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", header.parse().expect("a header"));
            let found = client_of(peer.parse().expect("an address"), &headers, &trusted);
            let expected = ClientAddress { address: expected.parse().expect("an address"), proxied };
            assert_eq!(found, expected, "{peer} {header}");
        }
    }

    #[test]
    fn neighbours_in_one_ipv6_network_are_counted_together() {
        let bucket = |text: &str| ClientAddress { address: text.parse().expect("an address"), proxied: false }.bucket();
        assert_eq!(bucket("2001:db8::1"), bucket("2001:db8::2"));
        assert_ne!(bucket("2001:db8::1"), bucket("2001:db8:0:1::1"));
        assert_eq!(bucket("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
