//! `/monitors`: what is watched on a server.

use app::{
    backend::Servers as _,
    model::{
        ids::{MonitorId, ServerId},
        monitor::{Check, Monitor, MonitorDraft, MonitorPatch, MonitorTest},
    },
};
use axum::{extract::State, http::StatusCode};
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
    OpenApiRouter::new().routes(routes!(add)).routes(routes!(test)).routes(routes!(change, delete))
}

/// Adds a monitor.
///
/// The address that the job of a `push` monitor calls is told in this answer and never again.
#[utoipa::path(
    post, path = "/servers/{id}/monitors", tag = "servers", params(("id" = ServerId, Path, example = "7")),
    request_body(content = MonitorDraft, example = json!({ "kind": "tcp", "target": ":5432", "interval_s": 30 })),
    responses((status = 201, description = "Added", body = Monitor))
)]
async fn add(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ServerId>,
    Json(draft): Json<MonitorDraft>,
) -> Result<(StatusCode, Json<Monitor>), Failure> {
    let monitor = Servers::new(deps, caller).add_monitor(id, draft, String::new()).await?;
    Ok((StatusCode::CREATED, Json(monitor)))
}

/// Looks once, as a monitor like this would, and stores nothing.
#[utoipa::path(
    post, path = "/monitors/test", tag = "servers",
    request_body(content = MonitorTest, example = json!({
        "address": "10.16.0.9", "monitor": { "kind": "http", "target": "http://10.16.0.9/health" }
    })),
    responses((status = 200, description = "What was seen", body = Check))
)]
async fn test(State(deps): State<Deps>, caller: Caller, Json(test): Json<MonitorTest>) -> Result<Json<Check>, Failure> {
    Ok(Json(Servers::new(deps, caller).test_monitor(test).await?))
}

/// Changes a monitor; it is looked at anew at once. Absent fields stay.
#[utoipa::path(
    patch, path = "/monitors/{id}", tag = "servers", params(("id" = MonitorId, Path, example = "7")),
    request_body(content = MonitorPatch, example = json!({ "interval_s": 60 })),
    responses((status = 200, description = "Changed", body = Monitor))
)]
async fn change(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<MonitorId>,
    Json(patch): Json<MonitorPatch>,
) -> Result<Json<Monitor>, Failure> {
    Ok(Json(Servers::new(deps, caller).change_monitor(id, patch).await?))
}

/// Takes a monitor away with its past.
#[utoipa::path(
    delete, path = "/monitors/{id}", tag = "servers", params(("id" = MonitorId, Path, example = "7")),
    responses((status = 204, description = "Gone"))
)]
async fn delete(State(deps): State<Deps>, caller: Caller, Path(id): Path<MonitorId>) -> Result<StatusCode, Failure> {
    Servers::new(deps, caller).delete_monitor(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
