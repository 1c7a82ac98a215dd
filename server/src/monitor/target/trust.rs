//! Whose certificates are believed.

use std::sync::Arc;

use app::model::monitor::Settings;
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use super::{Invalid, of};

/// Certificates that are believed instead of the system's.
#[derive(Clone, Debug)]
pub struct Authorities(Arc<RootCertStore>);

impl Authorities {
    /// Reads certificates in PEM; nothing when there is none, or one that cannot be read.
    #[must_use]
    pub fn parse(pem: &str) -> Option<Self> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()).take(20) {
            roots.add(certificate.ok()?).ok()?;
        }
        (!roots.is_empty()).then(|| Self(Arc::new(roots)))
    }

    pub(super) fn read(settings: &Settings) -> Result<Option<Self>, Invalid> {
        let field = of("settings.ca");
        match &settings.ca {
            Some(pem) if pem.len() > 65_536 => Err(field("too_long")),
            Some(pem) => Self::parse(pem).map(Some).ok_or("ca").map_err(field),
            None => Ok(None),
        }
    }

    /// As the TLS client wants them.
    #[must_use]
    pub fn roots(&self) -> Arc<RootCertStore> {
        self.0.clone()
    }
}
