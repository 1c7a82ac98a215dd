//! What a `dns` monitor asks for and expects.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use app::model::monitor::Settings;

use super::{Dns, Invalid, host::name_of, of};

/// The port of the DNS.
const PORT: u16 = 53;

/// What of a name is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Record {
    /// IPv4 addresses.
    #[default]
    A,
    /// IPv6 addresses.
    Aaaa,
    /// The real name.
    Cname,
    /// Who takes mail.
    Mx,
    /// Who knows more.
    Ns,
    /// Notes.
    Txt,
    /// The name of an address.
    Ptr,
    /// Who serves.
    Srv,
}

/// What has to be among the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    text: String,
    /// Only the name was given: numbers before it are not compared.
    any_numbers: bool,
}

impl Record {
    /// The record of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_uppercase().as_str() {
            "A" => Self::A,
            "AAAA" => Self::Aaaa,
            "CNAME" => Self::Cname,
            "MX" => Self::Mx,
            "NS" => Self::Ns,
            "TXT" => Self::Txt,
            "PTR" => Self::Ptr,
            "SRV" => Self::Srv,
            _ => return None,
        })
    }
}

impl Expected {
    /// Brings a value into the form of the answers; nothing when it can never be one.
    #[must_use]
    pub fn parse(record: Record, text: &str) -> Option<Self> {
        let text = text.trim();
        // Numbers before the name, as in `10 mail.example.org`, may be left out.
        let numbered = |most: usize| {
            let mut words: Vec<&str> = text.split_ascii_whitespace().collect();
            let name = name_of(words.pop()?)?;
            let numbers = words.iter().map(|word| word.parse::<u16>().ok()).collect::<Option<Vec<_>>>()?;
            let numbers: String = numbers.iter().map(|number| format!("{number} ")).collect();
            (words.is_empty() || words.len() == most).then(|| numbers + &name)
        };
        let text = match record {
            Record::A => text.parse::<Ipv4Addr>().ok().map(|v4| v4.to_string()),
            Record::Aaaa => text.parse::<Ipv6Addr>().ok().map(|v6| v6.to_string()),
            Record::Cname | Record::Ns | Record::Ptr => name_of(text),
            Record::Mx => numbered(1),
            Record::Srv => numbered(3),
            Record::Txt => (!text.is_empty()).then(|| text.to_owned()),
        }?;
        let any_numbers = matches!(record, Record::Mx | Record::Srv) && !text.contains(' ');
        Some(Self { text, any_numbers })
    }

    /// Whether an answer is the one.
    #[must_use]
    pub fn is(&self, answer: &str) -> bool {
        let compared = if self.any_numbers { answer.rsplit(' ').next().unwrap_or_default() } else { answer };
        compared == self.text
    }

    /// As people read it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Reads a query.
pub fn read(timeout: Duration, target: &str, settings: &Settings) -> Result<Dns, Invalid> {
    let record = match &settings.record {
        Some(record) => Record::parse(record).ok_or("record").map_err(of("settings.record"))?,
        None => Record::default(),
    };
    if target.is_empty() {
        return Err(of("target")("required"));
    }
    let name = match target.parse::<IpAddr>() {
        Ok(address) if record == Record::Ptr => reverse(address),
        Ok(_) => None,
        Err(_) => name_of(target),
    };
    let expected = settings.expected.as_deref().map(|text| {
        let expected = Expected::parse(record, text).filter(|_| text.len() <= 1_000);
        expected.ok_or("expected").map_err(of("settings.expected"))
    });
    let resolver = settings.resolver.as_deref().map(|text| resolver(text).ok_or("resolver"));
    Ok(Dns {
        timeout,
        name: name.ok_or("name").map_err(of("target"))?,
        record,
        expected: expected.transpose()?,
        resolver: resolver.transpose().map_err(of("settings.resolver"))?,
    })
}

/// `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`.
fn resolver(text: &str) -> Option<SocketAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse::<IpAddr>().map(|address| SocketAddr::new(address, PORT));
    address.or_else(|_| text.parse()).ok().filter(|address| address.port() > 0)
}

/// The name under which the name of an address is found.
fn reverse(address: IpAddr) -> Option<String> {
    Some(match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(v6) => {
            let nibbles = v6.octets().into_iter().rev().flat_map(|octet| [octet & 15, octet >> 4]);
            let labels: String = nibbles.map(|nibble| format!("{nibble:x}.")).collect();
            labels + "ip6.arpa"
        }
    })
}
