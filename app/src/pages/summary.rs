//! How many servers are in which state and how many incidents nobody has taken: for home and for the tab, kept current.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Overview as _},
    live::{channel::Channel, together, watch},
    model::server::ServerSummary,
};

/// Many things change at once when a switch dies: they are asked for together.
const PAUSE: Duration = Duration::from_millis(1_500);

/// The figures; [`crate::app::App`] provides them by context.
#[derive(Clone, Copy)]
pub struct Summary {
    /// As they are known in the browser.
    pub known: RwSignal<Option<ServerSummary>>,
    /// How many places show the states, which change more often than incidents.
    watched: StoredValue<u32>,
}

impl Summary {
    /// Nothing known.
    #[must_use]
    pub fn new() -> Self {
        Self { known: RwSignal::new(None), watched: StoredValue::new(0) }
    }

    /// Asks in the browser as long as somebody is inside, and again when the channel tells of a change.
    pub fn follow(self, inside: Signal<bool>, channel: Channel, backend: Backend) {
        let backend = StoredValue::new(backend);
        watch(move || {
            if inside.get() {
                self.ask(backend);
            } else {
                self.known.set(None);
            }
        });
        let soon = together(PAUSE, move || self.ask(backend));
        channel.listen(move |heard| {
            let states = self.watched.get_value() > 0 && heard.event.starts_with("server.");
            if heard.is_anew() || heard.event.starts_with("incident.") || states {
                soon.run(());
            }
        });
    }

    /// Follows the states as well, as long as the caller's owner stands.
    pub fn watch_states(self) {
        watch(move || {
            self.watched.update_value(|count| *count += 1);
            on_cleanup(move || {
                self.watched.try_update_value(|count| *count -= 1);
            });
        });
    }

    fn ask(self, backend: StoredValue<Backend>) {
        let overview = backend.with_value(Backend::overview);
        spawn_local(async move {
            // Without an answer the figures stay, and the channel says how old they are.
            if let Ok(summary) = overview.summary().await {
                let _ = self.known.try_set(Some(summary));
            }
        });
    }
}

impl Default for Summary {
    fn default() -> Self {
        Self::new()
    }
}
