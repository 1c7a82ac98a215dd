//! Limits that people never notice: per account, or per address for whoever is not signed in.

use app::model::Error;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    cache::{Cache, Limit},
    http::{middleware::client_address::ClientAddress, problem::Failure},
    services::Caller,
    state::AppState,
};

/// Counts the request against [`Limit::Requests`].
pub async fn requests(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let user = request.extensions().get::<Caller>().and_then(|caller| caller.user.as_ref());
    let who = match user {
        Some(user) => format!("account {}", user.account),
        None => address_of(&request),
    };
    match admit(&*state.deps.cache, Limit::Requests, &who).await {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// Counts the request against [`Limit::SignIns`]; a layer of the one route that exchanges launch data.
pub async fn sign_ins(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match admit(&*state.deps.cache, Limit::SignIns, &address_of(&request)).await {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// Counts the request against [`Limit::ClientErrors`].
pub async fn client_errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match admit(&*state.deps.cache, Limit::ClientErrors, &address_of(&request)).await {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// Under which name the address of a request is counted.
pub fn address_of(request: &Request) -> String {
    request.extensions().get::<ClientAddress>().map(ClientAddress::bucket).unwrap_or_default()
}

async fn admit(cache: &dyn Cache, limit: Limit, who: &str) -> Result<(), Failure> {
    Ok(cache.admit(limit, who).await.map_err(Error::from)?)
}
