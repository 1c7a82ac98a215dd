//! A person as a vCard.

use app::{
    backend::Employees as _,
    model::{ids::EmployeeId, import::Download},
};
use axum::{extract::State, response::Response};

use crate::{
    http::{
        extract::{Json, Path},
        files::{self, Asking},
        problem::Failure,
        v1::examples,
    },
    services::{Caller, Deps, employees::Employees},
};

/// The person as a vCard 3.0.
#[utoipa::path(
    get, path = "/employees/{id}/vcard", tag = "employees", params(("id" = EmployeeId, Path, example = "7")),
    responses((status = 200, description = "A file", content_type = "text/vcard", body = String))
)]
pub(super) async fn card(
    State(deps): State<Deps>,
    caller: Caller,
    asking: Asking,
    Path(id): Path<EmployeeId>,
) -> Result<Response, Failure> {
    let reference = caller.reference.clone();
    files::answer(Employees::new(deps, caller).vcard(id).await?, asking, &reference).await
}

/// A one-time address of the vCard, valid for 60 s without a session.
#[utoipa::path(
    post, path = "/employees/{id}/vcard/download", tag = "employees",
    params(("id" = EmployeeId, Path, example = "7")),
    responses((status = 200, description = "The address", body = Download, example = json!(examples::download("Иванов-Иван.vcf"))))
)]
pub(super) async fn download(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<EmployeeId>,
) -> Result<Json<Download>, Failure> {
    Ok(Json(Employees::new(deps, caller).vcard_download(id).await?))
}
