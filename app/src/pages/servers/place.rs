//! Keeps the place in the list on a phone, where a server takes its place and the page itself scrolls.

use leptos::{ev, prelude::*};

use super::detail::Opened;
use crate::{device, live::watch};

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
    let before = StoredValue::new(None::<Opened>);
    watch(move || {
        let now = opened.get();
        let was = before.get_value();
        before.set_value(Some(now));
        if now == Opened::Nobody && was.is_some_and(|was| was != now) {
            let back = place.get_value();
            request_animation_frame(move || {
                if listing() {
                    window().scroll_to_with_x_and_y(0.0, back);
                }
            });
        }
    });
}
