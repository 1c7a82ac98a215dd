//! My sessions.

use app::{
    backend::Settings as _,
    model::{ids::SessionId, page::Page, user::Session},
};
use axum::{extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        extract::{Json, Path},
        problem::Failure,
    },
    services::{Caller, Deps, accounts::Accounts},
    state::AppState,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(end))
}

/// My live sessions, the one that asks first. All of them: `next` is always absent.
#[utoipa::path(
    get, path = "/sessions", tag = "session",
    responses((status = 200, description = "My sessions", body = Page<Session>))
)]
async fn list(State(deps): State<Deps>, caller: Caller) -> Result<Json<Page<Session>>, Failure> {
    let items = Accounts::new(deps, caller).sessions().await?;
    Ok(Json(Page { items, next: None }))
}

/// Ends one of my sessions; who used it is signed out within a second.
#[utoipa::path(
    delete, path = "/sessions/{id}", tag = "session",
    params(("id" = SessionId, Path, description = "The session")),
    responses((status = 204, description = "Ended"))
)]
async fn end(State(deps): State<Deps>, caller: Caller, Path(id): Path<SessionId>) -> Result<StatusCode, Failure> {
    Accounts::new(deps, caller).end_session(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
