//! `POST /api/v1/client-errors`: a panic in the browser, into our log.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::http::extract::Json;

/// What the document's boot script sends.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ClientError {
    /// Where the app stopped: the stack of its functions, by numbers that `.ci/names.mjs` turns into names.
    #[schema(max_length = 4000)]
    pub message: String,
    /// Path of the page, without its query.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub page: String,
}

/// Reports a panic in the browser.
#[utoipa::path(
    post, path = "/client-errors", tag = "service", request_body = ClientError, security(()),
    responses((status = 204, description = "Noted"))
)]
pub async fn report(Json(error): Json<ClientError>) -> StatusCode {
    let message = one_line(&error.message, 4_000);
    let page = one_line(error.page.split(['?', '#']).next().unwrap_or_default(), 200);
    tracing::error!(page, message, "The browser panicked");
    StatusCode::NO_CONTENT
}

/// Cut to `limit` characters and without control characters, so that nobody writes lines into our log.
fn one_line(text: &str, limit: usize) -> String {
    text.chars().take(limit).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
