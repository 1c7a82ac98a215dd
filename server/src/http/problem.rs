//! Failures on the wire: [`Error`] → status and `application/problem+json` (RFC 9457).
//!
//! A handler answers with a [`Failure`]; [`render`] words it once the request id and the language are known,
//! and words as well what the framework refuses by itself.

use app::model::{
    Error,
    error::{Problem, Reference},
    user::Language,
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::http::language;

/// An [`Error`] as an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status_of(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status an error has on the wire.
#[must_use]
pub fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::Unreadable { .. } => StatusCode::BAD_REQUEST,
        Error::Unauthenticated { .. } => StatusCode::UNAUTHORIZED,
        Error::Forbidden { .. } => StatusCode::FORBIDDEN,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Unsupported { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Words failures: those of handlers, and bare refusals of the framework below `/api`.
pub async fn render(request: Request, next: Next) -> Response {
    let reference = request.extensions().get::<Reference>().cloned().unwrap_or_else(|| Reference(String::new()));
    let fallback_language = language::preferred(request.headers());
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let language = response.extensions().get::<Language>().copied().unwrap_or(fallback_language);
    if let Some(Failure(error)) = response.extensions_mut().remove::<Failure>() {
        return worded(&error, language, &reference);
    }
    let status = response.status();
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE)
        || response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"text/plain"));
    if is_api && (status.is_client_error() || status.is_server_error()) && is_bare {
        let (parts, _) = response.into_parts();
        let mut answer = bare(status, &reference);
        // `Allow` and `Retry-After` stay.
        for (name, value) in &parts.headers {
            if !answer.headers().contains_key(name) && name != header::CONTENT_LENGTH {
                answer.headers_mut().append(name, value.clone());
            }
        }
        return answer;
    }
    response
}

fn worded(error: &Error, language: Language, reference: &Reference) -> Response {
    let status = status_of(error);
    let reference = match error {
        Error::Internal(own) if !own.0.is_empty() => own,
        _ => reference,
    };
    let field = match error {
        Error::Invalid { field, .. } if !field.is_empty() => Some(field.clone()),
        _ => None,
    };
    let current = match error {
        Error::Conflict { current, .. } => current.as_deref().cloned(),
        _ => None,
    };
    let mut response = respond(
        status,
        &Problem {
            r#type: format!("urn:vakhta:problem:{}", error.code()),
            title: title(status).to_owned(),
            status: status.as_u16(),
            detail: detail(error, language),
            instance: reference.0.clone(),
            code: error.code().to_owned(),
            field,
            current,
        },
    );
    match error {
        Error::TooMany { retry_after_s } | Error::Unavailable { retry_after_s } => {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_s));
        }
        Error::Unauthenticated { .. } => {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer, tma"));
        }
        _ => {}
    }
    response
}

fn bare(status: StatusCode, reference: &Reference) -> Response {
    let code = match status {
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::UNPROCESSABLE_ENTITY => "invalid",
        status if status.is_client_error() => "unreadable",
        _ => "internal",
    };
    respond(
        status,
        &Problem {
            r#type: format!("urn:vakhta:problem:{code}"),
            title: title(status).to_owned(),
            status: status.as_u16(),
            detail: title(status).to_owned(),
            instance: reference.0.clone(),
            code: code.to_owned(),
            field: None,
            current: None,
        },
    )
}

fn respond(status: StatusCode, problem: &Problem) -> Response {
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn title(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}

fn detail(error: &Error, _language: Language) -> String {
    error.to_string()
}
