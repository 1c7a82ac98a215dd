//! What handlers name in their arguments: the caller, the one signed in, and bodies, queries and paths whose
//! refusals are problems of the contract.

use app::model::{Error, error::Reference};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{auth::AuthUser, http::problem::Failure, services::Caller};

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        // Missing only if a route was added beside the layers.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Failure(Error::Internal(Reference(String::new()))))
    }
}

impl<S: Sync> FromRequestParts<S> for AuthUser {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let caller = Caller::from_request_parts(parts, state).await?;
        Ok(caller.signed_in()?.clone())
    }
}

/// A JSON body, read or answered.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let is_json =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
                value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
            });
        if !is_json {
            return Err(Failure(Error::Unsupported { code: "json_expected".into() }));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|refusal| Failure(body_error(&refusal)))?;
        parse(&bytes).map(Self).map_err(Failure)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// What a body that cannot be taken in is to the caller.
#[must_use]
pub fn body_error(refusal: &BytesRejection) -> Error {
    match refusal.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { code: "body_too_large".into() },
        _ => Error::unreadable("body_unreadable"),
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        // `phones[0].number` is written `phones.0.number` on the wire.
        let path = error.path().to_string().replace('[', ".").replace(']', "");
        if error.inner().is_data() {
            Error::invalid(if path == "." { "" } else { &path }, "invalid")
        } else {
            Error::unreadable("json_unreadable")
        }
    })?;
    reader.end().map_err(|_| Error::unreadable("json_unreadable"))?;
    Ok(value)
}

/// A query string.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(_) => Err(Failure(Error::unreadable("query_unreadable"))),
        }
    }
}

/// Parts of the path. One that cannot be read names nothing: 404.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(Failure(Error::NotFound)),
        }
    }
}
