//! `/settings/tickets/mailing`: who mails replies, and a check whether this OTRS does.

use app::{
    backend::Mailings as _,
    model::mailing::{MailArrived, MailCheck, MailCheckRequest, MailingReport},
};
use axum::{extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{extract::Json, problem::Failure},
    services::{Caller, Deps, tickets::Tickets},
    state::AppState,
};

/// All of it.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(report)).routes(routes!(check)).routes(routes!(arrived))
}

/// What is known of mails to customers. The history of the last check is looked at again.
#[utoipa::path(
    get, path = "/settings/tickets/mailing", tag = "tickets",
    responses((status = 200, description = "What is known", body = MailingReport))
)]
async fn report(State(deps): State<Deps>, caller: Caller) -> Result<Json<MailingReport>, Failure> {
    Ok(Json(Tickets::new(deps, caller).report().await?))
}

/// Writes a mail to the customer into a ticket, and says what its history shows then.
#[utoipa::path(
    post, path = "/settings/tickets/mailing/check", tag = "tickets",
    request_body(content = MailCheckRequest, example = json!({ "ticket": "2026112000000017" })),
    responses((status = 201, description = "What was done and seen", body = MailCheck))
)]
async fn check(
    State(deps): State<Deps>,
    caller: Caller,
    Json(request): Json<MailCheckRequest>,
) -> Result<(StatusCode, Json<MailCheck>), Failure> {
    Ok((StatusCode::CREATED, Json(Tickets::new(deps, caller).check(request).await?)))
}

/// Says whether the mail of the last check arrived, and sets who mails by that.
#[utoipa::path(
    post, path = "/settings/tickets/mailing/answer", tag = "tickets",
    request_body(content = MailArrived, example = json!({ "arrived": true })),
    responses((status = 200, description = "What is known now", body = MailingReport))
)]
async fn arrived(
    State(deps): State<Deps>,
    caller: Caller,
    Json(answer): Json<MailArrived>,
) -> Result<Json<MailingReport>, Failure> {
    Ok(Json(Tickets::new(deps, caller).arrived(answer.arrived).await?))
}
