//! `/downloads/{token}`: what a one-time address gives, without a session.

use axum::{extract::State, response::Response, routing::head};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::imports::Workbook;
use crate::{
    http::{
        extract::Path,
        files::{self, Asking},
        problem::Failure,
    },
    services::{Caller, Deps, employees::Employees},
    state::AppState,
};

/// All of it.
pub fn routes() -> OpenApiRouter<AppState> {
    // Some clients look before they fetch; looking must not use the address up.
    OpenApiRouter::new().routes(routes!(open)).route("/downloads/{token}", head(files::announcement))
}

/// Gives the file once.
#[utoipa::path(
    get, path = "/downloads/{token}", tag = "service", security(()), params(("token" = String, Path)),
    responses((status = 200, description = "The file: a person, or a workbook", content(
        (String = "text/vcard"),
        (Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )))
)]
async fn open(
    State(deps): State<Deps>,
    caller: Caller,
    asking: Asking,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let reference = caller.reference.clone();
    files::answer(Employees::new(deps, caller).redeem(&token).await?, asking, &reference).await
}
