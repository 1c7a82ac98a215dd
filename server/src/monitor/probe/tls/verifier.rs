//! Who is believed: what the authorities signed, and a certificate that was given itself.
//!
//! Many a device signs its own certificate and marks it as an authority's, as `openssl req -x509` does. As a server's
//! it is refused by the rules, though somebody gave us this very certificate to believe. The rules look at the time
//! first, so an end that has passed is still an end; the name is looked at here.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

/// The rules, and what was given.
#[derive(Debug)]
pub struct Verifier {
    rules: Arc<WebPkiServerVerifier>,
    given: Arc<[CertificateDer<'static>]>,
}

impl Verifier {
    /// Nothing when there is nobody to believe.
    pub fn new(
        provider: &Arc<CryptoProvider>,
        roots: Arc<RootCertStore>,
        given: Arc<[CertificateDer<'static>]>,
    ) -> Option<Self> {
        let rules = WebPkiServerVerifier::builder_with_provider(roots, provider.clone()).build().ok()?;
        Some(Self { rules, given })
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let judged = self.rules.verify_server_cert(leaf, chain, name, ocsp, now);
        if !matches!(judged, Err(Error::InvalidCertificate(CertificateError::Other(_)))) || !self.given.contains(leaf) {
            return judged;
        }
        verify_server_name(&ParsedCertificate::try_from(leaf)?, name)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls12_signature(message, leaf, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls13_signature(message, leaf, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.rules.supported_verify_schemes()
    }
}
