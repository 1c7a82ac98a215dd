//! Gives each request an id: in every log line, in the answer's `X-Request-Id`, in `instance` of a problem.

use app::model::error::Reference;
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

/// The header of the answer.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts a [`Reference`] into the request and opens the span of its log lines.
pub async fn assign(mut request: Request, next: Next) -> Response {
    // Not taken from the caller: an id that somebody else chose could be made to point to another's lines.
    let id = format!("{:016x}", rand::random::<u64>());
    let span = tracing::info_span!("request", request.id = %id);
    request.extensions_mut().insert(Reference(id.clone()));
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    response
}
