//! What is remembered on the device until its storage is cleared. It may be denied; then nothing is
//! remembered and nothing fails.

use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// What is remembered under this key, if it is there and still readable.
#[must_use]
pub fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = area()?.get_item(key).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Remembers a value.
pub fn write(key: &str, value: &impl Serialize) {
    if let (Some(area), Ok(text)) = (area(), serde_json::to_string(value)) {
        // A full storage forgets this one value, which was a convenience.
        drop(area.set_item(key, &text));
    }
}

/// Forgets a value.
pub fn forget(key: &str) {
    if let Some(area) = area() {
        drop(area.remove_item(key));
    }
}

/// Forgets all values whose key begins so.
pub fn forget_all(prefix: &str) {
    keys(prefix).iter().for_each(|key| forget(key));
}

/// The keys that begin so.
#[must_use]
pub fn keys(prefix: &str) -> Vec<String> {
    let Some(area) = area() else { return Vec::new() };
    let keys = (0..area.length().unwrap_or_default()).filter_map(|at| area.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(prefix)).collect()
}

fn area() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
