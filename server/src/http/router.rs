//! All routes and the order of what surrounds them.

use std::any::Any;

use app::model::{Error, error::Reference};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::header,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate, predicate::NotForContentType},
};

use crate::{
    config::telegram::WEBHOOK_PATH,
    http::{
        assets, files, health, metrics,
        middleware::{
            access_log, client_address, idempotency, rate_limit, request_id, security_headers, session, timeout,
        },
        pages,
        problem::{self, Failure},
        push, v1, webhook,
    },
    state::AppState,
};

/// Bodies may be this long unless a route says otherwise.
pub const BODY_LIMIT: usize = 256 * 1024;

/// The application's HTTP service.
pub fn router(state: &AppState) -> Router {
    let recognised = Router::new()
        .nest("/api/v1", v1::routes(state))
        .route("/api/{*rest}", axum::routing::any(no_such_thing))
        .merge(pages::routes(state))
        .layer(
            ServiceBuilder::new()
                .layer(compression())
                .layer(from_fn_with_state(state.clone(), session::recognise))
                .layer(from_fn_with_state(state.clone(), rate_limit::requests))
                .layer(from_fn(timeout::limit))
                .layer(from_fn_with_state(state.clone(), idempotency::once)),
        );
    let plain = Router::new()
        .route("/health", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::text))
        .route("/robots.txt", get(robots))
        .route("/favicon.ico", get(favicon))
        .route(WEBHOOK_PATH, post(webhook::receive))
        .route("/push/{secret}", get(push::alive).post(push::alive))
        .merge(assets::routes(&state.deps.config.web.bundle_dir));
    recognised
        .merge(plain)
        .layer(
            // The first one sees the request first.
            ServiceBuilder::new()
                .layer(from_fn(request_id::assign))
                .layer(from_fn_with_state(state.clone(), client_address::resolve))
                .layer(from_fn_with_state(state.clone(), access_log::record))
                .layer(from_fn_with_state(state.clone(), security_headers::add))
                .layer(from_fn(problem::render))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        )
        .with_state(state.clone())
}

/// Pages and JSON get shorter on their way; a workbook is compressed inside.
fn compression() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(NotForContentType::const_new(files::XLSX)))
}

async fn no_such_thing() -> Failure {
    Failure(Error::NotFound)
}

/// For browsers that ask for it before they read a page.
async fn favicon(State(state): State<AppState>) -> Result<Redirect, Failure> {
    let icon = state.assets.icon.as_deref().ok_or(Error::NotFound)?;
    Ok(Redirect::temporary(icon))
}

/// Nothing here is for search engines.
async fn robots() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain")], "User-agent: *\nDisallow: /\n")
}

#[expect(clippy::needless_pass_by_value, reason = "the signature is the layer's")]
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    // The span of the request is still open: the line carries its id.
    tracing::error!(message, "A handler panicked");
    Failure(Error::Internal(Reference(String::new()))).into_response()
}
