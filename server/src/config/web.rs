//! Where we listen, and how we are reached.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

use url::Url;

use super::{ConfigError, Variable, Vars, time_zone::TimeZone};

/// Variables of this section.
pub const VARIABLES: &[Variable] = &[
    Variable::plain("LISTEN_ADDR"),
    Variable::plain("PUBLIC_URL"),
    Variable::plain("TRUSTED_PROXIES"),
    Variable::plain("TIME_ZONE"),
];

/// The HTTP edge.
#[derive(Clone, Debug)]
pub struct Web {
    /// `LISTEN_ADDR`: `127.0.0.1:3000` unless given.
    pub listen_addr: SocketAddr,
    /// `PUBLIC_URL`: where phones reach us, without a path. Absent: `http://` and the address we listen on.
    pub public_url: Option<Url>,
    /// `TRUSTED_PROXIES`: whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// `TIME_ZONE`: the organisation's zone, for what is written before a browser can say its own.
    pub time_zone: TimeZone,
    /// Where Trunk's bundle is; not a variable: it belongs to the installation.
    pub bundle_dir: PathBuf,
}

impl Web {
    pub(super) fn read(vars: &Vars) -> Result<Self, ConfigError> {
        let listen_addr = vars
            .parse("LISTEN_ADDR", "an address with a port such as 127.0.0.1:3000")?
            .unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)));
        let public_url = vars.text("PUBLIC_URL").map(|text| origin("PUBLIC_URL", text)).transpose()?;
        let time_zone = match vars.parse("TIME_ZONE", "a zone such as Europe/Moscow")? {
            Some(zone) => zone,
            None => "Europe/Moscow".parse().map_err(|_| ConfigError::new("TIME_ZONE", "has no default here"))?,
        };
        Ok(Self {
            listen_addr,
            public_url,
            trusted_proxies: vars
                .list("TRUSTED_PROXIES", "a comma list of addresses such as 10.0.0.1 or 10.0.0.0/8")?,
            time_zone,
            bundle_dir: default_bundle_dir(),
        })
    }

    /// Whether browsers reach us over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

/// An `http` or `https` address without path, query or credentials.
pub(super) fn origin(name: &str, text: &str) -> Result<Url, ConfigError> {
    let wrong = |why: &str| {
        ConfigError::new(name, format!("must be an address such as https://vakhta.example.com{why}, but is `{text}`"))
    };
    let url = Url::parse(text).map_err(|_| wrong(""))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong(""));
    }
    if url.path() != "/"
        || url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err(wrong(" without a path"));
    }
    Ok(url)
}

/// `dist/pkg` of the working folder, else beside the program.
fn default_bundle_dir() -> PathBuf {
    let here = PathBuf::from("dist/pkg");
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("dist/pkg")));
    match beside {
        Some(beside) if !here.is_dir() && beside.is_dir() => beside,
        _ => here,
    }
}

/// An address, or all addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether `address` is one of them. An IPv4 address in IPv6 spelling counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// A text that is no address with an optional length.
#[derive(Clone, Copy, Debug)]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| NoNetwork)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| NoNetwork)?;
        if bits > most { Err(NoNetwork) } else { Ok(Self { address, bits }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_what_shares_its_first_bits() {
        let table = [
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.1", "10.0.0.2", false),
            ("10.0.0.0/8", "10.200.3.4", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("0.0.0.0/0", "192.0.2.1", true),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true),
            ("2001:db8::/32", "2001:db8:5::1", true),
            ("2001:db8::/32", "10.0.0.1", false),
        ];
        for (network, address, inside) in table {
            let network: Network = network.parse().expect("a network");
            assert_eq!(network.contains(address.parse().expect("an address")), inside, "{network:?} {address}");
        }
        for wrong in ["10.0.0.0/33", "10.0.0", "proxy", "10.0.0.0/", "/8"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
