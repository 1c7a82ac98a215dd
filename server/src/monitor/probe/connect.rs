//! A TCP connection to a host: resolved, allowed, and connected to that very address.

use std::{
    io::{Error, ErrorKind},
    net::IpAddr,
};

use app::model::monitor::Reason;
use tokio::{net::TcpStream, time::Instant};

use super::{
    super::{allowed::Allowed, target::Host},
    Probes,
};

/// A name with more addresses than this is not tried to its end.
const MOST_ADDRESSES: usize = 3;

/// A connection, where it leads, and when it was begun.
#[derive(Debug)]
pub struct Connection {
    /// The connection.
    pub stream: TcpStream,
    /// The address that answered.
    pub address: IpAddr,
    /// When connecting to it began: finding the address does not count.
    pub begun: Instant,
}

impl Probes {
    /// Connects to the first address that accepts.
    pub(super) async fn connect(&self, host: &Host, port: u16, allowed: &Allowed) -> Result<Connection, Reason> {
        let mut fault = Reason::new("name_not_found");
        for address in self.names.addresses(host, allowed).await?.into_iter().take(MOST_ADDRESSES) {
            let begun = Instant::now();
            match TcpStream::connect((address, port)).await {
                Ok(stream) => return Ok(Connection { stream, address, begun }),
                Err(error) => fault = reason(&error),
            }
        }
        Err(fault)
    }
}

/// A failure of a socket as people know it.
pub fn reason(error: &Error) -> Reason {
    Reason::new(match error.kind() {
        ErrorKind::ConnectionRefused => "refused",
        ErrorKind::TimedOut => "timeout",
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected => "closed",
        // Whatever else there is says that no packet gets there: no route, a route into nowhere, a firewall of our own.
        _ => "unreachable",
    })
}
