//! What a browser does for a page: wait, remember, copy, hand a file over.
//!
//! To be called in event handlers and effects only: the server has no device. Nothing of Telegram is
//! known here.

pub mod storage;

use std::ops::Range;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlTextAreaElement};

/// Waits this many milliseconds.
pub async fn sleep(ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // A timer that cannot be set is due at once.
            let set = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
            if set.is_err() {
                drop(resolve.call0(&JsValue::NULL));
            }
        }
    });
    drop(JsFuture::from(promise).await);
}

/// Puts a text on the clipboard; whether that worked. Frames may be denied the clipboard, then the old
/// way by a selection is tried.
pub async fn copy(text: String) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into()).unwrap_or_default();
    if !clipboard.is_undefined() && JsFuture::from(window.navigator().clipboard().write_text(&text)).await.is_ok() {
        return true;
    }
    copy_selected(&text).is_some_and(|done| done)
}

fn copy_selected(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.unchecked_into();
    area.set_value(text);
    // A style attribute would break the content security policy.
    area.set_class_name("visually-hidden");
    let body = document.body()?;
    body.append_child(&area).ok()?;
    area.select();
    let done = document.unchecked_ref::<web_sys::HtmlDocument>().exec_command("copy").unwrap_or(false);
    area.remove();
    Some(done)
}

/// Whether list and object stand side by side.
#[must_use]
pub fn two_panes() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(min-width: 900px)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// A name nobody else uses, for requests that must not be done twice.
#[must_use]
pub fn unique_key() -> String {
    let random = || (js_sys::Math::random() * 4_294_967_296.0) as u32;
    format!("{:08x}{:08x}{:08x}", random(), random(), js_sys::Date::now() as u64 as u32)
}

/// Puts the cursor into the first element that fits the selector.
pub fn focus(selector: &str) {
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        drop(element.unchecked_into::<HtmlElement>().focus());
    }
}

/// What is selected in a field of several lines, in UTF-16 units.
#[must_use]
pub fn selection(selector: &str) -> Option<Range<u32>> {
    let field = area(selector)?;
    let (start, end) = (field.selection_start().ok()??, field.selection_end().ok()??);
    Some(start..end)
}

/// Puts the cursor into a field of several lines and selects this, in UTF-16 units.
pub fn select(selector: &str, range: Range<u32>) {
    if let Some(field) = area(selector) {
        drop(field.focus());
        drop(field.set_selection_range(range.start, range.end));
    }
}

fn area(selector: &str) -> Option<HtmlTextAreaElement> {
    web_sys::window()?.document()?.query_selector(selector).ok()??.dyn_into().ok()
}
