//! The browser's entry: the panic report, then hydration. Nothing else lives here.

mod panic_report;

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the server's HTML alive. The document's boot script calls it once.
#[wasm_bindgen]
pub fn hydrate() {
    panic_report::install();
    leptos::mount::hydrate_body(app::App);
}
