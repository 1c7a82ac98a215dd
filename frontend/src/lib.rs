//! The browser's entry. Nothing else lives here.
//!
//! A panic stops the module at once, without a message: the document's boot script reports where it stopped, and
//! `.ci/names.mjs` tells which functions that were.

use app::pages::part::{NotLoaded, Part};
use js_sys::{Error, Promise};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

/// Makes the server's HTML alive, once the parts that its page needs are here. The document's boot script
/// calls it once, and says it when the promise is broken.
#[wasm_bindgen]
pub fn hydrate() -> Promise {
    future_to_promise(async {
        let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
        for part in Part::at(&path) {
            part.load().await.map_err(|NotLoaded| Error::new("a part of the app was not loaded"))?;
        }
        leptos::mount::hydrate_body(app::App);
        Ok(JsValue::UNDEFINED)
    })
}
