//! `/departments`: the grouped view of what stands on the employees.

use app::{
    backend::Employees as _,
    model::{employee::Department, page::Page},
};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{extract::Json, problem::Failure},
    services::{Caller, Deps, employees::Employees},
    state::AppState,
};

/// All of `/departments`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Departments with their units by name, with the number of active people.
#[utoipa::path(
    get, path = "/departments", tag = "employees",
    responses((status = 200, description = "All of them", body = Page<Department>, example = json!({
        "items": [{ "name": "Бухгалтерия", "employees": 12, "units": [{ "name": "Касса", "employees": 3 }] }], "next": null
    })))
)]
async fn list(State(deps): State<Deps>, caller: Caller) -> Result<Json<Page<Department>>, Failure> {
    let items = Employees::new(deps, caller).departments().await?;
    Ok(Json(Page { items, next: None }))
}
