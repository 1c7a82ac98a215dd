//! Short words and numbers that qualify something; and the six states, each with a shape of its own.

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

/// The six states of what is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Answers as it should.
    Up,
    /// Answers, but badly.
    Degraded,
    /// Does not answer.
    Down,
    /// Not known.
    Unknown,
    /// In a planned window.
    Maintenance,
    /// Not watched for now.
    Paused,
}

/// A state: its shape in its colour, then its name.
#[component]
pub fn StateBadge(
    /// Which.
    state: State,
    /// Its name in the language of the page.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let (class, shape) = match state {
        State::Up => ("state state--up", "●"),
        State::Degraded => ("state state--degraded", "▲"),
        State::Down => ("state state--down", "■"),
        State::Unknown => ("state state--unknown", "○"),
        State::Maintenance => ("state state--maintenance", "◐"),
        State::Paused => ("state state--paused", "‖"),
    };
    view! {
        <span class=class>
            <span aria-hidden="true">{shape}</span>
            " "
            {name}
        </span>
    }
    .into_any()
}
