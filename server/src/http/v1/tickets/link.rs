//! As whom the caller acts in OTRS, and how tickets are dealt with here.

use app::{
    backend::OtrsLinks as _,
    model::{
        otrs_link::{OtrsLink, OtrsSignIn, TicketSettings},
        page::Page,
        ticket::asked::FieldValue,
    },
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
    OpenApiRouter::new()
        .routes(routes!(read, sign_in, sign_out))
        .routes(routes!(settings, change_settings))
        .routes(routes!(known_fields))
}

/// As whom the caller acts.
#[utoipa::path(
    get, path = "/otrs-link", tag = "tickets",
    responses((status = 200, description = "The link", body = OtrsLink))
)]
async fn read(State(deps): State<Deps>, caller: Caller) -> Result<Json<OtrsLink>, Failure> {
    Ok(Json(Tickets::new(deps, caller).link().await?))
}

/// Signs in to OTRS and acts as that agent from now on. The password is used once and not stored.
#[utoipa::path(
    post, path = "/otrs-link", tag = "tickets",
    request_body(content = OtrsSignIn, example = json!({ "login": "anna", "password": "…" })),
    responses((status = 201, description = "The link", body = OtrsLink))
)]
async fn sign_in(
    State(deps): State<Deps>,
    caller: Caller,
    Json(sign_in): Json<OtrsSignIn>,
) -> Result<(StatusCode, Json<OtrsLink>), Failure> {
    Ok((StatusCode::CREATED, Json(Tickets::new(deps, caller).sign_in(sign_in).await?)))
}

/// Acts as nobody of his own from now on. Doing it again changes nothing.
#[utoipa::path(
    delete, path = "/otrs-link", tag = "tickets",
    responses((status = 200, description = "The link", body = OtrsLink))
)]
async fn sign_out(State(deps): State<Deps>, caller: Caller) -> Result<Json<OtrsLink>, Failure> {
    Ok(Json(Tickets::new(deps, caller).sign_out().await?))
}

/// How tickets are dealt with here.
#[utoipa::path(
    get, path = "/settings/tickets", tag = "tickets",
    responses((status = 200, description = "The settings", body = TicketSettings))
)]
async fn settings(State(deps): State<Deps>, caller: Caller) -> Result<Json<TicketSettings>, Failure> {
    Ok(Json(Tickets::new(deps, caller).settings().await?))
}

/// Types, services, SLAs and additional fields that tickets have named, with their usual values.
#[utoipa::path(
    get, path = "/settings/tickets/fields", tag = "tickets",
    responses((status = 200, description = "All of them", body = Page<FieldValue>))
)]
async fn known_fields(State(deps): State<Deps>, caller: Caller) -> Result<Json<Page<FieldValue>>, Failure> {
    Ok(Json(Page { items: Tickets::new(deps, caller).known_fields().await?, next: None }))
}

/// Changes how tickets are dealt with, at once.
#[utoipa::path(
    put, path = "/settings/tickets", tag = "tickets",
    request_body(content = TicketSettings, example = json!({
        "undo_delay_s": 10, "role_queues": [{ "role": "operator", "queue": "Helpdesk" }]
    })),
    responses((status = 200, description = "Changed", body = TicketSettings))
)]
async fn change_settings(
    State(deps): State<Deps>,
    caller: Caller,
    Json(settings): Json<TicketSettings>,
) -> Result<Json<TicketSettings>, Failure> {
    Ok(Json(Tickets::new(deps, caller).change_settings(settings).await?))
}
