//! How old what is on the screen is, in one line that is always there; and what keeps us from looking.

use leptos::prelude::*;
use time::OffsetDateTime;

use super::use_clock;
use crate::{
    format,
    i18n::{Texts, use_texts},
    live::{
        channel::{Freshness, use_channel},
        live,
    },
    model::server::{Line, Watch},
};

/// Checks are written down at least so often while anybody looks.
const UNWATCHED_S: i64 = 90;

/// The age of the data.
#[component]
pub fn LiveStatus(
    /// When the data were read, for as long as nothing was heard.
    #[prop(into)]
    as_of: Signal<OffsetDateTime>,
    /// How well the servers were looked at then.
    #[prop(optional, into)]
    watch: Signal<Option<Watch>>,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let channel = use_channel();
    let age = move || {
        let zone = clock.zone.get();
        match channel.freshness.get() {
            Freshness::Live => ("age age--live", t.live_now().to_owned()),
            Freshness::Loaded => ("age", t.live_loaded(&format::clock(as_of.get(), zone))),
            Freshness::Stale(at) => ("age age--stale", t.live_stale(&format::clock(at, zone))),
        }
    };
    view! {
        <div class="status" role="status">
            {live(move || {
                let (class, text) = age();
                view! { <p class=class>{text}</p> }.into_any()
            })}
            {live(move || {
                let watch = channel.watch.get().or_else(|| watch.get())?;
                let text = trouble(t, &watch, clock.now.get(), clock.zone.get())?;
                Some(view! { <p class="status__trouble">{text}</p> }.into_any())
            })}
        </div>
    }
    .into_any()
}

/// What keeps us from looking, if anything does.
fn trouble(t: Texts, watch: &Watch, now: OffsetDateTime, zone: time::UtcOffset) -> Option<String> {
    let old = |at: OffsetDateTime| (now - at).whole_seconds() > UNWATCHED_S;
    Some(match watch.checked_at {
        _ if watch.line == Line::Down => t.live_line_down().to_owned(),
        Some(at) if old(at) => t.live_unwatched(&format::relative(t, at, now, zone)),
        _ if watch.ping_not_permitted => t.live_ping().to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use time::{UtcOffset, macros::datetime};

    use super::trouble;
    use crate::{
        i18n::texts,
        model::{
            server::{Line, Watch},
            user::Language::En,
        },
    };

    #[test]
    fn what_keeps_us_from_looking_is_said_the_gravest_first() {
        let now = datetime!(2026-11-20 12:00 UTC);
        let watch = |seconds, line, ping_not_permitted| Watch {
            checked_at: Some(now - time::Duration::seconds(seconds)),
            line,
            ping_not_permitted,
        };
        let t = texts(En);
        for (watch, said) in [
            (watch(5, Line::Up, false), None),
            (watch(90, Line::NotAsked, false), None),
            (watch(120, Line::Up, true), Some(t.live_unwatched("2 min ago"))),
            (watch(120, Line::Down, false), Some(t.live_line_down().to_owned())),
            (watch(5, Line::Up, true), Some(t.live_ping().to_owned())),
            (Watch::default(), None),
        ] {
            assert_eq!(trouble(t, &watch, now, UtcOffset::UTC), said, "{watch:?}");
        }
    }
}
