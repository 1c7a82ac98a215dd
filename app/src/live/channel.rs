//! The live channel as signals: whether the screen is right, how well the servers are looked at, and every event to whoever
//! listens. The WebSocket itself is `socket`; when to open it is [`super::pulse`].

#[cfg(feature = "hydrate")]
mod socket;

use std::sync::Arc;

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;

use super::pulse::Pulse;
use crate::model::{ids::TicketId, server::Watch};

#[cfg(feature = "hydrate")]
pub use socket::{Bearer, Wanted};

/// What was missed is not known: whatever is shown has to be asked for anew.
pub const ANEW: &str = "reload";

/// An event of the channel.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its place in the log.
    pub seq: i64,
    /// Its name, or [`ANEW`].
    pub event: Arc<str>,
    data: Arc<str>,
}

impl Heard {
    /// What the event brings, if it is that.
    #[must_use]
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.data).ok()
    }

    /// Everything has to be asked for anew.
    #[must_use]
    pub fn is_anew(&self) -> bool {
        &*self.event == ANEW
    }
}

/// Whether what is on the screen is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Freshness {
    /// As it was when the page was made; nothing was heard yet.
    #[default]
    Loaded,
    /// Right now.
    Live,
    /// It was right then.
    Stale(OffsetDateTime),
}

/// The live channel; [`crate::app::App`] provides it by context.
#[derive(Clone, Copy)]
pub struct Channel {
    /// Whether what is on the screen is right.
    pub freshness: RwSignal<Freshness>,
    /// How well the servers are looked at, as the channel last said.
    pub watch: RwSignal<Option<Watch>>,
    /// The ticket on the screen: others who look at it are told.
    looking: RwSignal<Option<TicketId>>,
    pulse: StoredValue<Pulse>,
    listeners: StoredValue<Vec<(u32, Callback<Heard>)>>,
    next: StoredValue<u32>,
}

impl Channel {
    /// Not open yet; the page was made then.
    #[must_use]
    pub fn new(now: OffsetDateTime) -> Self {
        Self {
            freshness: RwSignal::new(Freshness::Loaded),
            watch: RwSignal::new(None),
            looking: RwSignal::new(None),
            pulse: StoredValue::new(Pulse::new(milliseconds(now))),
            listeners: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }

    /// The data of a page hold the log up to here: what came after is heard.
    pub fn know(self, seq: i64) {
        self.pulse.update_value(|pulse| pulse.know(seq));
    }

    /// Tells every event as long as the caller's owner stands.
    pub fn listen(self, hear: impl Fn(Heard) + Send + Sync + 'static) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.listeners.update_value(|listeners| listeners.push((id, Callback::new(hear))));
        on_cleanup(move || {
            self.listeners.try_update_value(|listeners| listeners.retain(|(known, _)| *known != id));
        });
    }

    /// This ticket is on the screen as long as the caller's owner stands; in an effect.
    pub fn look(self, ticket: TicketId) {
        self.looking.set(Some(ticket));
        on_cleanup(move || {
            // Another one may be there already.
            if self.looking.try_get_untracked() == Some(Some(ticket)) {
                self.looking.set(None);
            }
        });
    }

    /// Something on the screen is asked for anew: until [`Channel::settle`] nothing is right.
    pub fn owe(self) {
        self.pulse.update_value(Pulse::owe);
    }

    /// What was asked for is there.
    pub fn settle(self) {
        self.pulse.update_value(Pulse::settle);
    }
}

/// The live channel.
///
/// # Panics
/// Outside of [`crate::app::App`].
#[must_use]
pub fn use_channel() -> Channel {
    expect_context()
}

fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or_default()
}
