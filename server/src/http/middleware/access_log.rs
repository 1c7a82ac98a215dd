//! One log line and one count per request. Never a query string, a header or a body: launch data, tokens and
//! people's names travel there.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};

use crate::state::AppState;

/// Logs and counts.
pub async fn record(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let started = Instant::now();
    let response = next.run(request).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    let route = route.as_deref().unwrap_or("-");
    state.metrics.count("vakhta_http_requests_total", format!("status=\"{}xx\"", status / 100));
    state.metrics.observe("vakhta_http_request_seconds", "", took);
    let duration_ms = took.as_millis();
    // Files, probes and signs of life are many and dull.
    let dull = ["/pkg", "/health", "/metrics", "/push"].iter().any(|path| route.starts_with(path));
    if dull && status < 400 {
        tracing::debug!(status, duration_ms, "{method} {route}");
    } else {
        tracing::info!(status, duration_ms, "{method} {route}");
    }
    response
}
