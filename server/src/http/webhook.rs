//! `POST /telegram/webhook`: an update from Telegram. Stored, then acknowledged; the bot handles it later.

use app::model::{Error, error::Reference};
use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
};
use secrecy::ExposeSecret;
use serde_json::Value;
use subtle::ConstantTimeEq;

use crate::{
    clock,
    http::problem::Failure,
    services::{Deps, updates::Updates},
};

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Takes an update in. There is no such address while updates come by long polling.
pub async fn receive(
    State(deps): State<Deps>,
    Extension(reference): Extension<Reference>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let secret = deps.config.telegram.webhook_secret.as_ref().ok_or(Error::NotFound)?;
    let given = headers.get(SECRET_HEADER).map(HeaderValue::as_bytes).unwrap_or_default();
    if !bool::from(given.ct_eq(secret.expose_secret().as_bytes())) {
        return Err(Error::unauthenticated("webhook_secret_wrong").into());
    }
    let update: Value = serde_json::from_slice(&body).map_err(|_| Error::unreadable("json_unreadable"))?;
    let id = update["update_id"].as_i64().ok_or_else(|| Error::invalid("update_id", "required"))?;
    Updates::new(deps).store(vec![(id, update)], clock::now(), &reference).await?;
    Ok(StatusCode::OK)
}
