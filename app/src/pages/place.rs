//! Keeps the place in a list on a phone, where the object takes its place and the page itself scrolls.

use leptos::{ev, prelude::*};

use crate::{device, live::watch};

/// Remembers how far the list is scrolled while it is seen, and goes back there with it.
pub fn keep(listed: Memo<bool>) {
    let place = StoredValue::new(0.0_f64);
    let listing = move || listed.try_get_untracked() == Some(true) && !device::two_panes();
    watch(move || {
        let listener = window_event_listener(ev::scroll, move |_| {
            if listing() {
                place.set_value(window().scroll_y().unwrap_or_default());
            }
        });
        on_cleanup(move || listener.remove());
    });
    let before = StoredValue::new(true);
    watch(move || {
        let now = listed.get();
        let was = before.get_value();
        before.set_value(now);
        if now && !was {
            let back = place.get_value();
            // The list is laid out again before the next frame, the browser scrolls before that.
            request_animation_frame(move || {
                if listing() {
                    window().scroll_to_with_x_and_y(0.0, back);
                }
            });
        }
    });
}
