//! What went wrong in a handshake, as people know it.

use std::io;

use app::model::monitor::Reason;
use rustls::{CertificateError, Error, pki_types::UnixTime};
use time::OffsetDateTime;

use super::super::connect;

/// More names of a certificate than these are not told.
const MOST_NAMES: usize = 5;

/// A failure of a connection that speaks TLS.
pub fn reason(error: &io::Error) -> Reason {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(error) => of_tls(error),
        None => connect::reason(error),
    }
}

/// A failure of TLS itself.
pub fn of_tls(error: &Error) -> Reason {
    let Error::InvalidCertificate(error) = error else {
        return Reason::new("tls_failed");
    };
    match error {
        CertificateError::Expired => Reason::new("certificate_expired"),
        CertificateError::ExpiredContext { not_after, .. } => {
            Reason { got: date(*not_after), ..Reason::new("certificate_expired") }
        }
        CertificateError::NotValidForName => Reason::new("certificate_wrong_name"),
        CertificateError::NotValidForNameContext { presented, .. } => {
            let names: Vec<_> = presented.iter().take(MOST_NAMES).map(|name| plain(name)).collect();
            Reason::new("certificate_wrong_name").got(names.join(", "))
        }
        _ => Reason::new("certificate_untrusted"),
    }
}

/// A day as people everywhere read it: `2027-01-31`.
pub fn date(at: UnixTime) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(at.as_secs().try_into().ok()?).ok()?;
    Some(at.date().to_string())
}

/// `DnsName("example.org")` is told as `example.org`.
fn plain(name: &str) -> &str {
    let inner = name.split_once('(').map_or(name, |(_, inner)| inner.trim_end_matches(')'));
    inner.trim_matches('"')
}
