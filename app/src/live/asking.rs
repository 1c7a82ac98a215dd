//! When to ask again: once for many things that change at once, and now and then for what runs out without an event.

use std::time::Duration;

use leptos::prelude::*;

use super::watch;

/// Runs `ask` after `pause`, once for all calls until then, as long as the owner it was made in stands.
pub fn together(pause: Duration, ask: impl Fn() + Send + Sync + 'static) -> Callback<()> {
    let due = StoredValue::new(false);
    let ask = Callback::new(move |()| ask());
    Callback::new(move |()| {
        if due.try_get_value() != Some(false) {
            return;
        }
        due.set_value(true);
        let asked = move || {
            if due.try_set_value(false).is_none() {
                ask.try_run(());
            }
        };
        set_timeout(asked, pause);
    })
}

/// Runs `ask` every `period` while somebody looks, as long as the caller's owner stands; in the browser.
pub fn now_and_then(period: Duration, ask: impl Fn() + Send + Sync + 'static) {
    let ask = Callback::new(move |()| ask());
    let asked = move || {
        if !document().hidden() {
            ask.try_run(());
        }
    };
    watch(move || {
        let handle = set_interval_with_handle(asked, period);
        on_cleanup(move || drop(handle.map(|handle| handle.clear())));
    });
}
