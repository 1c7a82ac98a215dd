//! `/incidents`: what is or was broken, and what people do about it.

use app::{
    backend::Incidents as _,
    model::{
        Error,
        ids::{IncidentId, ServerId},
        incident::{Incident, IncidentAction, IncidentQuery},
        page::Page,
    },
};
use axum::extract::State;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        extract::{Json, Path, Query},
        page::PageQuery,
        problem::Failure,
    },
    services::{Caller, Deps, incidents::Incidents},
    state::AppState,
};

/// All of it.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(acknowledge))
        .routes(routes!(silence))
        .routes(routes!(comment))
        .routes(routes!(resolve))
        .routes(routes!(reopen))
}

/// Which incidents are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `open`, `closed` or `all`.
    #[param(required = false, value_type = String, pattern = "^(open|closed|all)?$", example = "open")]
    #[serde(default)]
    state: String,
    /// Only those that this server is in.
    #[param(required = false, value_type = ServerId)]
    server: Option<String>,
}

/// Incidents: open ones first, then latest first.
#[utoipa::path(
    get, path = "/incidents", tag = "incidents", params(Wanted, PageQuery),
    responses((status = 200, description = "A piece of the list, without members and events", body = Page<Incident>))
)]
async fn list(
    State(deps): State<Deps>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Incident>>, Failure> {
    let query = match wanted.state.as_str() {
        "" | "open" => IncidentQuery::Open,
        "closed" => IncidentQuery::Closed,
        "all" => IncidentQuery::All,
        _ => return Err(Error::invalid("state", "state_unknown").into()),
    };
    let server = wanted.server.filter(|text| !text.is_empty()).map(|text| text.parse::<ServerId>()).transpose();
    let server = server.map_err(|_| Error::invalid("server", "server_unknown"))?;
    Ok(Json(Incidents::new(deps, caller).list(query, server, page.request()?).await?))
}

/// One incident with its members and events.
#[utoipa::path(
    get, path = "/incidents/{id}", tag = "incidents", params(("id" = IncidentId, Path, example = "7")),
    responses((status = 200, description = "The incident", body = Incident))
)]
async fn read(State(deps): State<Deps>, caller: Caller, Path(id): Path<IncidentId>) -> Result<Json<Incident>, Failure> {
    Ok(Json(Incidents::new(deps, caller).incident(id).await?))
}

async fn done(deps: Deps, caller: Caller, id: IncidentId, action: IncidentAction) -> Result<Json<Incident>, Failure> {
    Ok(Json(Incidents::new(deps, caller).act(id, action, String::new()).await?))
}

/// Takes notice. Doing it again changes nothing.
#[utoipa::path(
    post, path = "/incidents/{id}/acknowledge", tag = "incidents", params(("id" = IncidentId, Path, example = "7")),
    responses((status = 200, description = "The incident", body = Incident))
)]
async fn acknowledge(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<IncidentId>,
) -> Result<Json<Incident>, Failure> {
    done(deps, caller, id, IncidentAction::Acknowledge).await
}

/// How long, and why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub(super) struct Silence {
    /// 1 to 10 080; 0 ends the silence.
    minutes: u32,
    /// Required to mute, at most 500 characters.
    #[serde(default)]
    reason: String,
}

/// Mutes an incident for a while, or unmutes it. Recovery ends a silence.
#[utoipa::path(
    post, path = "/incidents/{id}/silence", tag = "incidents", params(("id" = IncidentId, Path, example = "7")),
    request_body(content = Silence, example = json!({ "minutes": 120, "reason": "Меняем блок питания" })),
    responses((status = 200, description = "The incident", body = Incident))
)]
async fn silence(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<IncidentId>,
    Json(silence): Json<Silence>,
) -> Result<Json<Incident>, Failure> {
    let action = IncidentAction::Silence { minutes: silence.minutes, reason: silence.reason };
    done(deps, caller, id, action).await
}

/// Something to be written down.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub(super) struct Comment {
    /// 1 to 4 000 characters.
    text: String,
}

/// Writes something down.
#[utoipa::path(
    post, path = "/incidents/{id}/comment", tag = "incidents", params(("id" = IncidentId, Path, example = "7")),
    request_body(content = Comment, example = json!({ "text": "Позвонил в ЦОД, едут" })),
    responses((status = 200, description = "The incident", body = Incident))
)]
async fn comment(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<IncidentId>,
    Json(comment): Json<Comment>,
) -> Result<Json<Incident>, Failure> {
    done(deps, caller, id, IncidentAction::Comment { text: comment.text }).await
}

/// Says that it is over.
#[utoipa::path(
    post, path = "/incidents/{id}/resolve", tag = "incidents", params(("id" = IncidentId, Path, example = "7")),
    responses((status = 200, description = "The incident", body = Incident))
)]
async fn resolve(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<IncidentId>,
) -> Result<Json<Incident>, Failure> {
    done(deps, caller, id, IncidentAction::Resolve).await
}

/// Says that it is not over.
#[utoipa::path(
    post, path = "/incidents/{id}/reopen", tag = "incidents", params(("id" = IncidentId, Path, example = "7")),
    responses((status = 200, description = "The incident", body = Incident))
)]
async fn reopen(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<IncidentId>,
) -> Result<Json<Incident>, Failure> {
    done(deps, caller, id, IncidentAction::Reopen).await
}
