//! A cable to the database that a test can pull out: a socket that hands bytes on to the real one.

use std::{fs, path::PathBuf};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncWrite, copy_bidirectional},
    net::{TcpStream, UnixListener, UnixStream},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

const SOCKET: &str = ".s.PGSQL.5432";

/// What connections through a cable call themselves.
pub const THROUGH: &str = "through a cable";

/// A cable; plugged in at first.
pub struct Cable {
    folder: TempDir,
    upstream: PgConnectOptions,
    plugged: CancellationToken,
}

impl Cable {
    /// A cable to the database of this pool.
    pub fn to(db: &PgPool) -> Self {
        let cable = Self {
            folder: tempfile::tempdir().expect("a folder"),
            upstream: (*db.connect_options()).clone(),
            plugged: CancellationToken::new(),
        };
        cable.listen();
        cable
    }

    /// Connections through the cable.
    pub fn pool(&self) -> PgPool {
        let options = self.upstream.clone().socket(self.folder.path()).port(5432).application_name(THROUGH);
        PgPoolOptions::new()
            .max_connections(5)
            .acquire_timeout(std::time::Duration::from_secs(2))
            .connect_lazy_with(options)
    }

    /// Pulls it out: what is connected is cut, and nobody gets through.
    pub fn pull(&mut self) {
        self.plugged.cancel();
        fs::remove_file(self.folder.path().join(SOCKET)).expect("it was plugged in");
    }

    /// Plugs it in again.
    pub fn plug(&mut self) {
        self.plugged = CancellationToken::new();
        self.listen();
    }

    fn listen(&self) {
        let listener = UnixListener::bind(self.folder.path().join(SOCKET)).expect("a socket");
        let (plugged, upstream) = (self.plugged.clone(), self.upstream.clone());
        #[expect(clippy::disallowed_methods, reason = "ends with the test")]
        tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    // Dropping the set cuts what is connected.
                    () = plugged.cancelled() => return,
                    Ok((near, _)) = listener.accept() => {
                        let upstream = upstream.clone();
                        connections.spawn(async move { hand_on(near, &upstream).await });
                    }
                }
            }
        });
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.plugged.cancel();
    }
}

async fn hand_on(near: UnixStream, upstream: &PgConnectOptions) {
    let folder = upstream.get_socket().cloned().or_else(|| {
        let host = upstream.get_host();
        host.starts_with('/').then(|| PathBuf::from(host))
    });
    match folder {
        Some(folder) => {
            let socket = folder.join(format!(".s.PGSQL.{}", upstream.get_port()));
            join(near, UnixStream::connect(socket).await.expect("the database")).await;
        }
        None => {
            let address = (upstream.get_host().to_owned(), upstream.get_port());
            join(near, TcpStream::connect(address).await.expect("the database")).await;
        }
    }
}

async fn join(mut near: UnixStream, mut far: impl AsyncRead + AsyncWrite + Unpin) {
    // Either end may hang up at any time.
    let _ = copy_bidirectional(&mut near, &mut far).await;
}
