//! What a monitor looks at, parsed: what has become a [`Look`] can be looked at.
//!
//! Names are not resolved here; whether an address may be looked at is judged when it is (see
//! [`allowed`](super::allowed)).

mod dns;
mod host;
mod http;
mod json_path;
mod limits;
mod trust;

use core::net::SocketAddr;
use std::time::Duration;

use app::model::monitor::{Kind, Settings};
use url::Url;

pub use self::{
    dns::{Expected, Record},
    host::Host,
    http::{Body, Statuses},
    json_path::JsonPath,
    trust::Authorities,
};

/// How to look, and where.
#[derive(Clone, Debug)]
pub enum Look {
    /// An ICMP echo.
    Ping(Ping),
    /// A TCP connection.
    Tcp(Tcp),
    /// A GET request.
    Http(Box<Http>),
    /// A TLS handshake.
    Tls(Tls),
    /// A DNS query.
    Dns(Dns),
    /// Nothing to look at: we are called.
    Push,
}

/// An ICMP echo.
#[derive(Clone, Debug)]
pub struct Ping {
    /// The whole check takes no longer.
    pub timeout: Duration,
    /// Whom.
    pub host: Host,
}

/// A TCP connection.
#[derive(Clone, Debug)]
pub struct Tcp {
    /// The whole check takes no longer.
    pub timeout: Duration,
    /// Whom.
    pub host: Host,
    /// Where.
    pub port: u16,
}

/// A GET request.
#[derive(Clone, Debug)]
pub struct Http {
    /// The whole check takes no longer, redirects included.
    pub timeout: Duration,
    /// `http` or `https`, with a host, without credentials.
    pub url: Url,
    /// What counts as good.
    pub statuses: Statuses,
    /// What has to be in the body.
    pub body: Option<Body>,
    /// How many redirects are followed.
    pub redirects: u8,
    /// Whose certificates are believed instead of the system's.
    pub authorities: Option<Authorities>,
}

/// A TLS handshake.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The whole check takes no longer.
    pub timeout: Duration,
    /// Whom.
    pub host: Host,
    /// Where.
    pub port: u16,
    /// So many days before its end a certificate is bad.
    pub days_left: u16,
    /// Whose certificates are believed instead of the system's.
    pub authorities: Option<Authorities>,
}

/// A DNS query.
#[derive(Clone, Debug)]
pub struct Dns {
    /// The whole check takes no longer.
    pub timeout: Duration,
    /// What is asked for, absolute, in ASCII.
    pub name: String,
    /// What of it.
    pub record: Record,
    /// What has to be among the answers.
    pub expected: Option<Expected>,
    /// Who is asked instead of the system's resolver.
    pub resolver: Option<SocketAddr>,
}

/// A field as it is named on the wire, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// `target`, `interval_s` or `settings.…`.
    pub field: String,
    /// Stable English.
    pub code: &'static str,
}

impl Look {
    /// The host that is named, when it is an address and worth a warning.
    #[must_use]
    pub fn address(&self) -> Option<core::net::IpAddr> {
        let host = match self {
            Self::Ping(ping) => &ping.host,
            Self::Tcp(tcp) => &tcp.host,
            Self::Tls(tls) => &tls.host,
            Self::Http(http) => &Host::of_url(&http.url)?,
            Self::Dns(_) | Self::Push => return None,
        };
        host.address()
    }
}

/// Reads what somebody entered for a monitor of a server at `address`.
///
/// # Errors
/// The first field that is wrong.
pub fn parse(kind: Kind, target: &str, address: &str, interval_s: u32, settings: &Settings) -> Result<Look, Invalid> {
    limits::check(kind, interval_s, settings)?;
    let timeout = Duration::from_millis(settings.timeout_ms.into());
    let target = target.trim();
    let host = |text: &str| Host::parse(if text.is_empty() { address } else { text });
    Ok(match kind {
        Kind::Ping => Look::Ping(Ping { timeout, host: host(target).map_err(of("target"))? }),
        Kind::Tcp => {
            let (named, port) = host::and_port(target).map_err(of("target"))?;
            Look::Tcp(Tcp { timeout, host: host(named).map_err(of("target"))?, port })
        }
        Kind::Tls => {
            let (named, port) = host::and_port(target).map_err(of("target"))?;
            Look::Tls(Tls {
                timeout,
                host: host(named).map_err(of("target"))?,
                port,
                days_left: settings.days_left.unwrap_or(14),
                authorities: Authorities::read(settings)?,
            })
        }
        Kind::Http => Look::Http(Box::new(Http {
            timeout,
            url: http::url(target).map_err(of("target"))?,
            statuses: Statuses::parse(settings.status.as_deref().unwrap_or("200-299"))
                .ok_or("status")
                .map_err(of("settings.status"))?,
            body: Body::read(settings)?,
            redirects: settings.redirects.unwrap_or(5),
            authorities: Authorities::read(settings)?,
        })),
        Kind::Dns => Look::Dns(dns::read(timeout, target, settings)?),
        Kind::Push if !target.is_empty() => return Err(of("target")("not_for_kind")),
        Kind::Push => Look::Push,
    })
}

fn of(field: &str) -> impl Fn(&'static str) -> Invalid + '_ {
    move |code| Invalid { field: field.into(), code }
}

#[cfg(test)]
mod tests;
