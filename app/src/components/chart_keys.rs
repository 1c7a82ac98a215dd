//! A chart is read with the keyboard as well.

use leptos::{ev, prelude::*};

/// Arrows, Home and End move the cursor along the points of a chart, of which there are `count`.
pub fn chart_keys(cursor: RwSignal<Option<usize>>, count: usize) -> Callback<ev::KeyboardEvent> {
    Callback::new(move |event: ev::KeyboardEvent| {
        let last = count.saturating_sub(1);
        let at = cursor.get_untracked();
        let next = match event.key().as_str() {
            "ArrowLeft" => at.map_or(last, |at| at.saturating_sub(1)),
            "ArrowRight" => at.map_or(0, |at| (at + 1).min(last)),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        cursor.set(Some(next));
    })
}
