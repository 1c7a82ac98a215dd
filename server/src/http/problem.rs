//! Failures on the wire: [`Error`] → status and `application/problem+json` (RFC 9457).
//!
//! A handler answers with a [`Failure`]; [`render`] words it once the request id and the language are known,
//! and words as well what the framework refuses by itself.

use app::{
    i18n::texts,
    model::{
        Error,
        error::{Problem, Reference},
        user::Language,
    },
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use serde_json::value::RawValue;

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
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Words failures: those of handlers, and bare refusals of the framework below `/api`.
pub async fn render(request: Request, next: Next) -> Response {
    let reference = request.extensions().get::<Reference>().cloned().unwrap_or_else(|| Reference(String::new()));
    let fallback_language = language::preferred(request.headers());
    let is_api = request.uri().path().starts_with("/api/");
    let wants_page =
        !is_api && request.headers().get(header::ACCEPT).is_some_and(|kinds| contains(kinds.as_bytes(), b"text/html"));
    let mut response = next.run(request).await;
    let language = response.extensions().get::<Language>().copied().unwrap_or(fallback_language);
    if let Some(Failure(error)) = response.extensions_mut().remove::<Failure>() {
        let answer = worded(status_of(&error), &error, language, &reference);
        return if wants_page { as_page(answer, &error, language, &reference) } else { answer };
    }
    let status = response.status();
    if !(is_api && is_bare(&response) && (status.is_client_error() || status.is_server_error())) {
        return response;
    }
    let mut answer = worded(status, &error_of(status, &reference), language, &reference);
    // `Allow` stays.
    for (name, value) in response.headers() {
        if !answer.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
}

/// Whether nobody gave the answer a body that somebody can read.
fn is_bare(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn worded(status: StatusCode, error: &Error, language: Language, reference: &Reference) -> Response {
    let reference = match error {
        Error::Internal(own) if !own.0.is_empty() => own,
        _ => reference,
    };
    let (field, current) = match error {
        Error::Invalid { field, .. } if !field.is_empty() => (Some(field.clone()), None),
        Error::Conflict { current: Some(current), .. } => (None, RawValue::from_string(current.to_string()).ok()),
        _ => (None, None),
    };
    let problem = Problem {
        r#type: format!("urn:vakhta:problem:{}", error.code()),
        title: status.canonical_reason().unwrap_or("Error").to_owned(),
        status: status.as_u16(),
        detail: texts(language).error(error),
        instance: reference.0.clone(),
        code: error.code().to_owned(),
        field,
        current,
    };
    let mut response = Response::new(Body::from(serde_json::to_vec(&problem).unwrap_or_default()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match error {
        Error::TooMany { retry_after_s } | Error::Unavailable { retry_after_s } => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_s));
        }
        Error::Unauthenticated { .. } => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer, tma"));
        }
        _ => {}
    }
    response
}

/// The same for somebody who looks at a page: the app itself could not be rendered.
fn as_page(answer: Response, error: &Error, language: Language, reference: &Reference) -> Response {
    let t = texts(language);
    // All of it is our own text: nothing has to be escaped.
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body><h1>{}</h1><p>{}</p><p>{}</p></body></html>",
        language.as_str(),
        t.common_app_name(),
        t.error_title(),
        t.error(error),
        t.common_reference(&reference.0),
    );
    let (mut parts, _) = answer.into_parts();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, Body::from(html))
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// The error a bare refusal of the framework stands for.
fn error_of(status: StatusCode, reference: &Reference) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Error::unreadable("method_not_allowed"),
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { code: "body_too_large".into() },
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::Unsupported { code: "unsupported_media_type".into() },
        StatusCode::UNPROCESSABLE_ENTITY => Error::invalid("", "invalid"),
        status if status.is_client_error() => Error::unreadable("unreadable"),
        _ => Error::Internal(reference.clone()),
    }
}
