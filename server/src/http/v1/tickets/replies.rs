//! `/replies`: ready texts for operators.

use app::{
    backend::Replies as _,
    model::{
        ids::ReplyId,
        page::Page,
        reply::{Reply, ReplyChange, ReplyDraft},
    },
};
use axum::{extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};

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
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(change, delete))
}

/// All ready texts, by their titles.
#[utoipa::path(
    get, path = "/replies", tag = "tickets",
    responses((status = 200, description = "The texts", body = Page<Reply>))
)]
async fn list(State(deps): State<Deps>, caller: Caller) -> Result<Json<Page<Reply>>, Failure> {
    Ok(Json(Page { items: Tickets::new(deps, caller).replies().await?, next: None }))
}

/// Adds a ready text. Placeholders that stand for nothing are refused by name.
#[utoipa::path(
    post, path = "/replies", tag = "tickets",
    request_body(content = ReplyDraft, example = json!({
        "title": "Пароль сброшен", "body": "{greeting}, {customer_name}! Временный пароль придёт в SMS.", "purpose": "reply"
    })),
    responses((status = 201, description = "Added", body = Reply))
)]
async fn create(
    State(deps): State<Deps>,
    caller: Caller,
    Json(draft): Json<ReplyDraft>,
) -> Result<(StatusCode, Json<Reply>), Failure> {
    Ok((StatusCode::CREATED, Json(Tickets::new(deps, caller).create_reply(draft, String::new()).await?)))
}

/// Changes a ready text; the change names the version its author saw.
#[utoipa::path(
    patch, path = "/replies/{id}", tag = "tickets", params(("id" = ReplyId, Path, example = "3")),
    request_body(content = ReplyChange, example = json!({ "title": "Пароль", "body": "Готово.", "purpose": "any", "version": 1 })),
    responses((status = 200, description = "Changed", body = Reply))
)]
async fn change(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ReplyId>,
    Json(change): Json<ReplyChange>,
) -> Result<Json<Reply>, Failure> {
    Ok(Json(Tickets::new(deps, caller).change_reply(id, change).await?))
}

/// Takes a ready text away.
#[utoipa::path(
    delete, path = "/replies/{id}", tag = "tickets", params(("id" = ReplyId, Path, example = "3")),
    responses((status = 204, description = "Gone"))
)]
async fn delete(State(deps): State<Deps>, caller: Caller, Path(id): Path<ReplyId>) -> Result<StatusCode, Failure> {
    Tickets::new(deps, caller).delete_reply(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
