//! Parts of a view that follow signals, and reactions to them; the live channel that changes some of these signals.
//!
//! Written as bare closures they would each be types of their own, and the browser would load the code
//! that builds, hydrates and rebuilds each of them: some 4 kB. Boxed they share it.

mod asking;
pub mod channel;
pub mod pulse;

pub use asking::{now_and_then, together};
use leptos::prelude::*;

/// A part of a view that is built anew when a signal it reads changes.
pub fn live<V: IntoAny>(mut part: impl FnMut() -> V + Send + 'static) -> AnyView {
    let part: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || part().into_any());
    part.into_any()
}

/// A text that follows the signals it reads.
pub fn live_text<S: Into<String>>(mut text: impl FnMut() -> S + Send + 'static) -> AnyView {
    let text: Box<dyn FnMut() -> String + Send> = Box::new(move || text().into());
    text.into_any()
}

/// Runs in the browser, at once and whenever a signal it reads changes.
pub fn watch(reaction: impl FnMut() + 'static) {
    fn start(mut reaction: Box<dyn FnMut()>) {
        Effect::new(move |_| reaction());
    }
    start(Box::new(reaction));
}
