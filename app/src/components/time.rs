//! Times that stay right while they are looked at.

use leptos::prelude::*;
use time::{OffsetDateTime, UtcOffset};

use crate::live::live;
use crate::{format, i18n::use_texts, model::wire_time};

/// The time and the zone of the screens: in the first HTML the server's time and the organisation's
/// zone, in the browser its own, every half minute. [`crate::app`] provides it by context.
#[derive(Clone, Copy)]
pub struct Clock {
    /// The time now.
    pub now: RwSignal<OffsetDateTime>,
    /// The zone in which times are shown.
    pub zone: RwSignal<UtcOffset>,
}

/// The clock of the screens.
///
/// # Panics
/// Outside of [`crate::app::App`].
#[must_use]
pub fn use_clock() -> Clock {
    expect_context()
}

/// A time: relative up to a day, then a date. Hovering or a tap gives the exact one with its zone.
#[component]
pub fn Time(
    /// When.
    at: OffsetDateTime,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let exact = RwSignal::new(false);
    let full = move || format::exact(t, at, clock.zone.get());
    view! {
        <time
            class="time"
            datetime=wire_time::time_text(at)
            title=full
            on:click=move |_| exact.update(|exact| *exact = !*exact)
        >
            {live(move || if exact.get() { full() } else { format::relative(t, at, clock.now.get(), clock.zone.get()) })}
        </time>
    }
    .into_any()
}
