//! Puts what the client says about colours and measures on the document, as style variables set through
//! the style object: no inline style, so the content security policy needs no exception.

use leptos::prelude::document;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::theme::ThemeParams;

/// Sets the theme's variables and the colour scheme. A client that says nothing leaves the defaults.
pub fn apply_theme(theme: &ThemeParams) {
    if theme.is_empty() {
        return;
    }
    let Some(root) = root() else { return };
    for (name, value) in theme.variables() {
        let _ = root.style().set_property(&name, &value);
    }
    let _ = root.set_attribute("data-scheme", if theme.is_dark() { "dark" } else { "light" });
}

/// Sets the heights of what is visible, in pixels.
pub fn apply_viewport(data: &str) {
    #[derive(Deserialize)]
    struct Viewport {
        // macOS may send null.
        height: Option<f64>,
        #[serde(default)]
        is_state_stable: bool,
    }
    let (Some(root), Ok(viewport)) = (root(), serde_json::from_str::<Viewport>(data)) else { return };
    let Some(height) = viewport.height.filter(|height| *height > 0.0) else { return };
    let height = pixels(height);
    let _ = root.style().set_property("--tg-viewport-height", &height);
    if viewport.is_state_stable {
        let _ = root.style().set_property("--tg-viewport-stable-height", &height);
    }
}

/// Sets four insets, in pixels, under names that begin with `prefix`.
pub fn apply_insets(prefix: &str, data: &str) {
    #[derive(Deserialize)]
    #[serde(default)]
    #[derive(Default)]
    struct Insets {
        top: f64,
        bottom: f64,
        left: f64,
        right: f64,
    }
    let (Some(root), Ok(insets)) = (root(), serde_json::from_str::<Insets>(data)) else { return };
    for (side, inset) in
        [("top", insets.top), ("bottom", insets.bottom), ("left", insets.left), ("right", insets.right)]
    {
        let _ = root.style().set_property(&[prefix, side].concat(), &pixels(inset));
    }
}

/// The browser writes the number: it knows how, and the code for it here would be 4 kB.
fn pixels(length: f64) -> String {
    js_sys::Number::from(length)
        .to_string_with_radix(10)
        .map_or_else(|_| String::new(), |digits| String::from(digits) + "px")
}

fn root() -> Option<HtmlElement> {
    document().document_element().and_then(|root| root.dyn_into().ok())
}
