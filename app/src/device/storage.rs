//! What is remembered on the device: `localStorage` until it is cleared, `sessionStorage` until the tab
//! is closed. Both may be denied; then nothing is remembered and nothing fails.

use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// How long something is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Until the device's storage is cleared.
    Device,
    /// Until the tab is closed.
    Tab,
}

/// What is remembered under this key, if it is there and still readable.
#[must_use]
pub fn read<T: DeserializeOwned>(keep: Keep, key: &str) -> Option<T> {
    let text = area(keep)?.get_item(key).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Remembers a value.
pub fn write(keep: Keep, key: &str, value: &impl Serialize) {
    if let (Some(area), Ok(text)) = (area(keep), serde_json::to_string(value)) {
        // A full storage forgets this one value, which was a convenience.
        drop(area.set_item(key, &text));
    }
}

/// Forgets a value.
pub fn forget(keep: Keep, key: &str) {
    if let Some(area) = area(keep) {
        drop(area.remove_item(key));
    }
}

fn area(keep: Keep) -> Option<Storage> {
    let window = web_sys::window()?;
    match keep {
        Keep::Device => window.local_storage(),
        Keep::Tab => window.session_storage(),
    }
    .ok()
    .flatten()
}
