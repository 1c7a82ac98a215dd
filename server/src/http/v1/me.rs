//! The one asking.

use app::{
    backend::{Accounts as _, Settings as _},
    model::user::{Language, User},
};
use axum::extract::State;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::AuthUser,
    http::{extract::Json, problem::Failure},
    services::{Caller, Deps, accounts::Accounts},
    state::AppState,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(me, change)).routes(routes!(request_access))
}

/// What I may change about myself; absent means "as it is".
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
struct MePatch {
    /// The language of the interface and of messages.
    #[serde(default)]
    language: Option<Language>,
}

/// Who I am here.
#[utoipa::path(
    get, path = "/me", tag = "me",
    responses((status = 200, description = "The account that asks", body = User))
)]
async fn me(State(deps): State<Deps>, caller: Caller) -> Result<Json<User>, Failure> {
    Ok(Json(Accounts::new(deps, caller).me().await?))
}

/// Changes my language.
#[utoipa::path(
    patch, path = "/me", tag = "me", request_body = MePatch,
    responses((status = 200, description = "The account as it is now", body = User))
)]
async fn change(
    State(deps): State<Deps>,
    caller: Caller,
    _signed_in: AuthUser,
    Json(patch): Json<MePatch>,
) -> Result<Json<User>, Failure> {
    let accounts = Accounts::new(deps, caller);
    Ok(Json(match patch.language {
        Some(language) => accounts.set_language(language).await?,
        None => accounts.me().await?,
    }))
}

/// A guest asks for access; asking again changes nothing.
#[utoipa::path(
    post, path = "/me/access-request", tag = "me",
    responses((status = 200, description = "Asked", body = User))
)]
async fn request_access(State(deps): State<Deps>, caller: Caller) -> Result<Json<User>, Failure> {
    Ok(Json(Accounts::new(deps, caller).request_access().await?))
}
