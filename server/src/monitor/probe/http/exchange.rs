//! One request over one connection.

use std::pin::pin;

use app::model::monitor::Reason;
use http_body_util::Empty;
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    client::conn::http1,
    header,
};
use hyper_util::rt::TokioIo;
use url::{Position, Url};

use super::super::tls::{self, Stream};

/// The heads of answers are no longer.
const MOST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;
const USER_AGENT: &str = concat!("Vakhta/", env!("CARGO_PKG_VERSION"));

/// The head of an answer, and its body still to be read.
pub type Answer = Response<Incoming>;

/// Asks, and judges the answer while the connection is open. It is closed afterwards, read to its end or not.
pub async fn exchange<T>(
    stream: Box<dyn Stream>,
    url: &Url,
    judge: impl AsyncFnOnce(Answer) -> Result<T, Reason>,
) -> Result<T, Reason> {
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MOST_HEAD)
        .max_headers(MOST_HEADERS)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| reason(&error))?;
    let asked = async {
        let request = request(url).ok_or_else(|| Reason::new("http_failed"))?;
        judge(sender.send_request(request).await.map_err(|error| reason(&error))?).await
    };
    let (mut asked, mut connection) = (pin!(asked), pin!(connection));
    tokio::select! {
        biased;
        answer = &mut asked => answer,
        // The other side has closed; what it said until then is still to be judged.
        _ = &mut connection => asked.await,
    }
}

/// A failure of an exchange.
pub fn reason(error: &hyper::Error) -> Reason {
    let io = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    match io {
        Some(io) => tls::reason(io),
        None if error.is_incomplete_message() || error.is_closed() || error.is_canceled() => Reason::new("closed"),
        None => Reason::new("http_failed"),
    }
}

fn request(url: &Url) -> Option<Request<Empty<Bytes>>> {
    Request::get(&url[Position::BeforePath..Position::AfterQuery])
        .header(header::HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(header::USER_AGENT, USER_AGENT)
        .header(header::ACCEPT, "*/*")
        .header(header::ACCEPT_ENCODING, "identity")
        .header(header::CONNECTION, "close")
        .body(Empty::new())
        .ok()
}
