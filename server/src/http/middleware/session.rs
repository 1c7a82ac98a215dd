//! Who is asking: puts a [`Caller`] into each request.

use app::model::{Error, error::Reference, user::Language};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;

use crate::{
    auth::{
        AuthUser,
        session::credential::{self, Credential},
    },
    clock,
    http::{language, middleware::rate_limit::address_of, problem::Failure},
    services::{Caller, sessions::Sessions},
    state::AppState,
};

/// Puts a [`Caller`] into the request, and its language into the answer for whoever words a problem.
pub async fn recognise(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let reference = request.extensions().get::<Reference>().cloned().unwrap_or_else(|| Reference(String::new()));
    let preferred = language::preferred(request.headers());
    let now = clock::now();
    let is_api = request.uri().path().starts_with("/api/");
    let credential = credential::read(request.method(), request.headers(), &state.deps.public_url);
    let user = match user(&state, credential, &address_of(&request), now, &reference).await {
        Ok(user) => user,
        // A page is still of use without its data: the browser asks for them once more.
        Err(Error::Unavailable { .. } | Error::Internal(_)) if !is_api => None,
        Err(error) => return worded_in(preferred, Failure(error).into_response()),
    };
    let language = user.as_ref().map_or(preferred, |user| user.language);
    request.extensions_mut().insert(Caller { user, language, now, reference });
    worded_in(language, next.run(request).await)
}

async fn user(
    state: &AppState,
    credential: Credential,
    from: &str,
    now: OffsetDateTime,
    reference: &Reference,
) -> Result<Option<AuthUser>, Error> {
    match credential {
        Credential::None => Ok(None),
        Credential::ForeignOrigin => Err(Error::Forbidden { code: "foreign_origin".into() }),
        Credential::Token(token) => Sessions::new(state.deps.clone()).recognise(&token, from, now, reference).await,
    }
}

fn worded_in(language: Language, mut response: Response) -> Response {
    response.extensions_mut().insert(language);
    response
}
