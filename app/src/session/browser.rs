//! Signing in over HTTP, and what the HTTP adapter of the backend asks about the bearer.

use std::{cell::RefCell, rc::Rc};

use gloo_net::http::RequestBuilder;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use time::OffsetDateTime;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use super::{Session, Standing, store};
use crate::{
    backend::{
        Accounts as _, Backend,
        http::{self, Work},
        problem,
    },
    model::{Error, Result, error::Reference, user::SignedIn},
    start::Start,
    telegram::Launch,
};

/// The backend of the browser, which signs in through this session; and, by context, its bearers for what is no request.
#[must_use]
pub fn backend(session: Session) -> Backend {
    let shared = Rc::new(Shared(Rc::new(Browser { session, signing_in: RefCell::new(None) })));
    provide_context(Bearers(SendWrapper::new(Rc::clone(&shared))));
    Backend::new(shared)
}

/// Gives the bearer of the session.
#[derive(Clone)]
pub struct Bearers(SendWrapper<Rc<Shared>>);

impl Bearers {
    /// The bearer, once a sign-in that is under way is done; with `renew` another one, for this one was refused. Empty
    /// where only the cookie knows us, nothing where no session can be had.
    #[must_use]
    pub fn bearer(self, renew: bool) -> Work<Option<String>> {
        let shared = Rc::clone(&self.0);
        Box::pin(async move {
            let mut token = http::Session::token(&*shared).await;
            if renew {
                if !http::Session::renew(&*shared, token).await {
                    return None;
                }
                token = http::Session::token(&*shared).await;
            }
            Some(token.unwrap_or_default())
        })
    }
}

/// How the app was launched, and whether this is a fresh launch.
#[derive(Clone)]
pub struct Launched(pub Launch, pub bool);

/// Reads how the app was launched: from the fragment, which it then takes out of the address since it is
/// a secret, else from before a reload. To be called before there is a router: it would take the address
/// with the fragment for a page of its own.
#[must_use]
pub fn launched() -> Launched {
    let location = window().location();
    let Some(launch) = location.hash().ok().and_then(|fragment| Launch::parse(&fragment)) else {
        return Launched(store::launch().unwrap_or_default(), false);
    };
    // A client that reloads its frame opens the address with the same fragment again.
    let fresh = store::launch().is_none_or(|before| before.init_data != launch.init_data);
    if store::keep_launch(&launch) {
        let path = [location.pathname(), location.search()].into_iter().filter_map(Result::ok).collect::<String>();
        let history = window().history().and_then(|history| {
            let state = history.state().unwrap_or(JsValue::NULL);
            history.replace_state_with_url(&state, "", Some(&path))
        });
        drop(history);
    }
    Launched(launch, fresh)
}

/// Finds out who is using the app, once, in an effect: by the bearer of this tab, by the cookie that the
/// first HTML was made for, or by signing in.
pub fn begin(session: Session, backend: &Backend, start: &Start, launch: Launch) {
    let bearer = store::bearer(&launch.init_data);
    let user_id = launch.user_id();
    let in_telegram = !launch.init_data.is_empty();
    session.token.set_value(bearer.clone());
    session.launch.set_value(launch);
    let known = start.user.as_ref().is_some_and(|user| user_id.is_none_or(|id| id == user.telegram_id));
    if known {
        return;
    }
    if !in_telegram && bearer.is_none() {
        session.standing.set(Standing::Outside);
        return;
    }
    // Somebody else's data may be on the screen: Telegram's user was changed under a living cookie.
    session.standing.set(Standing::Pending);
    let accounts = backend.accounts();
    spawn_local(async move {
        if bearer.is_none() {
            return sign_in_anew(session).await;
        }
        match accounts.me().await {
            Ok(user) => session.update(user),
            Err(error) => session.standing.set(Standing::Failed(error)),
        }
    });
}

/// Signs in, whatever session there is.
async fn sign_in_anew(session: Session) {
    let init_data = session.launch.with_value(|launch| launch.init_data.clone());
    match exchange(session, &init_data).await {
        Ok(signed_in) => session.update(signed_in.user),
        Err(error) => session.standing.set(Standing::Failed(error)),
    }
}

/// Exchanges launch data for a session and keeps its bearer.
async fn exchange(session: Session, init_data: &str) -> Result<SignedIn> {
    let away = |_| Error::Unavailable { retry_after_s: problem::LATER_S };
    let response = RequestBuilder::new("/api/v1/session")
        .method(gloo_net::http::Method::POST)
        .header("Accept", "application/json")
        .header("Authorization", &["tma ", init_data].concat())
        .send()
        .await
        .map_err(away)?;
    let text = response.text().await.map_err(away)?;
    let id = response.headers().get("X-Request-Id");
    if !response.ok() {
        let retry_after = response.headers().get("Retry-After");
        return Err(problem::error(response.status(), &text, retry_after.as_deref(), id.as_deref()));
    }
    let signed_in: SignedIn =
        serde_json::from_str(&text).map_err(|_| Error::Internal(Reference(id.unwrap_or_default())))?;
    store::keep_bearer(&signed_in.token, init_data);
    session.token.set_value(Some(signed_in.token.clone()));
    Ok(signed_in)
}

/// What the HTTP adapter asks. All requests that wait for a sign-in wait for the same one.
struct Browser {
    session: Session,
    signing_in: RefCell<Option<js_sys::Promise>>,
}

impl Browser {
    /// Signs in, or joins the sign-in that is under way.
    fn sign_in(self: &Rc<Self>) -> js_sys::Promise {
        let browser = Rc::clone(self);
        let session = self.session;
        self.signing_in
            .borrow_mut()
            .get_or_insert_with(|| {
                future_to_promise(async move {
                    let init_data = session.launch.with_value(|launch| launch.init_data.clone());
                    let signed_in = exchange(session, &init_data).await;
                    // Here and not where it is waited for: who waits may be gone by now.
                    *browser.signing_in.borrow_mut() = None;
                    match signed_in {
                        Ok(signed_in) => {
                            session.expired.set(false);
                            session.update(signed_in.user);
                            Ok(JsValue::TRUE)
                        }
                        Err(error) => {
                            refused(session, error);
                            Ok(JsValue::FALSE)
                        }
                    }
                })
            })
            .clone()
    }
}

/// Launch data are too old or used up: while screens stand they stay and a sheet offers the way out.
fn refused(session: Session, error: Error) {
    let inside = session.standing.with_untracked(|standing| matches!(standing, Standing::SignedIn(_)));
    match error {
        Error::Unauthenticated { .. } | Error::Unreadable { .. } if inside => session.expired.set(true),
        _ if inside => {}
        error => session.standing.set(Standing::Failed(error)),
    }
}

/// The one of this page, as long as anybody waits for it.
pub struct Shared(Rc<Browser>);

impl http::Session for Shared {
    fn token(&self) -> Work<Option<String>> {
        let browser = Rc::clone(&self.0);
        Box::pin(async move {
            browser.session.asked_at.set(Some(now()));
            let waiting = browser.signing_in.borrow().clone();
            if let Some(promise) = waiting {
                let _ = JsFuture::from(promise).await;
            }
            browser.session.token.get_value()
        })
    }

    fn renew(&self, refused: Option<String>) -> Work<bool> {
        let browser = Rc::clone(&self.0);
        Box::pin(async move {
            let session = browser.session;
            if session.token.get_value() != refused {
                // Another request has signed in meanwhile.
                return true;
            }
            if session.launch.with_value(|launch| launch.init_data.is_empty()) {
                match session.standing.get_untracked() {
                    Standing::SignedIn(_) => session.expired.set(true),
                    // What was still under way at the sign-out is refused after it.
                    Standing::SignedOut => {}
                    _ => session.standing.set(Standing::Outside),
                }
                return false;
            }
            let promise = browser.sign_in();
            JsFuture::from(promise).await.is_ok_and(|done| done.is_truthy())
        })
    }
}

/// The browser's clock.
#[must_use]
pub fn now() -> OffsetDateTime {
    // Milliseconds since 1970 are far below 2^53.
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    let milliseconds = js_sys::Date::now() as i128;
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
