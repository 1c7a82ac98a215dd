//! Where the keyboard's focus is and where it goes.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Whether a key belongs to something else: a field, an open sheet, a combination with Ctrl.
pub fn is_taken(event: &ev::KeyboardEvent) -> bool {
    let typing = event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            && element.get_attribute("type").as_deref() != Some("radio")
    });
    event.default_prevented()
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || typing
        || open_sheet().is_some()
}

/// The sheet that is open, if any.
pub fn open_sheet() -> Option<web_sys::HtmlDialogElement> {
    document().query_selector("dialog[open]").ok().flatten().and_then(|element| element.dyn_into().ok())
}

/// Focuses the search field of the page; whether there is one.
pub fn focus_search() -> bool {
    let field = document().query_selector("[data-search]").ok().flatten();
    let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return false };
    let _ = field.focus();
    field.select();
    true
}

/// Moves the focus along the rows of the page that can be opened.
pub fn step(by: i32) {
    let Ok(rows) = document().query_selector_all(".main a.row, .main button.row") else { return };
    let rows: Vec<HtmlElement> = (0..rows.length())
        .filter_map(|at| rows.get(at)?.dyn_into().ok())
        .filter(|row: &HtmlElement| row.offset_parent().is_some())
        .collect();
    let focused = document().active_element();
    let at = rows.iter().position(|row| focused.as_ref() == Some(row.as_ref()));
    let next = match at {
        Some(at) => at.checked_add_signed(isize::try_from(by).unwrap_or_default()),
        None => Some(0),
    };
    if let Some(row) = next.and_then(|at| rows.get(at)) {
        let _ = row.focus();
    }
}
