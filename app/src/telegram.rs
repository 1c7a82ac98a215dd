//! The Mini App bridge, spoken directly: what the client tells (theme, viewport, buttons pressed) as
//! signals, what the app tells it as methods. Methods do nothing outside Telegram, on a client too old
//! for them, and while the first HTML is rendered. Telegram's own script is not needed.

mod bridge;
mod colour;
mod document_style;
pub mod launch;
mod theme;
mod version;

use leptos::prelude::*;

use crate::live::watch;

use bridge::Way;
pub use launch::{Launch, Target};
use theme::ThemeParams;
pub use version::Version;
use wasm_bindgen::JsValue;

/// A short vibration: selection when a tab changes, impact when an action is pressed, the others at its
/// end. Never more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haptic {
    /// Another one of several was chosen.
    Selection,
    /// Something was pressed.
    Impact,
    /// It worked.
    Success,
    /// It worked, with reservations.
    Warning,
    /// It failed.
    Error,
}

/// A button of the client that was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Back.
    Back,
    /// The main button.
    Main,
    /// The client's menu entry for settings.
    Settings,
}

/// The Telegram client around the app; [`crate::app::App`] provides it by context.
#[derive(Clone, Copy)]
pub struct Telegram {
    way: StoredValue<Option<(Way, Version)>>,
    connected: RwSignal<bool>,
    unsaved: StoredValue<u32>,
}

/// The Telegram client.
///
/// # Panics
/// Outside of [`crate::app::App`].
#[must_use]
pub fn use_telegram() -> Telegram {
    expect_context()
}

/// What the client's main button looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MainButton {
    /// What it does.
    pub label: String,
    /// Can be pressed.
    pub active: bool,
    /// Works on it.
    pub busy: bool,
}

impl Telegram {
    /// Nobody there yet.
    #[must_use]
    pub fn new() -> Self {
        Self { way: StoredValue::new(None), connected: RwSignal::new(false), unsaved: StoredValue::new(0) }
    }

    /// Whether there is a client. False in the first HTML, so it may be read while rendering.
    #[must_use]
    pub fn connected(self) -> Signal<bool> {
        self.connected.into()
    }

    /// Whether the client knows what came with this version.
    #[must_use]
    pub fn has(self, version: Version) -> bool {
        self.way.with_value(|way| way.as_ref().is_some_and(|(_, spoken)| spoken.has(version)))
    }

    /// Begins to talk, in an effect. `origins` may frame the app and speak to it. `on_press` hears of the
    /// client's buttons.
    pub fn connect(self, launch: &Launch, origins: &[String], on_press: impl Fn(Pressed) + Clone + 'static) {
        document_style::apply_theme(&launch.theme());
        let Some(way) = Way::find(origins) else { return };
        let framed = matches!(way, Way::Frame(_));
        self.way.set_value(Some((way, launch.version())));
        bridge::listen(origins.to_vec(), move |event, data| self.hear(event, data, &on_press));
        if framed {
            self.post("iframe_ready", r#"{"reload_supported":true}"#);
        }
        self.post("web_app_request_theme", "");
        self.post("web_app_request_viewport", "");
        self.post_since(8, 0, "web_app_request_safe_area", "");
        self.post_since(8, 0, "web_app_request_content_safe_area", "");
        self.post_since(6, 1, "web_app_set_header_color", r#"{"color_key":"secondary_bg_color"}"#);
        self.post_since(7, 0, "web_app_setup_settings_button", r#"{"is_visible":true}"#);
        // A list is scrolled all the time: pulling it down must not close the app.
        self.post_since(7, 7, "web_app_setup_swipe_behavior", r#"{"allow_vertical_swipe":false}"#);
        self.post("web_app_ready", "");
        self.post("web_app_expand", "");
        self.connected.set(true);
    }

    /// A short vibration.
    pub fn haptic(self, haptic: Haptic) {
        let data = match haptic {
            Haptic::Selection => r#"{"type":"selection_change"}"#,
            Haptic::Impact => r#"{"type":"impact","impact_style":"light"}"#,
            Haptic::Success => r#"{"type":"notification","notification_type":"success"}"#,
            Haptic::Warning => r#"{"type":"notification","notification_type":"warning"}"#,
            Haptic::Error => r#"{"type":"notification","notification_type":"error"}"#,
        };
        self.post_since(6, 1, "web_app_trigger_haptic_feedback", data);
    }

    /// Shows or hides the client's back button.
    pub fn back_button(self, visible: bool) {
        self.post_since(6, 1, "web_app_setup_back_button", &object(&[("is_visible", visible.into())]));
    }

    /// Shows the main button so, or hides it.
    pub fn main_button(self, button: Option<MainButton>) {
        let data = match button {
            None => object(&[("is_visible", false.into())]),
            Some(button) => object(&[
                ("is_visible", true.into()),
                ("is_active", (button.active && !button.busy).into()),
                ("is_progress_visible", button.busy.into()),
                ("text", button.label.as_str().into()),
            ]),
        };
        self.post("web_app_setup_main_button", &data);
    }

    /// Counts what is typed and not saved: while there is some, the client asks before it closes the app.
    fn unsaved(self, unsaved: bool) {
        self.unsaved.update_value(|count| *count = if unsaved { *count + 1 } else { count.saturating_sub(1) });
        let need = self.unsaved.get_value() > 0;
        self.post("web_app_setup_closing_behavior", &object(&[("need_confirmation", need.into())]));
    }

    /// Whether leaving the page now would lose something.
    #[must_use]
    pub fn has_unsaved(self) -> bool {
        self.unsaved.get_value() > 0
    }

    /// Opens an address outside of the app; must be called while a press is handled.
    pub fn open_link(self, url: &str) {
        if self.connected.get_untracked() {
            self.post("web_app_open_link", &object(&[("url", url.into())]));
        } else {
            let _ = window().open_with_url_and_target_and_features(url, "_blank", "noopener");
        }
    }

    /// Opens a `https://t.me/…` address within Telegram.
    pub fn open_telegram_link(self, url: &str) {
        match url.strip_prefix("https://t.me") {
            Some(path) if self.has(Version::new(6, 1)) => {
                self.post("web_app_open_tg_link", &object(&[("path_full", path.into())]));
            }
            _ => self.open_link(url),
        }
    }

    /// Saves a file from an absolute one-time address.
    pub fn download(self, url: &str, file_name: &str) {
        if self.has(Version::new(8, 0)) {
            let data = object(&[("url", url.into()), ("file_name", file_name.into())]);
            self.post("web_app_request_file_download", &data);
        } else if self.connected.get_untracked() {
            self.open_link(url);
        } else {
            let _ = window().location().assign(url);
        }
    }

    /// Closes the app.
    pub fn close(self) {
        self.post("web_app_close", "");
    }

    fn post_since(self, major: u16, minor: u16, event: &str, data: &str) {
        if self.has(Version::new(major, minor)) {
            self.post(event, data);
        }
    }

    fn post(self, event: &str, data: &str) {
        self.way.with_value(|way| {
            if let Some((way, _)) = way {
                way.post(event, data);
            }
        });
    }

    fn hear(self, event: &str, data: &str, on_press: &impl Fn(Pressed)) {
        match event {
            "theme_changed" => {
                if let Ok(ThemeChanged { theme_params }) = serde_json::from_str(data) {
                    document_style::apply_theme(&ThemeParams::parse(theme_params.get()));
                }
            }
            "viewport_changed" => document_style::apply_viewport(data),
            "safe_area_changed" => document_style::apply_insets("--tg-safe-area-inset-", data),
            "content_safe_area_changed" => document_style::apply_insets("--tg-content-safe-area-inset-", data),
            "back_button_pressed" => on_press(Pressed::Back),
            "main_button_pressed" => on_press(Pressed::Main),
            "settings_button_pressed" => on_press(Pressed::Settings),
            "reload_iframe" => {
                self.post("iframe_will_reload", "");
                let _ = window().location().reload();
            }
            _ => {}
        }
    }
}

impl Default for Telegram {
    fn default() -> Self {
        Self::new()
    }
}

/// Asks before the app is closed while `unsaved`; for the component that holds what is typed.
pub fn guard_unsaved(unsaved: Signal<bool>) {
    let telegram = use_telegram();
    let counted = StoredValue::new(false);
    let count = move |unsaved: bool| {
        if counted.get_value() != unsaved {
            counted.set_value(unsaved);
            telegram.unsaved(unsaved);
        }
    };
    watch(move || count(unsaved.get()));
    on_cleanup(move || {
        if counted.try_get_value() == Some(true) {
            telegram.unsaved(false);
        }
    });
}

#[derive(serde::Deserialize)]
struct ThemeChanged {
    theme_params: Box<serde_json::value::RawValue>,
}

/// The data of an event as JSON.
fn object(fields: &[(&str, JsValue)]) -> String {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    js_sys::JSON::stringify(&object).map(String::from).unwrap_or_default()
}
