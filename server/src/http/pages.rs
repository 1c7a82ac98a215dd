//! The pages: the first HTML, rendered by the app with the services of this request's caller.
//!
//! Every page is rendered to its end before it is sent, so that it shows its data without scripts.

mod rendering;

use std::sync::Arc;

use any_spawner::Executor;
use app::{
    model::Error,
    pages::section::Section,
    shell::{Document, shell},
    start::{LANGUAGE_COOKIE, OnRefusal, Start},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::get,
};
use leptos::{nonce::Nonce, prelude::*};
use leptos_axum::{ResponseOptions, render_app_async_with_context};

use crate::{
    http::{
        middleware::security_headers::ScriptNonce,
        problem::{Failure, status_of},
    },
    services::{Caller, Deps, backend, links},
    state::AppState,
};

/// Pages at the addresses the app knows, and its page for the others.
pub fn routes(state: &AppState) -> Router<AppState> {
    // Once for the process; several servers of one process, as in tests, share it.
    let _ = Executor::init_tokio();
    let render = render_app_async_with_context(provide, {
        let document = document(state);
        move || shell(document.clone())
    });
    let page = move |request: Request<Body>| async move {
        let known = Section::at(request.uri().path()).is_some();
        let mut answer = rendering::whole(render(request)).await?;
        if !known {
            *answer.status_mut() = StatusCode::NOT_FOUND;
        }
        Ok::<_, Failure>(answer)
    };
    Router::new().fallback(get(page)).layer(from_fn_with_state(state.clone(), prepare))
}

fn document(state: &AppState) -> Document {
    let assets = &state.assets;
    Document {
        script: assets.script.clone(),
        module: assets.module.clone(),
        parts: assets.parts.clone(),
        styles: assets.styles.clone(),
        icon: assets.icon.clone(),
    }
}

/// What rendering needs and only waiting gives: it goes into the request, since contexts are provided at once.
async fn prepare(State(deps): State<Deps>, caller: Caller, mut request: Request, next: Next) -> Response {
    let backend = backend(&deps, caller.clone());
    // Without the database the page still comes; the browser asks for its data again.
    let user = if caller.user.is_some() { backend.accounts.me().await.ok() } else { None };
    let language = match &user {
        Some(user) => user.language,
        None => chosen_language(request.headers()).unwrap_or(caller.language),
    };
    let start = Start {
        user,
        language,
        now: caller.now,
        zone_s: deps.config.web.time_zone.offset_at(caller.now).whole_seconds(),
        app_link: links::app(&deps),
        web_origins: deps.config.telegram.web_origins.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        tickets: deps.config.otrs.is_some(),
    };
    request.extensions_mut().insert(start);
    request.extensions_mut().insert(backend);
    next.run(request).await
}

/// Hands to the app what [`prepare`] left in the request.
fn provide() {
    let Some(parts) = use_context::<Parts>() else { return };
    if let Some(start) = parts.extensions.get::<Start>() {
        provide_context(start.clone());
    }
    if let Some(backend) = parts.extensions.get::<app::backend::Backend>() {
        provide_context(backend.clone());
    }
    if let Some(ScriptNonce(nonce)) = parts.extensions.get::<ScriptNonce>() {
        provide_context(Nonce::from_value(nonce.clone()));
    }
    if let Some(answer) = use_context::<ResponseOptions>() {
        provide_context(OnRefusal(Arc::new(move |error| {
            // For any other reason the page may still come to life in the browser.
            if matches!(error, Error::NotFound | Error::Forbidden { .. }) {
                answer.set_status(status_of(error));
            }
        })));
    }
}

/// The language somebody who is not signed in chose here.
fn chosen_language(headers: &HeaderMap) -> Option<app::model::user::Language> {
    use app::model::user::Language;
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, chosen) = pairs.find(|(name, _)| *name == LANGUAGE_COOKIE)?;
    [Language::Ru, Language::En].into_iter().find(|language| language.as_str() == chosen)
}
