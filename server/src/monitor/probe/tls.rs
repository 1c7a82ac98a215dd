//! A TLS handshake, and how long the certificate that was shown is still valid.
//!
//! How long is found without reading the certificate ourselves: it is verified once more as if some days had
//! passed. That covers the whole chain, as any of its certificates may be the first to end.

mod fault;
mod verifier;

use std::{sync::Arc, time::Duration};

use app::model::monitor::Reason;
use rustls::{
    CertificateError, ClientConfig, RootCertStore,
    client::{Resumption, danger::ServerCertVerifier as _},
    crypto::{CryptoProvider, ring},
    pki_types::{IpAddr, ServerName, UnixTime},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

pub use self::fault::reason;
use self::{fault::date, verifier::Verifier};
use super::{
    super::{
        allowed::Allowed,
        target::{Authorities, Host, Tls},
    },
    Good, Probes,
};

/// No certificate is valid that long.
const FAR: Duration = Duration::from_secs(250_000_000_000);
const DAY: u64 = 86_400;

/// What may be connected through: a TCP connection or TLS over one.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Whose certificates are believed: those the machine trusts, or those that were given.
#[derive(Clone, Debug)]
pub struct Trust {
    provider: Arc<CryptoProvider>,
    system: Option<Arc<Verifier>>,
    client: Option<Arc<ClientConfig>>,
}

impl Trust {
    /// Reads the certificates of the system; where it has none, those of Mozilla are built in.
    pub fn new() -> Self {
        let provider = Arc::new(ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        let system = Verifier::new(&provider, Arc::new(roots), Arc::new([])).map(Arc::new);
        let client = system.clone().and_then(|verifier| client(&provider, verifier));
        Self { provider, system, client }
    }

    /// Shakes hands over a connection.
    pub async fn handshake(
        &self,
        stream: TcpStream,
        host: &Host,
        authorities: Option<&Authorities>,
    ) -> Result<TlsStream<TcpStream>, Reason> {
        let client = match authorities {
            Some(_) => self.verifier(authorities).and_then(|verifier| client(&self.provider, verifier)),
            None => self.client.clone(),
        };
        let connector = TlsConnector::from(client.ok_or_else(failed)?);
        let name = server_name(host).ok_or_else(failed)?;
        connector.connect(name, stream).await.map_err(|error| reason(&error))
    }

    fn verifier(&self, authorities: Option<&Authorities>) -> Option<Arc<Verifier>> {
        match authorities {
            Some(given) => Verifier::new(&self.provider, given.roots(), given.certificates()).map(Arc::new),
            None => self.system.clone(),
        }
    }
}

impl Probes {
    pub(super) async fn tls(&self, look: &Tls, allowed: &Allowed) -> Result<Good, Reason> {
        let connection = self.connect(&look.host, look.port, allowed).await?;
        let authorities = look.authorities.as_ref();
        let stream = self.trust.handshake(connection.stream, &look.host, authorities).await?;
        let latency = connection.begun.elapsed();

        let shown = stream.get_ref().1.peer_certificates().and_then(<[_]>::split_first);
        let (leaf, chain) = shown.ok_or_else(failed)?;
        let name = server_name(&look.host).ok_or_else(failed)?;
        let verifier = self.trust.verifier(authorities).ok_or_else(failed)?;
        let now = UnixTime::now().as_secs();
        // What has ended by then, if anything has.
        let end = |by: u64| {
            let by = UnixTime::since_unix_epoch(Duration::from_secs(by));
            match verifier.verify_server_cert(leaf, chain, &name, &[], by) {
                Ok(_) => Ok(None),
                Err(rustls::Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => {
                    Ok(Some(not_after))
                }
                Err(error) => Err(fault::of_tls(&error)),
            }
        };
        if let Some(end) = end(now + u64::from(look.days_left) * DAY)? {
            let days = end.as_secs().saturating_sub(now) / DAY;
            return Err(Reason::new("certificate_expires").got(days).wanted(look.days_left));
        }
        Ok(Good { latency, note: end(FAR.as_secs())?.and_then(date) })
    }
}

fn client(provider: &Arc<CryptoProvider>, verifier: Arc<Verifier>) -> Option<Arc<ClientConfig>> {
    let mut client = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .ok()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    // A resumed session shows no certificate.
    client.resumption = Resumption::disabled();
    Some(Arc::new(client))
}

fn server_name(host: &Host) -> Option<ServerName<'static>> {
    match host.address() {
        Some(address) => Some(ServerName::IpAddress(IpAddr::from(address))),
        None => ServerName::try_from(host.to_string()).ok(),
    }
}

fn failed() -> Reason {
    Reason::new("tls_failed")
}
