//! A service behind a TCP port: opens and closes it, and gives each connection to somebody who talks.

use std::{
    net::SocketAddrV4,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use rustix::net::{Shutdown, shutdown};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use super::{Order, Orders, http::Site, open, tls::Secure};
use crate::fleet::fault::Fault;

/// Ports that others hold for a moment are tried again.
const TRY_AGAIN: Duration = Duration::from_millis(100);

/// What is said to those who connect.
#[derive(Clone)]
pub(super) enum Talk {
    /// One line, then nothing.
    Greeting(Arc<str>),
    /// HTTP.
    Http(Arc<Site>),
    /// HTTP behind a certificate.
    Tls(Arc<RwLock<Secure>>),
}

/// Serves until the fleet is gone.
pub(super) async fn listen(address: SocketAddrV4, talk: Talk, mut orders: Orders) {
    let mut listener = None;
    let mut talks = JoinSet::new();
    loop {
        let order @ Order { fault, .. } = orders.take();
        let mut problem = talk.prepare(fault);
        if fault == Fault::Down {
            if let Some(open) = listener.take() {
                // Closing alone leaves it open while somebody else has a copy.
                let _ = shutdown(&open, Shutdown::Both);
            }
        } else if listener.is_none() {
            match open(|| TcpListener::bind(address)).await {
                Ok(open) => listener = Some(open),
                Err(error) => problem = Some(format!("{address}: {error}")),
            }
        }
        // What was begun under the last order is cut, as it is when a machine falls.
        talks.shutdown().await;
        let again = problem.is_some();
        orders.obey(order, problem);
        loop {
            tokio::select! {
                next = orders.next() => match next {
                    Some(()) => break,
                    None => return,
                },
                Some(stream) = accept(listener.as_ref()) => {
                    talks.spawn(talk.clone().with(stream, fault));
                }
                Some(_) = talks.join_next() => {}
                () = tokio::time::sleep(TRY_AGAIN), if again => break,
            }
        }
    }
}

/// The next connection; none while the port is closed.
async fn accept(listener: Option<&TcpListener>) -> Option<TcpStream> {
    let listener = listener?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return Some(stream),
            // The caller left already, or there are no files for the moment.
            Err(_) => tokio::time::sleep(TRY_AGAIN).await,
        }
    }
}

impl Talk {
    /// Makes ready for connections under this fault; says what does not work.
    fn prepare(&self, fault: Fault) -> Option<String> {
        let Self::Tls(secure) = self else { return None };
        let prepared = secure.write().unwrap_or_else(PoisonError::into_inner).prepare(fault);
        prepared.err().map(|error| error.to_string())
    }

    async fn with(self, mut stream: TcpStream, fault: Fault) {
        if fault == Fault::HalfOpen {
            return hold(stream).await;
        }
        if let Fault::Slow { latency_ms } = fault {
            tokio::time::sleep(Duration::from_millis(latency_ms.into())).await;
        }
        // Whoever leaves early has seen what he wanted.
        let _ = match &self {
            Self::Greeting(line) => {
                let _ = stream.write_all(line.as_bytes()).await;
                hold(stream).await;
                Ok(())
            }
            Self::Http(site) => site.answer(stream, fault).await,
            Self::Tls(secure) => {
                let (acceptor, site) = secure.read().unwrap_or_else(PoisonError::into_inner).show();
                match acceptor.accept(stream).await {
                    Ok(stream) => site.answer(stream, Fault::None).await,
                    Err(error) => Err(error),
                }
            }
        };
    }
}

/// Says nothing until the other side leaves.
async fn hold(mut stream: TcpStream) {
    let mut ignored = [0; 512];
    while matches!(stream.read(&mut ignored).await, Ok(read) if read > 0) {}
}
