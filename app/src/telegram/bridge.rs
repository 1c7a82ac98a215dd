//! The wire to the Telegram client: its three ways out and its ways in. What the events mean is in the
//! parent module.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::{document, window};
use serde_json::value::RawValue;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::MessageEvent;

/// How events reach the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// `TelegramWebviewProxy`: Android, iOS, macOS, Desktop.
    Proxy,
    /// `external.notify`: old desktop clients.
    Notify,
    /// The app is in a frame of Telegram's web client, which has one of these origins.
    Frame(Vec<String>),
}

impl Way {
    /// The way there is, if the app is inside a client at all. `origins` may frame the app.
    #[must_use]
    pub fn find(origins: &[String]) -> Option<Self> {
        if method(&get(&window(), "TelegramWebviewProxy"), "postEvent").is_some() {
            return Some(Self::Proxy);
        }
        if method(&get(&window(), "external"), "notify").is_some() {
            return Some(Self::Notify);
        }
        in_frame().then(|| Self::Frame(parent_origins(origins)))
    }

    /// Sends an event; `data` is JSON, empty for none.
    pub fn post(&self, event: &str, data: &str) {
        match self {
            Self::Proxy => {
                let proxy = get(&window(), "TelegramWebviewProxy");
                if let Some(post) = method(&proxy, "postEvent") {
                    let _ = post.call2(&proxy, &event.into(), &if data.is_empty() { "\"\"" } else { data }.into());
                }
            }
            Self::Notify => {
                let external = get(&window(), "external");
                if let Some(notify) = method(&external, "notify") {
                    let _ = notify.call1(&external, &envelope(event, data).into());
                }
            }
            Self::Frame(origins) => {
                if let Ok(Some(parent)) = window().parent() {
                    let message = JsValue::from(envelope(event, data));
                    for origin in origins {
                        let _ = parent.post_message(&message, origin);
                    }
                }
            }
        }
    }
}

/// Whether the app is in a frame.
#[must_use]
pub fn in_frame() -> bool {
    window().parent().ok().flatten().is_some_and(|parent| parent != window())
}

/// Makes `receive` hear what the client says: `(event, data as JSON)`. Native clients call a function,
/// web clients send a message, which counts only from the parent and from one of `origins`.
pub fn listen(origins: Vec<String>, receive: impl Fn(&str, &str) + Clone + 'static) {
    let called = {
        let receive = receive.clone();
        Closure::<dyn Fn(JsValue, JsValue)>::new(move |event: JsValue, data: JsValue| {
            if let Some(event) = event.as_string() {
                receive(&event, &to_json(&data));
            }
        })
        .into_js_value()
    };
    let telegram = object(&window(), "Telegram");
    set(&object(&telegram, "WebView"), "receiveEvent", &called);
    set(&object(&window(), "TelegramGameProxy"), "receiveEvent", &called);
    set(&window(), "TelegramGameProxy_receiveEvent", &called);

    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let parent = window().parent().ok().flatten().map(JsValue::from);
        let from_parent = in_frame() && parent.is_some() && message.source().map(JsValue::from) == parent;
        if !from_parent || !origins.contains(&message.origin()) {
            return;
        }
        let Some(text) = message.data().as_string() else { return };
        let Ok(envelope) = serde_json::from_str::<Envelope>(&text) else { return };
        receive(&envelope.event_type, envelope.event_data.as_deref().map_or("null", RawValue::get));
    });
    let _ = window().add_event_listener_with_callback("message", heard.as_ref().unchecked_ref());
    // The client may speak as long as the page stands.
    heard.forget();
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    event_type: String,
    event_data: Option<Box<RawValue>>,
}

/// The one allowed origin that is our parent's, as far as the browser says; else all allowed ones.
fn parent_origins(allowed: &[String]) -> Vec<String> {
    let location: JsValue = window().location().into();
    let ancestor = get(&get(&location, "ancestorOrigins"), "0").as_string();
    let referrer = document().referrer();
    let known = |origin: &&String| {
        ancestor.as_ref() == Some(*origin)
            || referrer.strip_prefix(origin.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match allowed.iter().find(known) {
        Some(origin) => vec![origin.clone()],
        // A browser that knows its ancestors and finds none of ours there: nobody to talk to.
        None if ancestor.is_some() => Vec::new(),
        None => allowed.to_vec(),
    }
}

fn envelope(event: &str, data: &str) -> String {
    // Event names are ours and hold nothing to escape.
    ["{\"eventType\":\"", event, "\",\"eventData\":", if data.is_empty() { "\"\"" } else { data }, "}"].concat()
}

fn to_json(value: &JsValue) -> String {
    // Some clients hand over text that is JSON already.
    value
        .as_string()
        .or_else(|| js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()))
        .unwrap_or_else(|| "null".to_owned())
}

fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(target: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &name.into(), value);
}

fn method(target: &JsValue, name: &str) -> Option<Function> {
    get(target, name).dyn_into().ok()
}

/// The object of this name, made if it is not there.
fn object(target: &JsValue, name: &str) -> JsValue {
    let found = get(target, name);
    if found.is_object() {
        return found;
    }
    let made: JsValue = Object::new().into();
    set(target, name, &made);
    made
}
