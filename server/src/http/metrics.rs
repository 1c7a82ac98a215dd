//! `GET /metrics` for those who have the token, or sit on this machine.

use app::model::Error;
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use crate::{
    http::{middleware::client_address::ClientAddress, problem::Failure},
    state::AppState,
};

/// Prometheus text.
pub async fn text(
    State(state): State<AppState>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
) -> Response {
    let admitted = match &state.deps.config.telemetry.metrics_token {
        Some(token) => {
            bearer(&headers).is_some_and(|given| given.as_bytes().ct_eq(token.expose_secret().as_bytes()).into())
        }
        None => client.address.is_loopback() && !client.proxied && !forwarded(&headers),
    };
    if !admitted {
        return Failure(Error::forbidden()).into_response();
    }
    state.metrics.set("vakhta_database_connections", "", f64::from(state.deps.db.size()));
    let body = state.metrics.render();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], body)
        .into_response()
}

/// A proxy on this machine that nobody named still says that the request is not its own.
fn forwarded(headers: &HeaderMap) -> bool {
    headers.contains_key("x-forwarded-for")
        || headers.contains_key(header::FORWARDED)
        || headers.contains_key(header::VIA)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
