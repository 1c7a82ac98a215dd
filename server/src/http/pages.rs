//! The pages: the first HTML, rendered by the app with the services of this request's caller.
//!
//! Every page is rendered to its end before it is sent, so that it shows its data without scripts.

use std::{
    future::{Future, pending},
    io,
    num::NonZero,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use any_spawner::Executor;
use app::{
    model::Error,
    pages::section::Section,
    shell::{Document, shell},
    start::{LANGUAGE_COOKIE, OnRefusal, Start},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::get,
};
use leptos::{nonce::Nonce, prelude::*};
use leptos_axum::{ResponseOptions, render_app_async_with_context};
use tokio::{
    runtime::{Builder, Handle},
    time::timeout,
};
use tracing::Instrument as _;

use crate::{
    http::{
        middleware::security_headers::ScriptNonce,
        problem::{Failure, status_of},
    },
    services::{Caller, Deps, backend, links},
    state::AppState,
};

/// How long a page may take; its data have shorter limits of their own.
const LONGEST: Duration = Duration::from_secs(20);

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
        let mut answer = whole(render(request)).await?;
        if !known {
            *answer.status_mut() = StatusCode::NOT_FOUND;
        }
        Ok::<_, Failure>(answer)
    };
    Router::new().fallback(get(page)).layer(from_fn_with_state(state.clone(), prepare))
}

/// The page with all of its body, rendered on one thread from beginning to end, even if whoever asked has hung up: parts of a
/// page are tasks, and on other threads they would find it taken to pieces while they look for what belongs to it
/// (`reactive_graph` 0.2 then waits for itself, and the thread is lost). Nobody waits for a page that does not come.
async fn whole(page: impl Future<Output = Response> + Send + 'static) -> Result<Response, Failure> {
    let rendered = async {
        let (head, body) = page.await.into_parts();
        let body = to_bytes(body, usize::MAX).await.ok()?;
        Some(Response::from_parts(head, Body::from(body)))
    };
    let rendered = renderer().spawn(timeout(LONGEST, rendered).in_current_span()).await;
    rendered.ok().and_then(Result::ok).flatten().ok_or(Failure(Error::Unavailable { retry_after_s: 1 }))
}

/// The next of the threads that render, of which there is one for each processor.
fn renderer() -> Handle {
    static THREADS: LazyLock<Vec<Handle>> = LazyLock::new(|| {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        (0..count).filter_map(|_| start_renderer().ok()).collect()
    });
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).checked_rem(THREADS.len());
    next.and_then(|next| THREADS.get(next)).cloned().unwrap_or_else(Handle::current)
}

fn start_renderer() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new().name("renderer".to_owned()).spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
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
