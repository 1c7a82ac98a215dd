//! `Idempotency-Key`: a `POST` that is repeated gets the answer of the first one.
//!
//! Only success is kept: what failed changed nothing and may be tried again. A request with a key runs to its
//! end even if the caller hangs up, so that his next try finds the answer.

use app::model::Error;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::Duration;
use tracing::Instrument;

use crate::{
    http::{middleware::timeout, problem::Failure, router::BODY_LIMIT},
    services::{
        Caller,
        idempotency::{self, Verdict},
    },
    state::AppState,
};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Answers of a kept request are JSON and not longer than this.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

/// Runs a request with a key once.
pub async fn once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().cloned();
    match (request.headers().get(IDEMPOTENCY_KEY), caller) {
        (Some(key), Some(caller)) if request.method() == Method::POST && caller.user.is_some() => {
            let key = key.clone();
            run(state, caller, &key, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
        // Without an account there is nobody to keep an answer for; the handler refuses what needs one.
        _ => next.run(request).await,
    }
}

async fn run(
    state: AppState,
    caller: Caller,
    key: &HeaderValue,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=200).contains(&key.len()))
        .ok_or_else(|| Error::invalid("Idempotency-Key", "invalid"))?
        .to_owned();
    let runs_at_most = Duration::seconds(timeout::limit_of(request.uri().path()).as_secs().cast_signed() + 30);
    let (hash, request) = digest(request).await?;
    let claim = idempotency::Request { key: key.clone(), hash, runs_at_most };
    if let Verdict::Answered { status, body } = idempotency::begin(&state.deps, &caller, &claim).await? {
        return Ok(replay(status, body));
    }
    let tasks = state.tasks.clone();
    let work = async move {
        let response = std::panic::AssertUnwindSafe(next.run(request));
        match futures_util::FutureExt::catch_unwind(response).await {
            Ok(response) => remember(&state, &caller, &key, response).await,
            Err(panic) => {
                let _ = idempotency::release(&state.deps, &caller, &key).await;
                std::panic::resume_unwind(panic)
            }
        }
    };
    match tasks.spawn(work.in_current_span()).await {
        Ok(response) => Ok(response),
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Failure(Error::Unavailable { retry_after_s: 5 })),
        },
    }
}

/// What makes a request the same. A form with a file is known by its address alone: its boundary differs each
/// time, and holding a file in memory for this is not worth it.
async fn digest(request: Request) -> Result<([u8; 32], Request), Failure> {
    let (parts, body) = request.into_parts();
    let mut hasher = Sha256::new();
    hasher.update(parts.uri.path_and_query().map_or("", |address| address.as_str()));
    hasher.update([0]);
    let is_form = parts
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().to_ascii_lowercase().starts_with(b"multipart/"));
    let body = if is_form {
        body
    } else {
        let bytes: Bytes =
            to_bytes(body, BODY_LIMIT).await.map_err(|_| Error::TooLarge { code: "body_too_large".into() })?;
        hasher.update(&bytes);
        Body::from(bytes)
    };
    Ok((hasher.finalize().into(), Request::from_parts(parts, body)))
}

async fn remember(state: &AppState, caller: &Caller, key: &str, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let (bytes, kept) = if parts.status.is_success() {
        match to_bytes(body, ANSWER_LIMIT).await {
            Ok(bytes) => {
                let json: Option<Value> = serde_json::from_slice(&bytes).ok();
                let kept = idempotency::keep(&state.deps, caller, key, parts.status.as_u16(), json.as_ref()).await;
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

fn replay(status: u16, body: Option<Value>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = match body {
        Some(body) => (status, axum::Json(body)).into_response(),
        None => status.into_response(),
    };
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
