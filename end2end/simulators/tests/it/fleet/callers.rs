//! What a monitor does, by hand.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use tokio::{
    io::AsyncReadExt as _,
    net::{TcpStream, UdpSocket},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Long enough for a busy machine, short enough for a failed test.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for something that is about to happen.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("it happens in time")
}

/// Whether the port is open.
pub async fn open(address: SocketAddr) -> bool {
    TcpStream::connect(address).await.is_ok()
}

/// Looks until the port is open, or closed.
pub async fn becomes(address: SocketAddr, wanted: bool) {
    // A connection that fails at once lets nobody else run.
    let look = async {
        while open(address).await != wanted {
            tokio::task::yield_now().await;
        }
    };
    soon(look).await;
}

/// The first line that is said after connecting.
pub async fn greeting(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut line = Vec::new();
    while !line.ends_with(b"\n") {
        assert!(soon(stream.read_buf(&mut line)).await.unwrap() > 0, "closed early");
    }
    String::from_utf8(line).unwrap()
}

/// Shakes hands; trusts this authority alone and wants a certificate for the address.
pub async fn shake(address: SocketAddr, ca: &str) -> io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::IpAddress(address.ip().into()), stream).await
}

/// The end of a certificate, as `YYMMDDhhmmss`: the second time in it.
pub fn ends(stream: &TlsStream<TcpStream>) -> String {
    let der = stream.get_ref().1.peer_certificates().unwrap()[0].to_vec();
    // A UTCTime of 13 bytes.
    let mut times = der.windows(15).filter(|window| window.starts_with(&[0x17, 13]) && window[14] == b'Z');
    String::from_utf8(times.nth(1).unwrap()[2..14].to_vec()).unwrap()
}

/// Asks a name server for an address; gives the response code and the answer.
pub async fn resolve(server: SocketAddr, name: &str) -> io::Result<(u8, Option<[u8; 4]>)> {
    let socket = UdpSocket::bind("127.0.0.1:0").await?;
    socket.connect(server).await?;
    let mut query = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0".to_vec();
    for label in name.split('.') {
        query.push(u8::try_from(label.len()).unwrap());
        query.extend(label.as_bytes());
    }
    query.extend(b"\0\0\x01\0\x01");
    socket.send(&query).await?;
    let mut answer = [0; 512];
    let read = socket.recv(&mut answer).await?;
    assert_eq!(&answer[..2], b"\x12\x34", "the answer to this question");
    let address = (answer[7] == 1).then(|| answer[read - 4..read].try_into().unwrap());
    Ok((answer[3] & 0xf, address))
}
