//! `/maintenance`: planned windows; and how servers are watched.

use app::{
    backend::Servers as _,
    model::{
        ids::MaintenanceId,
        maintenance::{Maintenance, MaintenanceDraft, MaintenancePreview},
        page::Page,
        settings::MonitoringSettings,
    },
};
use axum::{extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        extract::{Json, Path},
        problem::Failure,
        v1::examples,
    },
    services::{Caller, Deps, servers::Servers},
    state::AppState,
};

/// All of it.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, plan))
        .routes(routes!(preview))
        .routes(routes!(cancel))
        .routes(routes!(settings, change_settings))
}

/// Planned windows: open ones, then the next ones.
#[utoipa::path(
    get, path = "/maintenance", tag = "servers",
    responses((status = 200, description = "The windows", body = Page<Maintenance>))
)]
async fn list(State(deps): State<Deps>, caller: Caller) -> Result<Json<Page<Maintenance>>, Failure> {
    let items = Servers::new(deps, caller).maintenance().await?;
    Ok(Json(Page { items, next: None }))
}

/// Plans a window: checks are recorded in it, and nobody is told.
#[utoipa::path(
    post, path = "/maintenance", tag = "servers",
    request_body(content = MaintenanceDraft, example = json!(examples::maintenance())),
    responses((status = 201, description = "Planned", body = Maintenance))
)]
async fn plan(
    State(deps): State<Deps>,
    caller: Caller,
    Json(draft): Json<MaintenanceDraft>,
) -> Result<(StatusCode, Json<Maintenance>), Failure> {
    let planned = Servers::new(deps, caller).plan(draft, String::new()).await?;
    Ok((StatusCode::CREATED, Json(planned)))
}

/// What a window would mute. Stores nothing.
#[utoipa::path(
    post, path = "/maintenance/preview", tag = "servers",
    request_body(content = MaintenanceDraft, example = json!(examples::maintenance())),
    responses((status = 200, description = "What it would mute", body = MaintenancePreview))
)]
async fn preview(
    State(deps): State<Deps>,
    caller: Caller,
    Json(draft): Json<MaintenanceDraft>,
) -> Result<Json<MaintenancePreview>, Failure> {
    Ok(Json(Servers::new(deps, caller).preview(draft).await?))
}

/// Takes a planned window away; one that is open ends now.
#[utoipa::path(
    delete, path = "/maintenance/{id}", tag = "servers", params(("id" = MaintenanceId, Path, example = "3")),
    responses((status = 204, description = "Gone"))
)]
async fn cancel(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<MaintenanceId>,
) -> Result<StatusCode, Failure> {
    Servers::new(deps, caller).cancel_maintenance(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How servers are watched.
#[utoipa::path(
    get, path = "/settings/monitoring", tag = "servers",
    responses((status = 200, description = "The settings", body = MonitoringSettings))
)]
async fn settings(State(deps): State<Deps>, caller: Caller) -> Result<Json<MonitoringSettings>, Failure> {
    Ok(Json(Servers::new(deps, caller).settings().await?))
}

/// Changes how servers are watched, at once.
#[utoipa::path(
    put, path = "/settings/monitoring", tag = "servers",
    request_body(content = MonitoringSettings, example = json!({ "line_addresses": ["10.0.0.1"], "allowed_networks": [] })),
    responses((status = 200, description = "Changed", body = MonitoringSettings))
)]
async fn change_settings(
    State(deps): State<Deps>,
    caller: Caller,
    Json(settings): Json<MonitoringSettings>,
) -> Result<Json<MonitoringSettings>, Failure> {
    Ok(Json(Servers::new(deps, caller).change_settings(settings).await?))
}
