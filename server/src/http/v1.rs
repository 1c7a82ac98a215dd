//! REST for the browser and for other programs, one file per resource; the OpenAPI document is made from the
//! handlers themselves.
//!
//! A resource file has `pub fn routes() -> OpenApiRouter<AppState>` with paths relative to `/api/v1`, and is
//! merged in [`documented`].

pub mod accounts;
pub mod departments;
pub mod downloads;
pub mod employees;
mod examples;
pub mod imports;
pub mod incidents;
pub mod me;
pub mod openapi;
pub mod servers;
pub mod session;
pub mod sessions;
pub mod tickets;

use axum::{Router, routing::get};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{client_errors, live, middleware::rate_limit},
    state::AppState,
};

/// All resources and their description.
fn documented(state: &AppState) -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let client_errors = OpenApiRouter::new()
        .routes(routes!(client_errors::report))
        .layer(axum::middleware::from_fn_with_state(state.clone(), rate_limit::client_errors));
    OpenApiRouter::new()
        .merge(session::routes(state))
        .merge(sessions::routes())
        .merge(me::routes())
        .merge(accounts::routes())
        .merge(client_errors)
        .merge(employees::routes())
        .merge(departments::routes())
        .merge(imports::routes())
        .merge(downloads::routes())
        .merge(servers::routes())
        .merge(incidents::routes())
        .merge(tickets::routes())
        .routes(routes!(live::open))
        .split_for_parts()
}

/// Everything below `/api/v1`.
pub fn routes(state: &AppState) -> Router<AppState> {
    let (router, described) = documented(state);
    let document = openapi::finish(described);
    router.route("/openapi.json", get(move || openapi::serve(document.clone())))
}
