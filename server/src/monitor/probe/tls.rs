//! A TLS handshake, and how long the certificate that was shown is still valid.
//!
//! How long is found without reading the certificate ourselves: it is verified once more as if some days had
//! passed. That covers the whole chain, as any of its certificates may be the first to end.

mod fault;

use std::{sync::Arc, time::Duration};

use app::model::monitor::Reason;
use rustls::{
    CertificateError, ClientConfig, RootCertStore,
    client::{Resumption, WebPkiServerVerifier, danger::ServerCertVerifier as _},
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, IpAddr, ServerName, UnixTime},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use self::fault::date;
pub use self::fault::reason;
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
    roots: Arc<RootCertStore>,
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
        let roots = Arc::new(roots);
        Self { client: client(&provider, roots.clone()), provider, roots }
    }

    /// Shakes hands over a connection.
    pub async fn handshake(
        &self,
        stream: TcpStream,
        host: &Host,
        authorities: Option<&Authorities>,
    ) -> Result<TlsStream<TcpStream>, Reason> {
        let failed = || Reason::new("tls_failed");
        let client = match authorities {
            Some(authorities) => client(&self.provider, authorities.roots()),
            None => self.client.clone(),
        };
        let connector = TlsConnector::from(client.ok_or_else(failed)?);
        let name = server_name(host).ok_or_else(failed)?;
        connector.connect(name, stream).await.map_err(|error| reason(&error))
    }

    /// Verifies what was shown as if it were `at`.
    fn verify(
        &self,
        shown: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        authorities: Option<&Authorities>,
        at: UnixTime,
    ) -> Result<(), rustls::Error> {
        let roots = authorities.map_or_else(|| self.roots.clone(), Authorities::roots);
        let verifier = WebPkiServerVerifier::builder_with_provider(roots, self.provider.clone())
            .build()
            .map_err(|error| rustls::Error::General(error.to_string()))?;
        let (leaf, chain) = shown.split_first().ok_or(rustls::Error::NoCertificatesPresented)?;
        verifier.verify_server_cert(leaf, chain, name, &[], at).map(|_| ())
    }
}

impl Probes {
    pub(super) async fn tls(&self, look: &Tls, allowed: &Allowed) -> Result<Good, Reason> {
        let connection = self.connect(&look.host, look.port, allowed).await?;
        let authorities = look.authorities.as_ref();
        let stream = self.trust.handshake(connection.stream, &look.host, authorities).await?;
        let latency = connection.begun.elapsed();

        let failed = || Reason::new("tls_failed");
        let shown = stream.get_ref().1.peer_certificates().ok_or_else(failed)?;
        let name = server_name(&look.host).ok_or_else(failed)?;
        let now = UnixTime::now().as_secs();
        let end = |at: u64| {
            let at = UnixTime::since_unix_epoch(Duration::from_secs(at));
            match self.trust.verify(shown, &name, authorities, at) {
                Ok(()) => Ok(None),
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

fn client(provider: &Arc<CryptoProvider>, roots: Arc<RootCertStore>) -> Option<Arc<ClientConfig>> {
    let mut client = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(roots)
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
