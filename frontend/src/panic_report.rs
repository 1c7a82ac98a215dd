//! A panic ends the module: it is told to the server once, and a fixed message with a way to reload,
//! which the document holds from the beginning, is uncovered. The reactive system may be dead by then,
//! so none of it is used.

use std::{panic, sync::Once};

use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement};

/// Longer messages are cut: they may carry a piece of what was on the screen.
const MESSAGE_LIMIT: usize = 300;

/// Installs the hook.
pub fn install() {
    static ONCE: Once = Once::new();
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        ONCE.call_once(|| {
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            let message: String = info.payload_as_str().unwrap_or("panic").chars().take(MESSAGE_LIMIT).collect();
            report(&[&message, " at ", &place].concat());
            uncover();
        });
    }));
}

/// The address is sent without query and numbers: they may name a person.
fn report(message: &str) -> Option<()> {
    let window = web_sys::window()?;
    let path: String = window.location().pathname().ok()?.chars().filter(|c| !c.is_ascii_digit()).collect();
    let body = js_sys::Object::new();
    js_sys::Reflect::set(&body, &"message".into(), &message.into()).ok()?;
    js_sys::Reflect::set(&body, &"page".into(), &path.into()).ok()?;
    let json = js_sys::JSON::stringify(&body).ok()?;
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&json), &kind).ok()?;
    window.navigator().send_beacon_with_opt_blob("/api/v1/client-errors", Some(&blob)).ok().map(drop)
}

fn uncover() -> Option<()> {
    let message = web_sys::window()?.document()?.get_element_by_id("stopped")?;
    message.dyn_into::<HtmlElement>().ok()?.set_hidden(false);
    Some(())
}
