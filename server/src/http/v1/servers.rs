//! `/servers`: the list, one of them, their past. Changing them is in [`edit`], what is watched in [`monitors`],
//! tables of servers in [`import`].

mod edit;
mod groups;
mod import;
mod maintenance;
mod monitors;

use app::{
    backend::{Overview as _, Servers as _},
    model::{
        Error,
        history::{History, HistoryQuery},
        ids::{MonitorId, ServerId},
        monitor::CheckNow,
        server::{Server, ServerList, ServerQuery, ServerSummary, State as Judged},
        wire_time,
    },
};
use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        extract::{Json, Path, Query},
        problem::Failure,
        v1::examples,
    },
    services::{Caller, Deps, servers::Servers},
    state::AppState,
};

/// All of `/servers`, `/monitors`, `/groups` and `/maintenance`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, edit::create))
        .routes(routes!(summary))
        .routes(routes!(read, edit::change, edit::delete))
        .routes(routes!(edit::restore))
        .routes(routes!(history))
        .routes(routes!(check_now))
        .merge(monitors::routes())
        .merge(groups::routes())
        .merge(maintenance::routes())
        .merge(import::routes())
}

/// Which servers are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Part of the name, of the address or of a tag.
    #[param(required = false, example = "db-")]
    #[serde(default)]
    q: String,
    /// Only the group of this name.
    #[param(required = false, example = "Базы данных")]
    #[serde(default)]
    group: String,
    /// Only in this state.
    #[param(required = false, value_type = Judged)]
    #[serde(default)]
    state: String,
}

/// All servers that fit, trouble first; not paged, at most 5 000.
#[utoipa::path(
    get, path = "/servers", tag = "servers", params(Wanted),
    responses((status = 200, description = "The servers", body = ServerList))
)]
async fn list(
    State(deps): State<Deps>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<ServerList>, Failure> {
    let state = Some(wanted.state.as_str()).filter(|name| !name.is_empty());
    let state = state.map(|name| Judged::from_name(name).ok_or_else(|| Error::invalid("state", "state_unknown")));
    let query = ServerQuery {
        text: wanted.q,
        group: Some(wanted.group).filter(|name| !name.is_empty()),
        state: state.transpose()?,
    };
    Ok(Json(Servers::new(deps, caller).list(query).await?))
}

/// How many servers there are in each state.
#[utoipa::path(
    get, path = "/servers/summary", tag = "servers",
    responses((status = 200, description = "The numbers", body = ServerSummary))
)]
async fn summary(State(deps): State<Deps>, caller: Caller) -> Result<Json<ServerSummary>, Failure> {
    Ok(Json(Servers::new(deps, caller).summary().await?))
}

/// One server with its monitors.
#[utoipa::path(
    get, path = "/servers/{id}", tag = "servers", params(("id" = ServerId, Path, example = "7")),
    responses((status = 200, description = "The server", body = Server, example = json!(examples::server())))
)]
async fn read(State(deps): State<Deps>, caller: Caller, Path(id): Path<ServerId>) -> Result<Json<Server>, Failure> {
    Ok(Json(Servers::new(deps, caller).server(id).await?))
}

/// Which stretch of the past is wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Stretch {
    /// Which of its monitors; absent is the one that tells most.
    #[param(required = false, value_type = MonitorId)]
    monitor: Option<String>,
    /// The beginning; absent is a day before the end.
    #[param(required = false, value_type = String, format = DateTime)]
    from: Option<String>,
    /// The end; absent is now.
    #[param(required = false, value_type = String, format = DateTime)]
    to: Option<String>,
    /// About how many points.
    #[param(required = false, value_type = u32, minimum = 10, maximum = 500, default = 200)]
    points: Option<String>,
}

/// Latency in steps, and how much of the observed time it was up.
#[utoipa::path(
    get, path = "/servers/{id}/history", tag = "servers", params(("id" = ServerId, Path, example = "7"), Stretch),
    responses((status = 200, description = "The past", body = History))
)]
async fn history(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ServerId>,
    Query(wanted): Query<Stretch>,
) -> Result<Json<History>, Failure> {
    let time = |text: Option<String>, field: &str| {
        text.map(|text| wire_time::time(&text).ok_or_else(|| Error::invalid(field, "time_invalid"))).transpose()
    };
    let to = time(wanted.to, "to")?.unwrap_or(caller.now);
    let from = time(wanted.from, "from")?.unwrap_or(to - time::Duration::DAY);
    let monitor = wanted.monitor.filter(|text| !text.is_empty()).map(|text| text.parse::<MonitorId>());
    let points = wanted.points.map_or(Ok(200), |text| text.parse());
    let query = HistoryQuery {
        monitor: monitor.transpose().map_err(|_| Error::invalid("monitor", "monitor"))?,
        from,
        to,
        points: points.map_err(|_| Error::invalid("points", "points"))?,
    };
    Ok(Json(Servers::new(deps, caller).history(id, query).await?))
}

/// Looks at all monitors of a server now. The results come over the live channel.
#[utoipa::path(
    post, path = "/servers/{id}/check-now", tag = "servers", params(("id" = ServerId, Path, example = "7")),
    responses((status = 202, description = "It is looked at", body = CheckNow))
)]
async fn check_now(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ServerId>,
) -> Result<(StatusCode, Json<CheckNow>), Failure> {
    let asked = Servers::new(deps, caller).check_now(id).await?;
    Ok((StatusCode::ACCEPTED, Json(asked)))
}
