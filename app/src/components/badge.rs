//! Short words and numbers that qualify something.

use leptos::prelude::*;

use crate::live::live_text;

/// What a badge says by its colour; its words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Just so.
    #[default]
    Neutral,
    /// Worth a look: the accent colour.
    Accent,
    /// Good.
    Good,
    /// Needs care.
    Warning,
    /// Bad.
    Bad,
}

/// A short word or number in a pill.
#[component]
pub fn Badge(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// How it is meant.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    let class = match tone {
        Tone::Neutral => "badge",
        Tone::Accent => "badge badge--accent",
        Tone::Good => "badge badge--good",
        Tone::Warning => "badge badge--warning",
        Tone::Bad => "badge badge--bad",
    };
    view! { <span class=class>{live_text(move || text.get())}</span> }
}
