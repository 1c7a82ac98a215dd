//! Which addresses may be looked at.
//!
//! An `http` monitor must not become a way to reach what its author may not, so the administrator may list the
//! networks that are watched. Judged is the address that is about to be connected to, never a name: what the DNS
//! answers may be a lie, and another one a moment later.

use core::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use app::model::monitor::Reason;
use ipnet::{IpNet, Ipv4Net};

/// Where the metadata of a rented machine is, keys included, besides 169.254.169.254.
const METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// The networks that may be looked at; by default everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(Option<Arc<[IpNet]>>);

/// A text that is neither a network nor an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a network such as 10.0.0.0/8 or 2001:db8::/32")]
pub struct NoNetwork(pub String);

/// What kind of neighbourhood an address is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// This machine itself.
    Loopback,
    /// Whoever is on the same cable, and the metadata of rented machines.
    LinkLocal,
    /// The organisation's own networks.
    Private,
    /// Everybody else.
    Public,
}

impl Allowed {
    /// Reads networks in CIDR notation or single addresses; none at all allow everything.
    ///
    /// # Errors
    /// The first text that is neither.
    pub fn parse<'a>(networks: impl IntoIterator<Item = &'a str>) -> Result<Self, NoNetwork> {
        let networks = networks.into_iter().map(network).collect::<Result<Arc<[_]>, _>>()?;
        Ok(Self((!networks.is_empty()).then_some(networks)))
    }

    /// A list that allows nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self(Some(Arc::new([])))
    }

    /// Whether a connection to this very address may be made.
    ///
    /// # Errors
    /// The reason of a bad check.
    pub fn judge(&self, address: IpAddr) -> Result<(), Reason> {
        let address = address.to_canonical();
        match &self.0 {
            Some(networks) if !networks.iter().any(|network| network.contains(&address)) => {
                Err(Reason::new("address_not_allowed").got(address))
            }
            _ => Ok(()),
        }
    }
}

impl Class {
    /// The class of an address; IPv4 written as IPv6 is IPv4.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            // To connect to "no address" is to connect to oneself.
            address if address.is_loopback() || address.is_unspecified() => Self::Loopback,
            IpAddr::V4(v4) if v4.is_link_local() => Self::LinkLocal,
            IpAddr::V4(v4) => {
                let carrier = v4.octets()[0] == 100 && v4.octets()[1] & 0xc0 == 64;
                if v4.is_private() || carrier { Self::Private } else { Self::Public }
            }
            IpAddr::V6(v6) if v6.is_unicast_link_local() || v6 == METADATA => Self::LinkLocal,
            IpAddr::V6(v6) if v6.is_unique_local() => Self::Private,
            IpAddr::V6(_) => Self::Public,
        }
    }

    /// What people are warned of when they enter such an address.
    #[must_use]
    pub const fn warning(self) -> Option<&'static str> {
        match self {
            Self::Loopback => Some("address_is_loopback"),
            Self::LinkLocal => Some("address_is_link_local"),
            Self::Private => Some("address_is_private"),
            Self::Public => None,
        }
    }
}

fn network(text: &str) -> Result<IpNet, NoNetwork> {
    let text = text.trim();
    let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    match network.map_err(|_| NoNetwork(text.into()))?.trunc() {
        IpNet::V6(v6) if v6.prefix_len() >= 96 => Ok(match v6.addr().to_ipv4_mapped() {
            Some(v4) => Ipv4Net::new_assert(v4, v6.prefix_len() - 96).into(),
            None => v6.into(),
        }),
        network => Ok(network),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn without_a_list_everything_is_allowed_and_with_one_only_what_is_in_it() {
        let rows: &[(&[&str], &str, bool)] = &[
            (&[], "8.8.8.8", true),
            (&[], "169.254.169.254", true),
            (&[], "::1", true),
            (&["10.0.0.0/8"], "10.255.0.1", true),
            (&["10.0.0.0/8"], "11.0.0.0", false),
            (&["10.0.0.0/8"], "::1", false),
            (&["10.0.0.0/8"], "::ffff:10.1.2.3", true),
            (&["10.0.0.0/8"], "::ffff:169.254.169.254", false),
            (&["10.0.0.0/8", "192.168.1.7"], "192.168.1.7", true),
            (&["10.0.0.0/8", "192.168.1.7"], "192.168.1.8", false),
            (&["10.1.2.3/8"], "10.200.0.1", true),
            (&["2001:db8::/32"], "2001:db8:1::5", true),
            (&["2001:db8::/32"], "2001:db9::1", false),
            (&["::ffff:10.0.0.0/104"], "10.1.2.3", true),
            (&["::ffff:10.0.0.0/104"], "::ffff:10.1.2.3", true),
            (&["0.0.0.0/0"], "1.2.3.4", true),
            (&["0.0.0.0/0"], "2001:db8::1", false),
            (&[" 10.0.0.0/8 "], "10.0.0.1", true),
        ];
        for (networks, text, expected) in rows {
            let allowed = Allowed::parse(networks.iter().copied()).expect("networks");
            assert_eq!(allowed.judge(address(text)).is_ok(), *expected, "{networks:?} {text}");
        }
    }

    #[test]
    fn what_is_refused_says_which_address_it_was() {
        let allowed = Allowed::parse(["10.0.0.0/8"]).expect("networks");
        let reason = Reason::new("address_not_allowed").got("127.0.0.1");
        assert_eq!(allowed.judge(address("::ffff:127.0.0.1")), Err(reason));
    }

    #[test]
    fn texts_that_are_no_networks_are_named() {
        for text in ["", "10.0.0.0/33", "10.0.0", "localhost", "2001:db8::/129", "10.0.0.0/8/8"] {
            assert_eq!(Allowed::parse(["10.0.0.0/8", text]), Err(NoNetwork(text.into())));
        }
    }

    #[test]
    fn neighbourhoods_are_known() {
        for (text, warning) in [
            ("127.0.0.1", Some("address_is_loopback")),
            ("127.9.0.7", Some("address_is_loopback")),
            ("::1", Some("address_is_loopback")),
            ("::ffff:127.0.0.1", Some("address_is_loopback")),
            ("0.0.0.0", Some("address_is_loopback")),
            ("::", Some("address_is_loopback")),
            ("169.254.169.254", Some("address_is_link_local")),
            ("fe80::1", Some("address_is_link_local")),
            ("fd00:ec2::254", Some("address_is_link_local")),
            ("10.1.2.3", Some("address_is_private")),
            ("172.16.0.1", Some("address_is_private")),
            ("172.32.0.1", None),
            ("192.168.0.1", Some("address_is_private")),
            ("100.64.0.1", Some("address_is_private")),
            ("100.127.255.255", Some("address_is_private")),
            ("100.128.0.0", None),
            ("fd12::1", Some("address_is_private")),
            ("::ffff:192.168.0.1", Some("address_is_private")),
            ("8.8.8.8", None),
            ("2001:4860:4860::8888", None),
        ] {
            assert_eq!(Class::of(address(text)).warning(), warning, "{text}");
        }
    }
}
