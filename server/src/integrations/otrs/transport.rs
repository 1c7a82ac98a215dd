//! One exchange with a web service: its limits, and what can be known of one that broke off.

use std::{
    error::Error as _,
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use reqwest::{Method, Response, header, redirect};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use tokio::{sync::Semaphore, time::timeout};
use tracing::debug;
use url::Url;

use super::{
    Failure,
    breaker::Breaker,
    failure::{self, Raw},
    request::Question,
};
use crate::config::otrs::Operation;

/// What one client takes upon itself and upon OTRS.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Exchanges at once; each holds a process of the web server there.
    pub parallel: usize,
    /// How long to wait for one of these places.
    pub waiting: Duration,
    /// Until there is a connection.
    pub connecting: Duration,
    /// From the question to the end of the answer.
    pub answering: Duration,
    /// Bytes of an answer: a ticket with all its files is one answer.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            parallel: 4,
            waiting: Duration::from_secs(20),
            connecting: Duration::from_secs(5),
            answering: Duration::from_secs(60),
            answer_bytes: 128 << 20,
        }
    }
}

/// An answer that was understood.
#[derive(Debug)]
pub(super) struct Answer {
    pub body: Value,
    /// When it was given, by the clock of the web server: the only absolute time of an answer.
    pub date: Option<OffsetDateTime>,
}

/// The line to a web service.
pub(super) struct Transport {
    http: reqwest::Client,
    /// Without a slash at its end.
    base: Url,
    limits: Limits,
    places: Semaphore,
    breaker: Mutex<Breaker>,
    begun: Instant,
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base", &self.base.as_str())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Transport {
    pub fn new(base: Url, limits: Limits) -> anyhow::Result<Self> {
        // Questions carry sessions: they are not repeated elsewhere, and no other host learns them from a `Referer`.
        let http = reqwest::Client::builder()
            .connect_timeout(limits.connecting)
            .redirect(redirect::Policy::none())
            .referer(false)
            // Web servers close an idle connection after five seconds; a change that meets that moment would be unclear.
            .pool_idle_timeout(Duration::from_secs(4))
            .user_agent(concat!("vakhta/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let places = Semaphore::new(limits.parallel);
        Ok(Self { http, base, limits, places, breaker: Mutex::default(), begun: Instant::now() })
    }

    /// Asks once and understands the answer.
    pub async fn exchange(&self, operation: Operation, question: &Question) -> Result<Answer, Failure> {
        let busy = |retry_after| Failure::Busy { retry_after };
        let place = timeout(self.limits.waiting, self.places.acquire()).await;
        let _place = place.map_err(|_| busy(self.limits.waiting))?.map_err(|_| busy(self.limits.waiting))?;
        self.breaker().permit(self.begun.elapsed()).map_err(busy)?;
        let limit = self.limits.answering;
        let late = || Failure::after_sending(operation, format!("no answer for {} s", limit.as_secs()));
        let asked = Instant::now();
        let answer = timeout(limit, self.send(operation, question)).await.unwrap_or_else(|_| Err(late()));
        // Never the place: it may hold the session.
        let duration_ms = u64::try_from(asked.elapsed().as_millis()).unwrap_or(u64::MAX);
        debug!(otrs.operation = %operation, duration_ms, is_ok = answer.is_ok(), "OTRS was asked for {operation}");
        match &answer {
            Err(Failure::Unavailable(_) | Failure::Unclear(_)) => self.breaker().failed(self.begun.elapsed()),
            _ => self.breaker().succeeded(),
        }
        answer
    }

    async fn send(&self, operation: Operation, question: &Question) -> Result<Answer, Failure> {
        // Joined as texts: a place may begin with a number and a colon, and a double slash is another route (344).
        let address = format!("{}{}", self.base.as_str().trim_end_matches('/'), question.place);
        let method = Method::from_bytes(question.method.as_bytes()).unwrap_or_default();
        let mut request = self.http.request(method, address);
        if let Some(body) = &question.body {
            request = request.json(body);
        }
        let mut response = request.send().await.map_err(|error| broken(operation, error))?;
        let bytes = self.read(operation, &mut response).await?;
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let raw = Raw {
            status: response.status().as_u16(),
            has_type: response.headers().contains_key(header::CONTENT_TYPE),
            retry_after: header(header::RETRY_AFTER).and_then(|text| text.parse().ok()).map(Duration::from_secs),
            body: &bytes,
        };
        let date = header(header::DATE).and_then(|text| OffsetDateTime::parse(text, &Rfc2822).ok());
        failure::judge(operation, &raw).map(|body| Answer { body, date })
    }

    async fn read(&self, operation: Operation, response: &mut Response) -> Result<Vec<u8>, Failure> {
        let most = self.limits.answer_bytes;
        // A change has happened by now, however long the answer is.
        let too_large = || match operation.changes() {
            true => Failure::Unclear("a longer answer than is read".to_owned()),
            false => Failure::TooLarge("the answer"),
        };
        if response.content_length().is_some_and(|length| length > most as u64) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(operation, error))? {
            if bytes.len() + chunk.len() > most {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    fn breaker(&self) -> std::sync::MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of an exchange that broke off: without a connection nothing was sent.
fn broken(operation: Operation, error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        line = format!("{line}: {cause}");
        source = cause.source();
    }
    if error.is_builder() {
        Failure::Misconfigured(line)
    } else if error.is_connect() {
        Failure::Unavailable(line)
    } else {
        Failure::after_sending(operation, line)
    }
}
