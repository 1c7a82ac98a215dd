//! Accounts, for administrators.

use app::{
    backend::{Accounts as _, Administration as _},
    model::{
        ids::{AccountId, SessionId},
        page::Page,
        user::{Account, AccountPatch, Session},
    },
};
use axum::{extract::State, http::StatusCode};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::AuthUser,
    http::{
        extract::{Json, Path, Query},
        page::PageQuery,
        problem::Failure,
    },
    services::{Caller, Deps, accounts::Accounts},
    state::AppState,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(access_requests))
        .routes(routes!(one, change))
        .routes(routes!(sessions, end_sessions))
        .routes(routes!(end_session))
}

/// Accounts: open requests for access first, the longest waiting ahead; then by last use.
#[utoipa::path(
    get, path = "/accounts", tag = "accounts", params(PageQuery),
    responses((status = 200, description = "A piece of the list", body = Page<Account>))
)]
async fn list(
    State(deps): State<Deps>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Account>>, Failure> {
    Ok(Json(Accounts::new(deps, caller).accounts(page.request()?).await?))
}

/// How many wait.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
struct AccessRequests {
    /// Requests for access without an answer.
    access_requests: u32,
}

/// How many requests for access wait for an answer.
#[utoipa::path(
    get, path = "/accounts/access-requests", tag = "accounts",
    responses((status = 200, description = "Their number", body = AccessRequests))
)]
async fn access_requests(State(deps): State<Deps>, caller: Caller) -> Result<Json<AccessRequests>, Failure> {
    let access_requests = Accounts::new(deps, caller).access_requests().await?;
    Ok(Json(AccessRequests { access_requests }))
}

/// One account.
#[utoipa::path(
    get, path = "/accounts/{id}", tag = "accounts",
    params(("id" = AccountId, Path, description = "The account")),
    responses((status = 200, description = "The account", body = Account))
)]
async fn one(State(deps): State<Deps>, caller: Caller, Path(id): Path<AccountId>) -> Result<Json<Account>, Failure> {
    Ok(Json(Accounts::new(deps, caller).account(id).await?))
}

/// Gives a role, links an employee, declines a request for access. Felt within a second.
///
/// 409 `role_fixed` when the configuration gives the role, `last_admin` when nobody would be left,
/// `employee_linked` when the employee belongs to another account.
#[utoipa::path(
    patch, path = "/accounts/{id}", tag = "accounts", request_body = AccountPatch,
    params(("id" = AccountId, Path, description = "The account")),
    responses((status = 200, description = "The account as it is now", body = Account))
)]
async fn change(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<AccountId>,
    _signed_in: AuthUser,
    Json(patch): Json<AccountPatch>,
) -> Result<Json<Account>, Failure> {
    Ok(Json(Accounts::new(deps, caller).change_account(id, patch).await?))
}

/// Live sessions of an account. All of them: `next` is always absent.
#[utoipa::path(
    get, path = "/accounts/{id}/sessions", tag = "accounts",
    params(("id" = AccountId, Path, description = "The account")),
    responses((status = 200, description = "Its sessions", body = Page<Session>))
)]
async fn sessions(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<AccountId>,
) -> Result<Json<Page<Session>>, Failure> {
    let items = Accounts::new(deps, caller).account_sessions(id).await?;
    Ok(Json(Page { items, next: None }))
}

/// Ends all sessions of an account.
#[utoipa::path(
    delete, path = "/accounts/{id}/sessions", tag = "accounts",
    params(("id" = AccountId, Path, description = "The account")),
    responses((status = 204, description = "Ended"))
)]
async fn end_sessions(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<AccountId>,
) -> Result<StatusCode, Failure> {
    Accounts::new(deps, caller).end_account_sessions(id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one session of an account.
#[utoipa::path(
    delete, path = "/accounts/{id}/sessions/{session}", tag = "accounts",
    params(
        ("id" = AccountId, Path, description = "The account"),
        ("session" = SessionId, Path, description = "The session"),
    ),
    responses((status = 204, description = "Ended"))
)]
async fn end_session(
    State(deps): State<Deps>,
    caller: Caller,
    Path((id, session)): Path<(AccountId, SessionId)>,
) -> Result<StatusCode, Failure> {
    Accounts::new(deps, caller).end_account_sessions(id, Some(session)).await?;
    Ok(StatusCode::NO_CONTENT)
}
