//! The browser's entry: the panic report, then hydration. Nothing else lives here.

mod panic_report;

use app::part::{NotLoaded, Part};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Makes the server's HTML alive, once the part that its page needs is here. The document's boot script
/// calls it once.
#[wasm_bindgen]
pub async fn hydrate() -> Result<(), JsValue> {
    panic_report::install();
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    if let Some(part) = Part::at(&path) {
        part.load().await.map_err(|NotLoaded| js_sys::Error::new("a part of the app was not loaded"))?;
    }
    leptos::mount::hydrate_body(app::App);
    Ok(())
}
