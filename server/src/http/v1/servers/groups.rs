//! `/groups`: groups of servers.

use app::{
    backend::Servers as _,
    model::{ids::GroupId, page::Page, server::Group},
};
use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        extract::{Json, Path},
        problem::Failure,
    },
    services::{Caller, Deps, servers::Servers},
    state::AppState,
};

/// All of it.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(rename, delete))
}

/// What a group is called.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub(super) struct GroupName {
    /// Unique, 1 to 100 characters.
    name: String,
}

/// All groups by name.
#[utoipa::path(
    get, path = "/groups", tag = "servers",
    responses((status = 200, description = "The groups", body = Page<Group>))
)]
async fn list(State(deps): State<Deps>, caller: Caller) -> Result<Json<Page<Group>>, Failure> {
    let items = Servers::new(deps, caller).groups().await?;
    Ok(Json(Page { items, next: None }))
}

/// Makes a group.
#[utoipa::path(
    post, path = "/groups", tag = "servers", request_body(content = GroupName, example = json!({ "name": "Почта" })),
    responses((status = 201, description = "Made", body = Group))
)]
async fn create(
    State(deps): State<Deps>,
    caller: Caller,
    Json(named): Json<GroupName>,
) -> Result<(StatusCode, Json<Group>), Failure> {
    let group = Servers::new(deps, caller).create_group(named.name, String::new()).await?;
    Ok((StatusCode::CREATED, Json(group)))
}

/// Renames a group.
#[utoipa::path(
    patch, path = "/groups/{id}", tag = "servers", params(("id" = GroupId, Path, example = "3")),
    request_body(content = GroupName, example = json!({ "name": "Почта и веб" })),
    responses((status = 200, description = "Renamed", body = Group))
)]
async fn rename(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<GroupId>,
    Json(named): Json<GroupName>,
) -> Result<Json<Group>, Failure> {
    Ok(Json(Servers::new(deps, caller).rename_group(id, named.name).await?))
}

/// Takes a group away; its servers are without one.
#[utoipa::path(
    delete, path = "/groups/{id}", tag = "servers", params(("id" = GroupId, Path, example = "3")),
    responses((status = 204, description = "Gone"))
)]
async fn delete(State(deps): State<Deps>, caller: Caller, Path(id): Path<GroupId>) -> Result<StatusCode, Failure> {
    Servers::new(deps, caller).delete_group(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
