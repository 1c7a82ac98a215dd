//! Whether the device has a connection, and the banner that says how old the data on the screen are.

use leptos::prelude::*;
use time::OffsetDateTime;

use crate::{
    components::use_clock,
    format,
    i18n::{texts, use_language},
    live::live,
};

/// Since when there is no connection; [`super::App`] provides it by context.
#[derive(Clone, Copy)]
pub struct Connection {
    /// When the data on the screen were loaded, while there is no connection.
    pub lost: RwSignal<Option<OffsetDateTime>>,
}

impl Connection {
    /// There is one, as far as we know.
    pub fn new() -> Self {
        Self { lost: RwSignal::new(None) }
    }
}

/// Says that there is no connection, and from when the data on the screen are.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let language = use_language();
    let clock = use_clock();
    view! {
        <div class="offline" role="status">
            {live(move || {
                connection
                    .lost
                    .get()
                    .map(|at| {
                        let text = texts(language.get()).offline_banner(&format::clock(at, clock.zone.get()));
                        view! { <p class="offline__banner">{text}</p> }.into_any()
                    })
            })}
        </div>
    }
    .into_any()
}
