//! Nobody waits for ever.

use std::time::Duration;

use app::model::Error;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::http::problem::Failure;

/// How long a request for this path may run. An import reads 32 MiB over a
/// telephone's line and stores them; an export writes everybody before it answers.
#[must_use]
pub fn limit_of(path: &str) -> Duration {
    let is_file = path.ends_with("/import") || path.ends_with("/export") || path.contains("/downloads/");
    Duration::from_secs(if is_file { 15 * 60 } else { 30 })
}

/// Gives up a request that takes longer.
pub async fn limit(request: Request, next: Next) -> Response {
    let limit = limit_of(request.uri().path());
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("Given up after {limit:?}");
            Failure(Error::Unavailable { retry_after_s: 10 }).into_response()
        }
    }
}
