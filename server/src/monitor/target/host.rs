//! A host: an address, or a name in the form that the DNS knows.

use core::{fmt, net::IpAddr};

use url::Url;

/// An address, or a name in ASCII without the last dot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host(Kind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Address(IpAddr),
    Name(String),
}

impl Host {
    /// Reads a name (in any script), an IPv4 address or an IPv6 address with or without brackets.
    ///
    /// # Errors
    /// `required`, `too_long` or `host`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("required");
        }
        if text.len() > 1_000 {
            return Err("too_long");
        }
        // Without brackets `url` takes no IPv6; everything else it knows better, `0x7f.1` included.
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self(Kind::Address(address)));
        }
        Self::of_parsed(url::Host::parse(text).map_err(|_| "host")?)
    }

    /// The host of an address, if it has one that can be looked up.
    #[must_use]
    pub fn of_url(url: &Url) -> Option<Self> {
        Self::of_parsed(url.host()?.to_owned()).ok()
    }

    /// The address, when that is what was named.
    #[must_use]
    pub const fn address(&self) -> Option<IpAddr> {
        match &self.0 {
            Kind::Address(address) => Some(*address),
            Kind::Name(_) => None,
        }
    }

    fn of_parsed(host: url::Host) -> Result<Self, &'static str> {
        match host {
            url::Host::Ipv4(v4) => Ok(Self(Kind::Address(v4.into()))),
            url::Host::Ipv6(v6) => Ok(Self(Kind::Address(v6.into()))),
            url::Host::Domain(name) => name_of(&name).map(Kind::Name).map(Self).ok_or("host"),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Address(address) => address.fmt(f),
            Kind::Name(name) => name.fmt(f),
        }
    }
}

/// A name as the DNS knows it: ASCII, lower case, without the last dot.
pub fn name_of(text: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii(text).ok()?;
    let name = ascii.strip_suffix('.').unwrap_or(&ascii);
    let label = |label: &str| {
        let chars = label.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
        chars && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    (name.len() <= 253 && name.split('.').all(label)).then(|| name.to_owned())
}

/// Parts `host:port`, `[::1]:port` or `:port`; the host may be empty.
pub fn and_port(text: &str) -> Result<(&str, u16), &'static str> {
    let (host, port) = text.rsplit_once(':').ok_or("port")?;
    // An IPv6 address without brackets has colons of its own: what would be its port is anybody's guess.
    let bracketed = host.starts_with('[') && host.ends_with(']');
    if host.contains(':') && !bracketed {
        return Err("host");
    }
    let digits = !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit());
    let port = port.parse().ok().filter(|port: &u16| digits && *port > 0).ok_or("port")?;
    Ok((host, port))
}
