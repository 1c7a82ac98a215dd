//! A GET request and what has to come back.
//!
//! Each redirect is another host, another address that has to be allowed, another connection. Nothing of a body is
//! read unless something has to be in it, and never more than a MiB; compression is not asked for, so nothing
//! grows behind our back.

mod body;
mod exchange;

use app::model::monitor::Reason;
use hyper::{StatusCode, header::LOCATION};
use tokio::time::Instant;
use url::Url;

use self::exchange::{Answer, exchange};
use super::{
    super::{
        allowed::Allowed,
        target::{Host, Http},
    },
    Good, Probes,
    tls::Stream,
};

/// What one request came to.
enum Hop {
    /// It is as it should be.
    Good,
    /// It is somewhere else.
    Elsewhere(Url),
}

impl Probes {
    pub(super) async fn http(&self, look: &Http, allowed: &Allowed) -> Result<Good, Reason> {
        let mut begun = None;
        let mut url = look.url.clone();
        let mut left = look.redirects;
        loop {
            let (stream, address, connected) = self.open(look, &url, allowed).await?;
            let begun = *begun.get_or_insert(connected);
            let hop = exchange(stream, &url, async |answer| judge(look, &url, answer).await).await?;
            match hop {
                Hop::Good => return Ok(Good { latency: begun.elapsed(), note: Some(address) }),
                Hop::Elsewhere(_) if left == 0 => {
                    return Err(Reason::new("too_many_redirects").wanted(look.redirects));
                }
                Hop::Elsewhere(next) => (url, left) = (next, left - 1),
            }
        }
    }

    async fn open(
        &self,
        look: &Http,
        url: &Url,
        allowed: &Allowed,
    ) -> Result<(Box<dyn Stream>, String, Instant), Reason> {
        let failed = || Reason::new("http_failed");
        let host = Host::of_url(url).ok_or_else(failed)?;
        let port = url.port_or_known_default().ok_or_else(failed)?;
        let connection = self.connect(&host, port, allowed).await?;
        let (address, begun) = (connection.address.to_string(), connection.begun);
        if url.scheme() == "http" {
            return Ok((Box::new(connection.stream), address, begun));
        }
        let stream = self.trust.handshake(connection.stream, &host, look.authorities.as_ref()).await?;
        Ok((Box::new(stream), address, begun))
    }
}

async fn judge(look: &Http, url: &Url, answer: Answer) -> Result<Hop, Reason> {
    let status = answer.status();
    if look.statuses.contain(status.as_u16()) {
        body::judge(look.body.as_ref(), answer).await?;
        return Ok(Hop::Good);
    }
    // Who follows none wants to know of the first.
    match elsewhere(&answer, url).filter(|_| look.redirects > 0) {
        Some(next) => Ok(Hop::Elsewhere(next)),
        None => Err(Reason::new("http_status").got(status.as_u16()).wanted(look.statuses.as_str())),
    }
}

/// Where a redirect leads, if it is one and leads to where a browser would go.
fn elsewhere(answer: &Answer, url: &Url) -> Option<Url> {
    let redirects = matches!(
        answer.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = answer.headers().get(LOCATION).filter(|_| redirects)?.to_str().ok()?;
    url.join(location).ok().filter(|next| matches!(next.scheme(), "http" | "https"))
}
