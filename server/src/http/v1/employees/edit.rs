//! Entering, changing, removing and merging people.

use app::{
    backend::{Employees as _, Records as _},
    model::{
        employee::{Employee, EmployeeDraft, EmployeePatch},
        ids::EmployeeId,
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use serde::Deserialize;

use crate::{
    http::{
        extract::{Json, Path},
        problem::Failure,
        v1::examples,
    },
    services::{Caller, Deps, employees::Employees},
};

/// Enters somebody new.
///
/// Values pass the rules of the import. An e-mail that is taken is a 409 with that record as `current`.
#[utoipa::path(
    post, path = "/employees", tag = "employees",
    request_body(content = EmployeeDraft, example = json!(examples::draft())),
    responses((
        status = 201, description = "Entered", body = Employee,
        headers(("Location" = String, description = "Where the person is from now on")),
        example = json!(examples::employee())
    ))
)]
pub(super) async fn create(
    State(deps): State<Deps>,
    caller: Caller,
    headers: HeaderMap,
    Json(draft): Json<EmployeeDraft>,
) -> Result<(StatusCode, [(header::HeaderName, String); 1], Json<Employee>), Failure> {
    // A repetition is answered before it gets here; the key is passed on for the trait's sake.
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    let employee = Employees::new(deps, caller).create(draft, key.to_owned()).await?;
    let location = format!("/api/v1/employees/{}", employee.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(employee)))
}

/// Changes fields of a record.
///
/// Absent fields stay, `null` empties. `version` is the one the caller saw: when the record moved on since, the
/// answer is 409 `employee_conflict` with the record as it is now as `current`.
#[utoipa::path(
    patch, path = "/employees/{id}", tag = "employees", params(("id" = EmployeeId, Path, example = "7")),
    request_body(content = EmployeePatch, example = json!({ "version": 3, "room": "Б-215", "note": null })),
    responses((status = 200, description = "Changed", body = Employee, example = json!(examples::employee())))
)]
pub(super) async fn change(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<EmployeeId>,
    Json(patch): Json<EmployeePatch>,
) -> Result<Json<Employee>, Failure> {
    Ok(Json(Employees::new(deps, caller).change(id, patch).await?))
}

/// Takes a record out of the directory; `restore` brings it back. Doing it again changes nothing.
#[utoipa::path(
    delete, path = "/employees/{id}", tag = "employees", params(("id" = EmployeeId, Path, example = "7")),
    responses((status = 204, description = "Gone"))
)]
pub(super) async fn delete(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<EmployeeId>,
) -> Result<StatusCode, Failure> {
    Employees::new(deps, caller).delete(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings back a deleted record as it was, or one that has left as active.
#[utoipa::path(
    post, path = "/employees/{id}/restore", tag = "employees",
    params(("id" = EmployeeId, Path, example = "7")),
    responses((status = 200, description = "Back", body = Employee, example = json!(examples::employee())))
)]
pub(super) async fn restore(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<EmployeeId>,
) -> Result<Json<Employee>, Failure> {
    Ok(Json(Employees::new(deps, caller).restore(id).await?))
}

/// The record that is merged into the one of the path.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub(super) struct Merge {
    /// It is deleted; what the other one lacks is taken from it.
    other: EmployeeId,
}

/// Merges another record of the same person into this one.
///
/// Empty fields are filled, telephones and addresses joined, the account is linked anew, the other record is
/// deleted. Doing it again changes nothing.
#[utoipa::path(
    post, path = "/employees/{id}/merge", tag = "employees",
    params(("id" = EmployeeId, Path, example = "7")),
    request_body(content = Merge, example = json!({ "other": "12" })),
    responses((status = 200, description = "The record that stays", body = Employee, example = json!(examples::employee())))
)]
pub(super) async fn merge(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<EmployeeId>,
    Json(merge): Json<Merge>,
) -> Result<Json<Employee>, Failure> {
    Ok(Json(Employees::new(deps, caller).merge(id, merge.other).await?))
}
