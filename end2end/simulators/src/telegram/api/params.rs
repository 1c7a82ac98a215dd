//! Parameters of a call: query string, form, multipart or JSON, the same to the methods.

use axum::{
    body::to_bytes,
    extract::{Form, FromRequest as _, Multipart, Request},
    http::header::CONTENT_TYPE,
};
use serde_json::{Map, Value};

use super::{ApiError, Result};

const BODY_LIMIT: usize = 1 << 20;

/// Parameters by name. Outside JSON bodies all values are texts; the readers below accept both.
#[derive(Clone, Debug, Default)]
pub(in crate::telegram) struct Params(Map<String, Value>);

impl Params {
    pub(super) async fn read(request: Request) -> Result<Self> {
        let (query, request) = super::query(request).await;
        let mut all: Map<String, Value> = query.into_iter().map(|(key, value)| (key, Value::String(value))).collect();
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
        if content_type.starts_with("application/json") {
            let body = to_bytes(request.into_body(), BODY_LIMIT).await;
            let body = body.map_err(|_| ApiError::new(413, "Request Entity Too Large"))?;
            match serde_json::from_slice(&body) {
                Ok(Value::Object(fields)) => all.extend(fields),
                _ if body.is_empty() => {}
                _ => return Err(ApiError::bad("can't parse request body as JSON object")),
            }
        } else if content_type.starts_with("application/x-www-form-urlencoded") {
            if let Ok(Form(fields)) = Form::<Vec<(String, String)>>::from_request(request, &()).await {
                all.extend(fields.into_iter().map(|(key, value)| (key, Value::String(value))));
            }
        } else if content_type.starts_with("multipart/form-data")
            && let Ok(mut parts) = Multipart::from_request(request, &()).await
        {
            while let Ok(Some(part)) = parts.next_field().await {
                let name = part.name().unwrap_or_default().to_owned();
                all.insert(name, Value::String(part.text().await.unwrap_or_default()));
            }
        }
        Ok(Self(all))
    }

    pub(super) fn into_inner(self) -> Map<String, Value> {
        self.0
    }

    /// A text; numbers are read as texts too.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A whole number.
    pub(super) fn int(&self, name: &str) -> Option<i64> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A switch; absent is off.
    pub(super) fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.to_ascii_lowercase().as_str(), "true" | "1" | "yes"),
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// An object or array, also as JSON in a text.
    pub(super) fn json(&self, name: &str) -> Result<Option<Value>> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| ApiError::bad(format!("can't parse {}: Can't parse JSON object", name.replace('_', " ")))),
            Some(value) => Ok(Some(value.clone())),
        }
    }
}
