//! What this tab remembers over a reload: the launch parameters and the bearer. Storage may be denied;
//! then a reload starts from nothing.

use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::telegram::Launch;

/// The boot script in `shell` reads the theme from here, too: keep name and shape in step.
const LAUNCH: &str = "vakhta.launch";
const BEARER: &str = "vakhta.bearer";

/// A bearer and the launch data it was given for.
#[derive(Serialize, Deserialize)]
struct Bearer {
    token: String,
    init_data: String,
}

/// Remembers how the app was launched; whether that worked.
pub fn keep_launch(launch: &Launch) -> bool {
    write(LAUNCH, launch)
}

/// How the app was launched before the page was reloaded.
pub fn launch() -> Option<Launch> {
    read(LAUNCH)
}

/// Remembers the bearer that was given for these launch data.
pub fn keep_bearer(token: &str, init_data: &str) {
    write(BEARER, &Bearer { token: token.to_owned(), init_data: init_data.to_owned() });
}

/// The bearer, if it was given for these launch data: in a tab that Telegram uses again for somebody
/// else it must not be found.
pub fn bearer(init_data: &str) -> Option<String> {
    read::<Bearer>(BEARER).filter(|bearer| bearer.init_data == init_data).map(|bearer| bearer.token)
}

/// Forgets everything.
pub fn clear() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(LAUNCH);
        let _ = storage.remove_item(BEARER);
    }
}

fn write(key: &str, value: &impl Serialize) -> bool {
    let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) else { return false };
    storage.set_item(key, &text).is_ok()
}

fn read<T: for<'de> Deserialize<'de>>(key: &str) -> Option<T> {
    let text = storage()?.get_item(key).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
