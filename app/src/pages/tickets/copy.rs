//! How far what is shown may be believed: whether we hear changes, how current the copy of OTRS is, how far its first filling
//! is; and what of mine was not done.

use leptos::prelude::*;
use time::{OffsetDateTime, UtcOffset};

use super::desk::Desk;
use crate::{
    components::{Icon, use_clock},
    format,
    i18n::{Texts, grouped, use_texts},
    live::{
        channel::{Freshness, use_channel},
        live,
    },
    model::{
        action::{Action, ActionState},
        otrs_link::{CopyState, TicketCopy},
    },
    pages::Acts,
};

/// One line that is always there.
#[component]
pub fn CopyStatus() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let channel = use_channel();
    let clock = use_clock();
    live(move || {
        let copy = desk.shelf.with(|shelf| shelf.copy);
        let (now, zone) = (clock.now.get(), clock.zone.get());
        let (class, text) = match (channel.freshness.get(), behind(t, copy, now, zone)) {
            (Freshness::Stale(at), _) => ("age age--stale", t.live_stale(&format::clock(at, zone))),
            (_, Some(behind)) => ("age age--stale", behind),
            (Freshness::Live, _) => ("age age--live", t.live_now().to_owned()),
            (Freshness::Loaded, _) => {
                ("age", copy.as_of.map(|at| t.live_loaded(&format::clock(at, zone))).unwrap_or_default())
            }
        };
        view! {
            <div class="status" role="status">
                <p class=class>{text}</p>
            </div>
        }
        .into_any()
    })
}

/// Why the copy is not current, in words; absent when it is.
pub fn behind(t: Texts, copy: TicketCopy, now: OffsetDateTime, zone: UtcOffset) -> Option<String> {
    match (copy.state, copy.as_of) {
        (CopyState::Current, _) => None,
        (CopyState::Away, Some(at)) => Some(t.tickets_away(&format::date_clock(t, at, now, zone))),
        (CopyState::Away, None) => Some(t.tickets_never().to_owned()),
        (CopyState::Filling, _) => {
            let done = grouped(t.language(), copy.done.into());
            Some(match copy.of {
                Some(of) => t.tickets_copied_of(&done, &grouped(t.language(), of.into())),
                None => t.tickets_copied(&done),
            })
        }
    }
}

/// Says that something of mine waits, or was not done, and leads there.
#[component]
pub fn Stuck() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let acts = expect_context::<Acts>();
    live(move || {
        let (here, refused) = acts.list.with(|acts| {
            let here = acts.iter().filter(|act| act.is_here());
            let refused = here.clone().filter(|act| act.refused.is_some()).count();
            (here.count(), refused)
        });
        let stopped = desk.shelf.with(|shelf| shelf.actions.iter().filter(|action| is_stopped(action)).count());
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let (class, text) = match (refused + stopped, here) {
            (0, 0) => return ().into_any(),
            (0, here) => ("stuck", t.tickets_waiting_here(count(here))),
            (failed, _) => ("stuck stuck--bad", t.tickets_failed(count(failed))),
        };
        view! {
            <a class=class href="/tickets/actions">
                {Icon::Warning.view()}
                <span class="stuck__text">{text}</span>
                {Icon::Next.view()}
            </a>
        }
        .into_any()
    })
}

/// It waits for its author.
pub fn is_stopped(action: &Action) -> bool {
    matches!(action.state, ActionState::Conflict | ActionState::NeedsSignIn | ActionState::Failed)
        || action.mail.as_ref().is_some_and(|mail| mail.state.is_stopped())
}
