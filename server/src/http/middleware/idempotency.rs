//! `Idempotency-Key`: a `POST` that is repeated gets the answer of the first one.
//!
//! Only success is kept: what failed changed nothing and may be tried again. A request with a key runs to its
//! end even if the caller hangs up, so that his next try finds the answer.

use std::panic::{AssertUnwindSafe, resume_unwind};

use app::model::Error;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt as _;
use sha2::{Digest, Sha256};
use time::Duration;

use crate::{
    http::{
        middleware::timeout,
        problem::Failure,
        router::BODY_LIMIT,
        v1::{imports, tickets},
        work::to_its_end,
    },
    services::{
        Caller,
        idempotency::{self, Answer, Verdict},
    },
    state::AppState,
};

/// The header.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Answers of a kept request are JSON and not longer than this.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

/// Runs a request with a key once.
pub async fn once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().cloned();
    // That route knows what was sent only when all of it is there, and then calls [`keyed`] itself.
    let is_upload = request.uri().path() == imports::ADDRESS;
    match caller {
        Some(caller) if request.method() == Method::POST && caller.user.is_some() && !is_upload => {
            run(state, caller, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
        // Without an account there is nobody to keep an answer for; the handler refuses what needs one.
        _ => next.run(request).await,
    }
}

async fn run(state: AppState, caller: Caller, request: Request, next: Next) -> Result<Response, Failure> {
    let Some(key) = Key::of(request.headers(), request.uri())? else { return Ok(next.run(request).await) };
    let (parts, body) = request.into_parts();
    let limit = if tickets::ADDRESSES.contains(&parts.uri.path()) { tickets::BODY } else { BODY_LIMIT };
    let body = to_bytes(body, limit).await.map_err(|_| Error::TooLarge { code: "body_too_large".into() })?;
    let key = key.with(&body);
    keyed(state, caller, key, next.run(Request::from_parts(parts, Body::from(body)))).await
}

/// The key of a request, and what makes a request the same.
pub struct Key {
    name: String,
    digest: Sha256,
    runs_at_most: Duration,
}

impl Key {
    /// The key that these headers carry, if they carry one.
    ///
    /// # Errors
    /// `Invalid` (`Idempotency-Key`) for one that can be none.
    pub fn of(headers: &HeaderMap, address: &Uri) -> Result<Option<Self>, Error> {
        let Some(name) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
        let name = name
            .to_str()
            .ok()
            .filter(|name| (1..=200).contains(&name.len()))
            .ok_or_else(|| Error::invalid("Idempotency-Key", "invalid"))?;
        let runs_at_most = Duration::seconds(timeout::limit_of(address.path()).as_secs().cast_signed() + 30);
        let key = Self { name: name.to_owned(), digest: Sha256::new(), runs_at_most };
        Ok(Some(key.with(address.path_and_query().map_or("", |address| address.as_str()).as_bytes()).with(&[0])))
    }

    /// What was sent belongs to the request as well.
    #[must_use]
    pub fn with(mut self, content: &[u8]) -> Self {
        self.digest.update(content);
        self
    }
}

/// Does the work of a request with this key, or answers as the first time.
///
/// # Errors
/// As [`idempotency::begin`].
pub async fn keyed(
    state: AppState,
    caller: Caller,
    key: Key,
    work: impl Future<Output = Response> + Send + 'static,
) -> Result<Response, Failure> {
    let Key { name, digest, runs_at_most } = key;
    let claim = idempotency::Request { key: name.clone(), hash: digest.finalize().into(), runs_at_most };
    if let Verdict::Answered(kept) = idempotency::begin(&state.deps, &caller, &claim).await? {
        return Ok(replay(kept));
    }
    let keeper = state.clone();
    to_its_end(&state, async move {
        match AssertUnwindSafe(work).catch_unwind().await {
            Ok(response) => remember(&keeper, &caller, &name, response).await,
            Err(panic) => {
                let _ = idempotency::release(&keeper.deps, &caller, &name).await;
                resume_unwind(panic)
            }
        }
    })
    .await
}

async fn remember(state: &AppState, caller: &Caller, key: &str, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let (bytes, kept) = if parts.status.is_success() {
        match to_bytes(body, ANSWER_LIMIT).await {
            Ok(bytes) => {
                let location = parts.headers.get(header::LOCATION).and_then(|location| location.to_str().ok());
                let answer = Answer {
                    status: parts.status.as_u16(),
                    location: location.map(str::to_owned),
                    body: serde_json::from_slice(&bytes).ok(),
                };
                let kept = idempotency::keep(&state.deps, caller, key, &answer).await;
                (Body::from(bytes), kept)
            }
            Err(_) => {
                tracing::error!("An answer is too long to be kept");
                (Body::empty(), idempotency::release(&state.deps, caller, key).await)
            }
        }
    } else {
        (body, idempotency::release(&state.deps, caller, key).await)
    };
    if let Err(error) = kept {
        // The work is done; only a repetition would notice.
        tracing::warn!(%error, "The answer of a request with a key is not kept");
    }
    Response::from_parts(parts, bytes)
}

fn replay(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = match answer.body {
        Some(body) => (status, axum::Json(body)).into_response(),
        None => status.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    if let Some(location) = answer.location.and_then(|location| HeaderValue::try_from(location).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}
