//! `/uploads`: files that are sent before the action they belong to.

use app::{
    backend::Actions as _,
    model::{
        action::{NewFile, Upload},
        ids::UploadId,
    },
};
use axum::{
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::BODY;
use crate::{
    http::{
        extract::{Json, Path},
        problem::Failure,
    },
    services::{Caller, Deps, tickets::Tickets},
    state::AppState,
};

/// All of it.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(send)).layer(DefaultBodyLimit::max(BODY)).routes(routes!(drop_it))
}

/// Keeps a file for an action that names it within seven days.
#[utoipa::path(
    post, path = "/uploads", tag = "tickets",
    request_body(content = NewFile, example = json!({ "name": "фото.jpg", "type": "image/jpeg", "content": "/9j/4AAQSkZJRg==" })),
    responses((status = 201, description = "Kept", body = Upload))
)]
async fn send(
    State(deps): State<Deps>,
    caller: Caller,
    Json(file): Json<NewFile>,
) -> Result<(StatusCode, Json<Upload>), Failure> {
    Ok((StatusCode::CREATED, Json(Tickets::new(deps, caller).upload(file).await?)))
}

/// Forgets a file that no action has named.
#[utoipa::path(
    delete, path = "/uploads/{id}", tag = "tickets", params(("id" = UploadId, Path, example = "3")),
    responses((status = 204, description = "Gone"))
)]
async fn drop_it(State(deps): State<Deps>, caller: Caller, Path(id): Path<UploadId>) -> Result<StatusCode, Failure> {
    Tickets::new(deps, caller).drop_upload(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
