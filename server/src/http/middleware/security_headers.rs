//! Headers that tell the browser what a page may do. The app may be framed by Telegram's web clients only;
//! there is no `X-Frame-Options`, which cannot say that.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::state::AppState;

/// The value that inline scripts of this answer carry; made anew for each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptNonce(pub Arc<str>);

/// Puts a [`ScriptNonce`] into the request and the headers into the answer.
pub async fn add(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = format!("{:032x}", rand::random::<u128>());
    request.extensions_mut().insert(ScriptNonce(nonce.as_str().into()));
    let mut response = next.run(request).await;
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    let config = &state.deps.config;
    let policy = if is_page {
        page_policy(&nonce, &config.telegram.web_origins)
    } else {
        "default-src 'none'; frame-ancestors 'none'; sandbox".to_owned()
    };
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
    if config.web.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if is_page && !headers.contains_key(header::CACHE_CONTROL) {
        // A page holds what this caller may see.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    response
}

fn page_policy(nonce: &str, frames: &[String]) -> String {
    let frames = frames.join(" ");
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'self' {frames}"
    )
}
