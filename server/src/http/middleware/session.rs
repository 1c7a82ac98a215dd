//! Who is asking: puts a [`Caller`] into each request.

use app::model::{error::Reference, user::Language};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use crate::{clock, http::language, services::Caller, state::AppState};

/// Puts a [`Caller`] into the request, and its language into the answer for whoever words a problem.
pub async fn recognise(State(_state): State<AppState>, mut request: Request, next: Next) -> Response {
    let reference = request.extensions().get::<Reference>().cloned().unwrap_or_else(|| Reference(String::new()));
    let language: Language = language::preferred(request.headers());
    request.extensions_mut().insert(Caller { user: None, language, now: clock::now(), reference });
    let mut response = next.run(request).await;
    response.extensions_mut().insert(language);
    response
}
