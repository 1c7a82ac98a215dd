//! The session that asks: begun with launch data, ended by signing out.

use app::{
    backend::Settings as _,
    model::{Error, user::SignedIn},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    middleware::from_fn_with_state,
    response::{AppendHeaders, IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::session::{Token, credential, device},
    http::{extract::Json, middleware::rate_limit, problem::Failure},
    services::{Caller, Deps, accounts::Accounts, sessions::Sessions},
    state::AppState,
};

/// Routes of this resource.
pub fn routes(state: &AppState) -> OpenApiRouter<AppState> {
    let sign_in =
        OpenApiRouter::new().routes(routes!(sign_in)).layer(from_fn_with_state(state.clone(), rate_limit::sign_ins));
    OpenApiRouter::new().routes(routes!(sign_out)).merge(sign_in)
}

/// Exchanges launch data for a session.
///
/// `Authorization: tma <initData>`, the text exactly as Telegram gave it to the page. The token comes in the
/// answer and as a cookie. The same launch data may be exchanged again until it is too old or burned by a
/// sign-out.
#[utoipa::path(
    post, path = "/session", tag = "session", security(()),
    params(("Authorization" = String, Header, description = "`tma` and the raw launch data")),
    responses((status = 201, description = "Signed in", body = SignedIn,
               headers(("Set-Cookie" = String, description = "`vakhta_session`, the same token"))))
)]
async fn sign_in(State(deps): State<Deps>, caller: Caller, headers: HeaderMap) -> Result<Response, Failure> {
    let launch_data = launch_data(&headers)?;
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let device = device::describe(user_agent);
    let is_https = deps.public_url.scheme() == "https";
    let signed_in = Sessions::new(deps).sign_in(launch_data, &device, caller.now, &caller.reference).await?;
    let token = Token::parse(&signed_in.token).ok_or(Error::Internal(caller.reference))?;
    let headers = AppendHeaders([
        (header::SET_COOKIE, credential::set_cookie(&token, is_https)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ]);
    Ok((StatusCode::CREATED, headers, Json(signed_in)).into_response())
}

/// What follows `tma`; bytes, because a header may hold some that are no text.
fn launch_data(headers: &HeaderMap) -> Result<&[u8], Error> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let value = given.next().ok_or_else(|| Error::unauthenticated("not_signed_in"))?.as_bytes();
    if given.next().is_some() {
        return Err(Error::unreadable("init_data_malformed"));
    }
    match value.split_at_checked(3) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case(b"tma") && matches!(rest.first(), None | Some(b' ')) => {
            Ok(rest.trim_ascii())
        }
        _ => Err(Error::unauthenticated("not_signed_in")),
    }
}

/// Signs out: ends the session that asks and burns the launch data it came from.
#[utoipa::path(
    delete, path = "/session", tag = "session",
    responses((status = 204, description = "Signed out"))
)]
async fn sign_out(State(deps): State<Deps>, caller: Caller) -> Result<Response, Failure> {
    let is_https = deps.public_url.scheme() == "https";
    Accounts::new(deps, caller).sign_out().await?;
    let headers = AppendHeaders([(header::SET_COOKIE, credential::clear_cookie(is_https))]);
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}
