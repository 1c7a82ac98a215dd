//! `/employees`: finding and reading people. Changing them is in [`edit`], vCards in [`vcard`], workbooks in
//! [`super::imports`].

mod edit;
mod vcard;

use app::{
    backend::{Employees as _, Records as _},
    model::{
        Error,
        employee::{Change, Employee, EmployeeQuery, Neighbours},
        ids::EmployeeId,
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
    services::{Caller, Deps, employees::Employees},
    state::AppState,
};

/// All of `/employees` that speaks JSON or vCard.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, edit::create))
        .routes(routes!(read, edit::change, edit::delete))
        .routes(routes!(edit::restore))
        .routes(routes!(edit::merge))
        .routes(routes!(history))
        .routes(routes!(neighbours))
        .routes(routes!(vcard::card))
        .routes(routes!(vcard::download))
}

/// Which people are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// What somebody would type into the search field; empty lists everybody by name.
    #[param(required = false, example = "иванов бухгалтерия")]
    #[serde(default)]
    q: String,
    /// Only this department, as `/departments` names it.
    #[param(required = false, example = "Бухгалтерия")]
    #[serde(default)]
    department: String,
    /// These people instead, in this order: up to 100 ids separated by commas. Who is gone is left out.
    #[param(required = false, value_type = String, pattern = "^[0-9]{1,18}(,[0-9]{1,18}){0,99}$", example = "7,12")]
    ids: Option<String>,
}

/// Finds people: best first, or by name when nothing is asked.
#[utoipa::path(
    get, path = "/employees", tag = "employees", params(Wanted, PageQuery),
    responses((status = 200, description = "A piece of the list", body = Page<Employee>, example = json!({
        "items": [super::examples::employee()], "next": null
    })))
)]
async fn list(
    State(deps): State<Deps>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Employee>>, Failure> {
    let employees = Employees::new(deps, caller);
    if let Some(ids) = wanted.ids.filter(|ids| !ids.is_empty()) {
        let ids = ids.split(',').map(str::parse).collect::<Result<Vec<EmployeeId>, _>>();
        let items = employees.by_ids(ids.map_err(|_| Error::invalid("ids", "ids"))?).await?;
        return Ok(Json(Page { items, next: None }));
    }
    let query = EmployeeQuery { text: wanted.q, department: Some(wanted.department).filter(|name| !name.is_empty()) };
    Ok(Json(employees.search(query, page.request()?).await?))
}

/// One person.
#[utoipa::path(
    get, path = "/employees/{id}", tag = "employees", params(("id" = EmployeeId, Path, example = "7")),
    responses((status = 200, description = "The person", body = Employee, example = json!(super::examples::employee())))
)]
async fn read(State(deps): State<Deps>, caller: Caller, Path(id): Path<EmployeeId>) -> Result<Json<Employee>, Failure> {
    Ok(Json(Employees::new(deps, caller).employee(id).await?))
}

/// Who changed what and when, newest first. Also of a deleted record.
#[utoipa::path(
    get, path = "/employees/{id}/history", tag = "employees", params(("id" = EmployeeId, Path, example = "7")),
    responses((status = 200, description = "The latest 500 changes", body = Page<Change>))
)]
async fn history(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<EmployeeId>,
) -> Result<Json<Page<Change>>, Failure> {
    let items = Employees::new(deps, caller).history(id).await?;
    Ok(Json(Page { items, next: None }))
}

/// Others of the same unit, with the same IP address, at the same workstation.
#[utoipa::path(
    get, path = "/employees/{id}/neighbours", tag = "employees", params(("id" = EmployeeId, Path, example = "7")),
    responses((status = 200, description = "At most 20 of each", body = Neighbours))
)]
async fn neighbours(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<EmployeeId>,
) -> Result<Json<Neighbours>, Failure> {
    Ok(Json(Employees::new(deps, caller).neighbours(id).await?))
}
