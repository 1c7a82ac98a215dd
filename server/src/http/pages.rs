//! The pages: the first HTML, rendered by the app with the services of this request's caller.
//!
//! Every page is rendered to its end before it is sent, so that it shows its data without scripts.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use app::{
    App,
    model::Error,
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
use leptos_axum::{ResponseOptions, generate_route_list, render_app_async_with_context};

use crate::{
    http::{middleware::security_headers::ScriptNonce, problem::status_of},
    services::{Caller, Deps, backend, links},
    state::AppState,
};

/// Pages at the addresses the app knows, and its page for the others.
pub fn routes(state: &AppState) -> Router<AppState> {
    let render = render_app_async_with_context(provide, {
        let document = document(state);
        move || shell(document.clone())
    });
    let mut router = Router::new();
    for path in paths() {
        router = router.route(path, get(render.clone()));
    }
    let unknown = move |request: Request<Body>| async move { (StatusCode::NOT_FOUND, render(request).await) };
    router.fallback(get(unknown)).layer(from_fn_with_state(state.clone(), prepare))
}

/// The addresses the app knows, the same for the whole process. While Leptos lists them, no page of the process gets its
/// data (`SuppressResourceLoad`): a page that is rendered meanwhile would wait for them for ever.
fn paths() -> &'static BTreeSet<String> {
    static PATHS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        // The app tells `/employees/:id` from `/employees/:page` by order; here they are the same address.
        generate_route_list(App).iter().map(|listing| without_names(listing.path())).collect()
    });
    &PATHS
}

/// `/employees/{id}/history` as `/employees/{2}/history`.
fn without_names(path: &str) -> String {
    let parts = path.split('/').enumerate().map(|(place, part)| {
        let name = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match name {
            Some(name) if name.starts_with('*') => format!("{{*{place}}}"),
            Some(_) => format!("{{{place}}}"),
            None => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("/")
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
