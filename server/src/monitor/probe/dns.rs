//! A DNS query, never remembered, and what has to be among the answers.

use std::{io::ErrorKind, net::SocketAddr};

use app::model::monitor::Reason;
use hickory_resolver::{
    config::{NameServerConfig, ResolverConfig},
    net::{DnsError, NetError},
    proto::{
        op::ResponseCode,
        rr::{Name, RData, RecordType},
    },
};
use tokio::time::Instant;

use super::{
    super::{
        allowed::Allowed,
        target::{Dns, Record},
    },
    Good, Probes, connect,
};

/// More answers than these are not shown.
const MOST_ANSWERS: usize = 5;
const MOST_SHOWN: usize = 200;

impl Probes {
    pub(super) async fn dns(&self, look: &Dns, allowed: &Allowed) -> Result<Good, Reason> {
        if let Some(resolver) = look.resolver {
            allowed.judge(resolver.ip())?;
        }
        let failed = || Reason::new("dns_failed");
        let resolver = self.names.fresh(look.resolver.map(only), look.timeout).ok_or_else(failed)?;
        let mut name = Name::from_ascii(&look.name).map_err(|_| failed())?;
        name.set_fqdn(true);
        let begun = Instant::now();
        let found = resolver.lookup(name, record_type(look.record)).await.map_err(|error| reason(&error, look))?;
        let latency = begun.elapsed();

        let texts = found.answers().iter().filter(|record| record.record_type() == record_type(look.record));
        let answers: Vec<String> = texts.filter_map(|record| text(&record.data)).collect();
        let wrong = match &look.expected {
            Some(expected) => !answers.iter().any(|answer| expected.is(answer)),
            None => answers.is_empty(),
        };
        if wrong { Err(differs(&answers, look)) } else { Ok(Good { latency, note: Some(shown(&answers)) }) }
    }
}

/// Nobody but this resolver is asked.
fn only(resolver: SocketAddr) -> ResolverConfig {
    let mut server = NameServerConfig::udp_and_tcp(resolver.ip());
    for connection in &mut server.connections {
        connection.port = resolver.port();
    }
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

/// An answer in the form in which it is entered and compared.
fn text(data: &RData) -> Option<String> {
    let plain = |name: &Name| name.to_ascii().trim_end_matches('.').to_ascii_lowercase();
    Some(match data {
        RData::A(a) => a.0.to_string(),
        RData::AAAA(aaaa) => aaaa.0.to_string(),
        RData::CNAME(name) => plain(name),
        RData::NS(name) => plain(name),
        RData::PTR(name) => plain(name),
        RData::MX(mx) => format!("{} {}", mx.preference, plain(&mx.exchange)),
        RData::SRV(srv) => format!("{} {} {} {}", srv.priority, srv.weight, srv.port, plain(&srv.target)),
        RData::TXT(txt) => String::from_utf8_lossy(&txt.txt_data.concat()).into_owned(),
        _ => return None,
    })
}

fn record_type(record: Record) -> RecordType {
    match record {
        Record::A => RecordType::A,
        Record::Aaaa => RecordType::AAAA,
        Record::Cname => RecordType::CNAME,
        Record::Mx => RecordType::MX,
        Record::Ns => RecordType::NS,
        Record::Txt => RecordType::TXT,
        Record::Ptr => RecordType::PTR,
        Record::Srv => RecordType::SRV,
    }
}

fn differs(answers: &[String], look: &Dns) -> Reason {
    Reason {
        got: (!answers.is_empty()).then(|| shown(answers)),
        wanted: look.expected.as_ref().map(|expected| expected.as_str().to_owned()),
        ..Reason::new("dns_answer")
    }
}

fn shown(answers: &[String]) -> String {
    let mut shown = answers.iter().take(MOST_ANSWERS).map(String::as_str).collect::<Vec<_>>().join(", ");
    if answers.len() > MOST_ANSWERS {
        shown.push_str(", …");
    }
    shown.chars().take(MOST_SHOWN).collect()
}

fn reason(error: &NetError, look: &Dns) -> Reason {
    match error {
        NetError::Timeout => Reason::new("timeout").wanted(look.timeout.as_millis()),
        NetError::Io(error) if error.kind() == ErrorKind::TimedOut => {
            Reason::new("timeout").wanted(look.timeout.as_millis())
        }
        NetError::Io(error) => connect::reason(error),
        NetError::Dns(DnsError::NoRecordsFound(none)) if none.response_code == ResponseCode::NoError => {
            differs(&[], look)
        }
        NetError::Dns(DnsError::NoRecordsFound(none)) => Reason::new("dns_failed").got(code(none.response_code)),
        NetError::Dns(DnsError::ResponseCode(answer)) => Reason::new("dns_failed").got(code(*answer)),
        _ => Reason::new("dns_failed"),
    }
}

/// The code as it is named everywhere but in the library.
fn code(code: ResponseCode) -> String {
    match code {
        ResponseCode::FormErr => "FORMERR".into(),
        ResponseCode::ServFail => "SERVFAIL".into(),
        ResponseCode::NXDomain => "NXDOMAIN".into(),
        ResponseCode::NotImp => "NOTIMP".into(),
        ResponseCode::Refused => "REFUSED".into(),
        other => u16::from(other).to_string(),
    }
}
