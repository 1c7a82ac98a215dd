//! HTTP as a small device speaks it: one answer for each connection. Written by hand, because most of what it
//! does wrong on purpose a proper server would not do.

use std::{io, time::Duration};

use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::fleet::{
    fault::Fault,
    plan::{KEYWORD, Server},
};

const LONGEST_HEAD: usize = 16 * 1024;
/// How long a caller who has his answer may keep the connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a server says of itself.
pub(super) struct Site {
    name: String,
    group: String,
}

impl Site {
    pub(super) fn new(server: &Server) -> Self {
        Self { name: server.name.clone(), group: server.group.clone() }
    }

    /// Reads one request and answers it.
    pub(super) async fn answer(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin, fault: Fault) -> io::Result<()> {
        let path = read_path(&mut stream).await?;
        if fault == Fault::EndlessBody {
            return pour(stream).await;
        }
        stream.write_all(self.response(&path, fault).as_bytes()).await?;
        stream.shutdown().await?;
        // Closing with something unread would reset the connection before the answer is read.
        let _ = tokio::time::timeout(PATIENCE, drain(stream)).await;
        Ok(())
    }

    fn response(&self, path: &str, fault: Fault) -> String {
        match (fault, path) {
            (Fault::ServerError, _) => response("500 Internal Server Error", "", "text/plain", "внутренняя ошибка\n"),
            (Fault::RedirectCircle, _) => {
                let next = if path == "/here" { "/there" } else { "/here" };
                response("302 Found", &format!("location: {next}\r\n"), "text/plain", "")
            }
            (_, "/health") => {
                let state = if fault == Fault::WrongAnswer { "failing" } else { "ok" };
                let nodes = ["a", "b"].map(|node| json!({"name": format!("{}-{node}", self.name), "state": state}));
                let health = json!({"status": state, "name": self.name, "nodes": nodes});
                response("200 OK", "", "application/json", &health.to_string())
            }
            (_, "/") => {
                let word = if fault == Fault::WrongAnswer { "на обслуживании" } else { KEYWORD };
                response("200 OK", "", "text/plain", &format!("{}: {} {word}\n", self.group, self.name))
            }
            _ => response("404 Not Found", "", "text/plain", "нет такой страницы\n"),
        }
    }
}

fn response(status: &str, headers: &str, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-type: {kind}; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// The path of a request, without its query.
async fn read_path(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<String> {
    let mut head = Vec::with_capacity(512);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 || head.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    let line = String::from_utf8_lossy(&head);
    let path = line.split_whitespace().nth(1).unwrap_or("/");
    Ok(path.split('?').next().unwrap_or_default().to_owned())
}

async fn drain(mut stream: impl AsyncRead + Unpin) {
    let mut rest = [0; 512];
    while matches!(stream.read(&mut rest).await, Ok(read) if read > 0) {}
}

/// A body without an end; it ends with whoever reads it.
async fn pour(mut stream: impl AsyncWrite + Unpin) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n").await?;
    let water = [b'~'; 16 * 1024];
    loop {
        stream.write_all(&water).await?;
    }
}
