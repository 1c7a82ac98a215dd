//! Keeps the place in the list on a phone, where a card takes its place and the page itself scrolls.

use leptos::{ev, prelude::*};

use super::detail::Opened;
use crate::device;
use crate::live::watch;

/// Remembers how far the list is scrolled while it is seen, and goes back there with it.
pub fn keep(opened: Memo<Opened>) {
    let place = StoredValue::new(0.0_f64);
    let listing = move || opened.try_get_untracked() == Some(Opened::Nobody) && !device::two_panes();
    watch(move || {
        let listener = window_event_listener(ev::scroll, move |_| {
            if listing() {
                place.set_value(window().scroll_y().unwrap_or_default());
            }
        });
        on_cleanup(move || listener.remove());
    });
    Effect::new(move |before: Option<Opened>| {
        let now = opened.get();
        if now == Opened::Nobody && before.is_some_and(|before| before != now) {
            let back = place.get_value();
            // The list is laid out again before the next frame, the browser scrolls before that.
            request_animation_frame(move || {
                if listing() {
                    window().scroll_to_with_x_and_y(0.0, back);
                }
            });
        }
        now
    });
}
