//! What is done to tickets: stored at once, sent after the undo delay.

use app::{
    backend::Actions as _,
    model::{
        Error,
        action::{Action, ActionRequest, ActionState, NewTicket},
        ids::{ActionId, TicketId},
        page::Page,
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        extract::{Json, Path, Query},
        middleware::idempotency::IDEMPOTENCY_KEY,
        page::PageQuery,
        problem::Failure,
    },
    services::{Caller, Deps, tickets::Tickets},
    state::AppState,
};

/// All but making tickets, which shares its address with their list.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(act))
        .routes(routes!(list, undo_key))
        .routes(routes!(undo))
        .routes(routes!(retry))
}

/// The key that the author's device chose. It also stands with the action, for whoever asks again after the answer is
/// forgotten.
fn key(headers: &HeaderMap) -> String {
    headers.get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned()
}

/// Wants a ticket to be made.
#[utoipa::path(
    post, path = "/tickets", tag = "tickets",
    request_body(content = NewTicket, example = json!({
        "title": "Не печатает принтер", "body": "Каб. 214, HP M404", "queue": "Helpdesk", "customer": "tina"
    })),
    responses((status = 202, description = "It is stored and will be made", body = Action))
)]
pub(super) async fn create(
    State(deps): State<Deps>,
    caller: Caller,
    headers: HeaderMap,
    Json(ticket): Json<NewTicket>,
) -> Result<(StatusCode, Json<Action>), Failure> {
    Ok((StatusCode::ACCEPTED, Json(Tickets::new(deps, caller).create(ticket, key(&headers)).await?)))
}

/// Wants something to be done to a ticket.
#[utoipa::path(
    post, path = "/tickets/{id}/actions", tag = "tickets", params(("id" = TicketId, Path, example = "7")),
    request_body(content = ActionRequest, example = json!({ "action": "close", "comment": "Заменили картридж" })),
    responses((status = 202, description = "It is stored and will be sent", body = Action))
)]
async fn act(
    State(deps): State<Deps>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<TicketId>,
    Json(request): Json<ActionRequest>,
) -> Result<(StatusCode, Json<Action>), Failure> {
    Ok((StatusCode::ACCEPTED, Json(Tickets::new(deps, caller).act(id, request, key(&headers)).await?)))
}

/// Which actions are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// In this state; absent: those that are not over.
    #[param(required = false, value_type = ActionState)]
    #[serde(default)]
    state: String,
}

/// The caller's actions, latest first.
#[utoipa::path(
    get, path = "/actions", tag = "tickets", params(Wanted, PageQuery),
    responses((status = 200, description = "A piece of the list", body = Page<Action>))
)]
async fn list(
    State(deps): State<Deps>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Action>>, Failure> {
    let state = Some(wanted.state.as_str()).filter(|name| !name.is_empty());
    let state = state.map(|name| ActionState::from_name(name).ok_or_else(|| Error::invalid("state", "state_unknown")));
    Ok(Json(Tickets::new(deps, caller).actions(state.transpose()?, page.request()?).await?))
}

/// Takes an action back that was not sent. Doing it again changes nothing.
#[utoipa::path(
    delete, path = "/actions/{id}", tag = "tickets", params(("id" = ActionId, Path, example = "7")),
    responses((status = 200, description = "The action", body = Action))
)]
async fn undo(State(deps): State<Deps>, caller: Caller, Path(id): Path<ActionId>) -> Result<Json<Action>, Failure> {
    Ok(Json(Tickets::new(deps, caller).undo(id).await?))
}

/// Takes the action back that was asked for with this `Idempotency-Key`: for whoever never heard whether it arrived.
#[utoipa::path(
    delete, path = "/actions", tag = "tickets", params(Asked),
    responses((status = 200, description = "The action", body = Action))
)]
async fn undo_key(
    State(deps): State<Deps>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Action>, Failure> {
    Ok(Json(Tickets::new(deps, caller).undo_key(asked.key).await?))
}

/// Which action.
#[derive(Deserialize, utoipa::IntoParams)]
struct Asked {
    /// The key it was asked for with.
    #[serde(default)]
    #[param(required = true, example = "6f1c2f0e")]
    key: String,
}

/// Tries an action again that stopped, on the ticket as it is now.
#[utoipa::path(
    post, path = "/actions/{id}/retry", tag = "tickets", params(("id" = ActionId, Path, example = "7")),
    responses((status = 202, description = "It will be sent", body = Action))
)]
async fn retry(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ActionId>,
) -> Result<(StatusCode, Json<Action>), Failure> {
    Ok((StatusCode::ACCEPTED, Json(Tickets::new(deps, caller).retry(id).await?)))
}
