//! What a server shows behind its certificate.

use std::sync::Arc;

use tokio_rustls::TlsAcceptor;

use super::http::Site;
use crate::{
    clock,
    fleet::{certificates::Authority, fault::Fault, plan::Server},
};

/// A server's certificate and the site behind it.
pub(super) struct Secure {
    authority: Arc<Authority>,
    server: Server,
    site: Arc<Site>,
    acceptor: TlsAcceptor,
}

impl Secure {
    pub(super) fn new(authority: Arc<Authority>, server: &Server, site: Arc<Site>) -> anyhow::Result<Self> {
        let acceptor = authority.serve(server, Fault::None, clock::now_s())?.into();
        Ok(Self { authority, server: server.clone(), site, acceptor })
    }

    /// Has the certificate made that belongs to this fault.
    pub(super) fn prepare(&mut self, fault: Fault) -> anyhow::Result<()> {
        self.acceptor = self.authority.serve(&self.server, fault, clock::now_s())?.into();
        Ok(())
    }

    /// What the next connection gets.
    pub(super) fn show(&self) -> (TlsAcceptor, Arc<Site>) {
        (self.acceptor.clone(), self.site.clone())
    }
}
