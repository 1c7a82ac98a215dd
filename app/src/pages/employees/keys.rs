//! The keyboard on the list: rows are links, so moving along them moves the focus itself, and Enter is
//! the browser's own.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::finder::Finder;
use crate::{
    device,
    directory::keyboard::{Command, Focus, Key, command, step},
    live::watch,
};

/// Rows one can move along.
const ROWS: &str = ".panes__list a.row, .panes__list button.row";
/// The search field.
const SEARCH: &str = ".panes__list [data-search]";

/// Listens as long as the page stands.
pub fn listen(finder: Finder) {
    watch(move || {
        let listener = window_event_listener(ev::keydown, move |event| react(finder, &event));
        on_cleanup(move || listener.remove());
    });
}

fn react(finder: Finder, event: &KeyboardEvent) {
    if event.default_prevented() || document().query_selector("dialog[open]").ok().flatten().is_some() {
        return;
    }
    let active = document().active_element();
    let key = event.key();
    let key = Key {
        key: &key,
        modified: event.ctrl_key() || event.alt_key() || event.meta_key(),
        focus: active.as_ref().map_or(Focus::Elsewhere, focus),
    };
    let Some(command) = command(key) else { return };
    match command {
        Command::Next | Command::Previous => walk(command, active.as_ref()),
        // An empty field leaves Esc to the frame of the app, which goes back.
        Command::Clear if finder.text.with_untracked(String::is_empty) => return,
        Command::Clear => finder.text.set(String::new()),
    }
    event.prevent_default();
}

fn focus(element: &Element) -> Focus {
    if element.has_attribute("data-search") {
        Focus::Search
    } else if matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") {
        Focus::OtherField
    } else {
        Focus::Elsewhere
    }
}

fn walk(command: Command, active: Option<&Element>) {
    let Ok(rows) = document().query_selector_all(ROWS) else { return };
    let row = |at: usize| rows.item(u32::try_from(at).ok()?)?.dyn_into::<HtmlElement>().ok();
    let count = usize::try_from(rows.length()).unwrap_or_default();
    let chosen = active.and_then(|active| {
        (0..count).find(|at| row(*at).is_some_and(|row| row.is_same_node(Some(active.unchecked_ref()))))
    });
    match step(chosen, count, command) {
        Some(at) => row(at).map(|row| drop(row.focus())),
        None => {
            device::focus(SEARCH);
            None
        }
    };
}
