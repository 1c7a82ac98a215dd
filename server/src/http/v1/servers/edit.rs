//! Entering, changing and removing servers.

use app::{
    backend::Servers as _,
    model::{
        ids::ServerId,
        server::{Server, ServerDraft, ServerPatch},
    },
};
use axum::{
    extract::State,
    http::{HeaderName, StatusCode, header},
};

use crate::{
    http::{
        extract::{Json, Path},
        problem::Failure,
        v1::examples,
    },
    services::{Caller, Deps, servers::Servers},
};

/// Enters a server with its monitors; without any it gets a ping.
///
/// The address that a `push` monitor's job calls is told in this answer and never again.
#[utoipa::path(
    post, path = "/servers", tag = "servers",
    request_body(content = ServerDraft, example = json!(examples::server_draft())),
    responses((
        status = 201, description = "Entered", body = Server,
        headers(("Location" = String, description = "Where the server is from now on")),
        example = json!(examples::server())
    ))
)]
pub(super) async fn create(
    State(deps): State<Deps>,
    caller: Caller,
    Json(draft): Json<ServerDraft>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Server>), Failure> {
    let server = Servers::new(deps, caller).create(draft, String::new()).await?;
    let location = format!("/api/v1/servers/{}", server.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(server)))
}

/// Changes a server.
///
/// Absent fields stay, `null` empties. `version` is the one the caller saw: when the server moved on since, the
/// answer is 409 `server_conflict` with the server as it is now as `current`.
#[utoipa::path(
    patch, path = "/servers/{id}", tag = "servers", params(("id" = ServerId, Path, example = "7")),
    request_body(content = ServerPatch, example = json!({ "version": 3, "notes": null, "tags": ["критично"] })),
    responses((status = 200, description = "Changed", body = Server, example = json!(examples::server())))
)]
pub(super) async fn change(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ServerId>,
    Json(patch): Json<ServerPatch>,
) -> Result<Json<Server>, Failure> {
    Ok(Json(Servers::new(deps, caller).change(id, patch).await?))
}

/// Takes a server out; `restore` brings it back with its past. Doing it again changes nothing.
#[utoipa::path(
    delete, path = "/servers/{id}", tag = "servers", params(("id" = ServerId, Path, example = "7")),
    responses((status = 204, description = "Gone"))
)]
pub(super) async fn delete(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ServerId>,
) -> Result<StatusCode, Failure> {
    Servers::new(deps, caller).delete(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted server back.
#[utoipa::path(
    post, path = "/servers/{id}/restore", tag = "servers", params(("id" = ServerId, Path, example = "7")),
    responses((status = 200, description = "Back", body = Server, example = json!(examples::server())))
)]
pub(super) async fn restore(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ServerId>,
) -> Result<Json<Server>, Failure> {
    Ok(Json(Servers::new(deps, caller).restore(id).await?))
}
