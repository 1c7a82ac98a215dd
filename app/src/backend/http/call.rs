//! One request and its answer: bearer, body, problem details, a second try after a new sign-in.
//!
//! A call that is no longer waited for is aborted: dropping its future ends the request.

use std::pin::Pin;

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use send_wrapper::SendWrapper;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Blob, FormData};

use super::Http;
use crate::{
    backend::problem,
    directory::links::escape,
    model::{Error, Result, error::Reference, import::ImportFile, page::PageRequest},
};

/// A request as the use cases put it; it can be sent twice.
pub(super) struct Call {
    method: Method,
    address: String,
    asked: bool,
    key: Option<String>,
    body: Body,
}

enum Body {
    Empty,
    Json(String),
    File(ImportFile),
}

impl Call {
    /// A request for `/api/v1` and this path.
    pub(super) fn new(method: Method, path: impl AsRef<str>) -> Self {
        Self { method, address: format!("/api/v1{}", path.as_ref()), asked: false, key: None, body: Body::Empty }
    }

    /// Adds a parameter of the query.
    pub(super) fn ask(mut self, name: &str, value: &str) -> Self {
        self.address.push(if self.asked { '&' } else { '?' });
        self.asked = true;
        self.address.push_str(name);
        self.address.push('=');
        self.address.push_str(&escape(value));
        self
    }

    /// Asks for this piece of a list.
    pub(super) fn page(self, page: &PageRequest) -> Self {
        let call = self.ask("limit", &page.limit.to_string());
        match &page.cursor {
            Some(cursor) => call.ask("cursor", cursor),
            None => call,
        }
    }

    /// Makes a repetition harmless.
    pub(super) fn key(mut self, key: String) -> Self {
        self.key = Some(key);
        self
    }

    /// Sends this as JSON.
    pub(super) fn json(mut self, body: &impl Serialize) -> Result<Self> {
        let json = serde_json::to_string(body).map_err(|_| Error::unreadable("body_unreadable"))?;
        self.body = Body::Json(json);
        Ok(self)
    }

    /// Sends this file as the form's `file`.
    pub(super) fn file(mut self, file: ImportFile) -> Self {
        self.body = Body::File(file);
        self
    }

    fn request(&self, token: Option<&str>, abort: &Abort) -> Result<Request, gloo_net::Error> {
        let mut builder = RequestBuilder::new(&self.address)
            .method(self.method.clone())
            .header("Accept", "application/json")
            .abort_signal(abort.0.as_ref().map(AbortController::signal).as_ref());
        if let Some(token) = token {
            builder = builder.header("Authorization", &format!("Bearer {token}"));
        }
        if let Some(key) = &self.key {
            builder = builder.header("Idempotency-Key", key);
        }
        match &self.body {
            Body::Empty => builder.build(),
            Body::Json(json) => builder.header("Content-Type", "application/json").body(json.as_str()),
            Body::File(file) => {
                builder.body(form(file).map_err(|error| gloo_net::Error::GlooError(format!("{error:?}")))?)
            }
        }
    }
}

impl Http {
    /// Sends the call and reads the answer's body.
    pub(super) fn send<T: DeserializeOwned>(&self, call: Call) -> Exchange<'_, T> {
        let answer = self.answer(call);
        Box::pin(async {
            let answer = answer.await?;
            serde_json::from_str(&answer.text).map_err(|_| Error::Internal(Reference(answer.request_id)))
        })
    }

    /// Sends the call; there is nothing to read in its answer.
    pub(super) fn tell(&self, call: Call) -> Exchange<'_, ()> {
        let answer = self.answer(call);
        Box::pin(async { answer.await.map(drop) })
    }

    fn answer(&self, call: Call) -> Exchange<'_, Answer> {
        Box::pin(SendWrapper::new(async move {
            let token = self.session.token().await;
            let first = once(&call, token.as_deref()).await;
            if !matches!(first, Err(Error::Unauthenticated { .. })) || !self.session.renew(token).await {
                return first;
            }
            once(&call, self.session.token().await.as_deref()).await
        }))
    }
}

/// A request on its way. Boxed, so that its code is there once and not in every use case.
type Exchange<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

struct Answer {
    text: String,
    request_id: String,
}

async fn once(call: &Call, token: Option<&str>) -> Result<Answer> {
    // No answer at all, or one that breaks off: there is no connection.
    let away = |_| Error::Unavailable { retry_after_s: problem::LATER_S };
    let abort = Abort(AbortController::new().ok());
    let response: Response = call.request(token, &abort).map_err(away)?.send().await.map_err(away)?;
    let text = response.text().await.map_err(away)?;
    let request_id = response.headers().get("X-Request-Id");
    if response.ok() {
        return Ok(Answer { text, request_id: request_id.unwrap_or_default() });
    }
    let retry_after = response.headers().get("Retry-After");
    Err(problem::error(response.status(), &text, retry_after.as_deref(), request_id.as_deref()))
}

/// Ends the request when it goes out of scope; one that is answered does not mind.
struct Abort(Option<AbortController>);

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

fn form(file: &ImportFile) -> Result<FormData, JsValue> {
    let bytes = js_sys::Array::of1(&js_sys::Uint8Array::from(file.bytes.as_slice()));
    let blob = Blob::new_with_u8_array_sequence(&bytes)?;
    let form = FormData::new()?;
    form.append_with_blob_and_filename("file", &blob, &file.name)?;
    Ok(form)
}
