//! What happens in the browser once the page is alive: Telegram, the session, the clock, the connection,
//! the keyboard, deep links.

mod focus;
mod link;

use std::{rc::Rc, time::Duration};

use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use time::UtcOffset;
use wasm_bindgen::JsCast;
use web_sys::Element;

use link::Link;

use super::{
    connection::Connection,
    keys::{Command, Pending, above},
    shortcuts::ShortcutsShown,
};
use crate::{
    backend::Backend,
    components::{Back, NativeMainAction, use_clock, use_toasts},
    i18n::{texts, use_language},
    live::channel::{Bearer, Freshness, use_channel},
    live::watch,
    pages::{Sender, Summary, part::Part},
    session::{self, Screens, use_session},
    start::Start,
    telegram::{Haptic, MainButton, Pressed, Telegram, use_telegram},
};

const CLOCK_TICK: Duration = Duration::from_secs(15);

/// Begins all of it, from the frame, inside the router.
pub fn start() {
    let back = expect_context::<Back>();
    telegram_and_session(back);
    keep_clock();
    watch_connection();
    hear_live();
    send_on();
    listen_to_keys(back);
    feel_presses();
    fetch_ahead();
    ask_before_leaving();
    keep_document_language();
    Effect::new(|_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}

/// Talks to the client, finds out who is there, follows the link that opened the app.
fn telegram_and_session(back: Back) {
    let telegram = use_telegram();
    let session = use_session();
    let native = expect_context::<NativeMainAction>();
    let backend = expect_context::<Backend>();
    let start = expect_context::<Start>();
    let launched = expect_context::<session::Launched>();
    let navigate = use_navigate();
    let path = use_location().pathname;
    let link = Link::listen(back);

    Effect::new(move |_| {
        let session::Launched(launch, fresh) = launched.clone();
        let pressed = {
            let navigate = navigate.clone();
            move |button| match button {
                Pressed::Back => go_back(back, path),
                Pressed::Main => {
                    if let Some(on_press) = native.on_press.get_value() {
                        on_press.run(());
                    }
                }
                Pressed::Settings => navigate("/settings", NavigateOptions::default()),
            }
        };
        telegram.connect(&launch, &start.web_origins, pressed);
        native.present.set(telegram.connected().get_untracked());
        if let Some(target) = launch.target().filter(|_| fresh) {
            link.follow(target);
        }
        session::begin(session, &backend, &start, launch);
    });

    Effect::new(move |_| {
        let button = native.state.get();
        telegram.main_button(button.map(|state| MainButton {
            label: state.label,
            active: state.active,
            busy: state.busy,
        }));
    });
    Effect::new(move |_| {
        let inner = above(&path.get()).is_some();
        if telegram.connected().get() {
            telegram.back_button(inner);
        }
    });
}

/// "Back" in the client and on the keyboard: closes a sheet first.
fn go_back(back: Back, path: Memo<String>) {
    if let Some(sheet) = focus::open_sheet() {
        sheet.close();
    } else {
        back.press(above(&path.get_untracked()));
    }
}

/// The browser's own time and zone in place of the server's.
fn keep_clock() {
    let clock = use_clock();
    Effect::new(move |_| {
        let tick = move || {
            let now = session::now();
            clock.now.set(now);
            let minutes = js_sys::Date::new_0().get_timezone_offset();
            #[expect(clippy::cast_possible_truncation, reason = "a zone is a whole number of minutes within a day")]
            let east_s = -(minutes as i32) * 60;
            clock.zone.set(UtcOffset::from_whole_seconds(east_s).unwrap_or(UtcOffset::UTC));
        };
        tick();
        let _ = set_interval_with_handle(tick, CLOCK_TICK);
    });
}

/// Notices that the connection is gone, and that it is back.
fn watch_connection() {
    let connection = expect_context::<Connection>();
    let session = use_session();
    let toasts = use_toasts();
    let language = use_language();
    let lost = move || {
        if connection.lost.get_untracked().is_none() {
            connection.lost.set(Some(session.asked_at().unwrap_or_else(session::now)));
        }
    };
    let handles = [
        window_event_listener(ev::offline, move |_| lost()),
        window_event_listener(ev::online, move |_| {
            if connection.lost.get_untracked().is_some() {
                connection.lost.set(None);
                toasts.show(texts(language.now()).offline_back());
            }
        }),
    ];
    on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    Effect::new(move |_| {
        if !window().navigator().on_line() {
            lost();
        }
    });
}

/// Opens the live channel for who is inside, and keeps what all pages show of it.
fn hear_live() {
    let channel = use_channel();
    let session = use_session();
    let screens = session.screens();
    let inside = Signal::derive(move || matches!(screens.get(), Screens::Inside(..)));
    let bearers = expect_context::<session::Bearers>();
    let bearer: Bearer = Rc::new(move |renew| bearers.clone().bearer(renew));
    expect_context::<Summary>().follow(inside, channel, expect_context());
    Effect::new(move |_| untrack(|| channel.run(inside, bearer.clone())));
    // Whatever is live is grey while it may be wrong.
    Effect::new(move |_| {
        let stale = matches!(channel.freshness.get(), Freshness::Stale(_));
        if let Some(root) = document().document_element() {
            let _ = root.toggle_attribute_with_force("data-stale", stale);
        }
    });
    // And by itself when nothing is heard: each sign of life changes this, see `style/_servers.scss`.
    Effect::new(move |beat: Option<bool>| {
        channel.watch.track();
        let beat = beat != Some(true);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-heard", if beat { "a" } else { "b" });
        }
        beat
    });
}

/// Sends on what was done to tickets without a connection, once there is one.
fn send_on() {
    let screens = use_session().screens();
    let sender = StoredValue::new_local(Sender::new());
    watch(move || {
        if matches!(screens.get(), Screens::Inside(..)) {
            sender.with_value(Sender::resume);
        }
    });
    let handle = window_event_listener(ev::online, move |_| sender.with_value(Sender::resume));
    on_cleanup(move || handle.remove());
}

fn listen_to_keys(back: Back) {
    let navigate = use_navigate();
    let path = use_location().pathname;
    let shown = expect_context::<ShortcutsShown>().0;
    let pending = StoredValue::new(Pending::default());
    let handle = window_event_listener(ev::keydown, move |event| {
        if focus::is_taken(&event) {
            return;
        }
        let command = pending.try_update_value(|keys| keys.press(&event.code(), event.shift_key())).flatten();
        let Some(command) = command else { return };
        event.prevent_default();
        match command {
            Command::Search => {
                if !focus::focus_search() {
                    navigate("/employees", NavigateOptions::default());
                    search_when_there();
                }
            }
            Command::Go(address) => navigate(address, NavigateOptions::default()),
            Command::Step(by) => focus::step(by),
            Command::Back => go_back(back, path),
            Command::Help => shown.set(true),
        }
    });
    on_cleanup(move || handle.remove());
}

/// Focuses the search field of the directory, which the app is on its way to.
fn search_when_there() {
    spawn_local(async {
        if Part::Employees.load().await.is_ok() {
            // The page is there after the router's turn.
            let focus = || {
                // Whoever went on meanwhile types elsewhere.
                if window().location().pathname().is_ok_and(|path| path == "/employees") {
                    focus::focus_search();
                }
            };
            set_timeout(focus, Duration::from_millis(100));
        }
    });
}

/// Lets presses be felt, for all pages in one place; and whoever presses what looks like a search field, types.
fn feel_presses() {
    let telegram: Telegram = use_telegram();
    let handle = window_event_listener(ev::click, move |event| {
        let Some(pressed) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let within = |selector: &str| pressed.closest(selector).ok().flatten().is_some();
        if within("[data-search-entry]") {
            search_when_there();
        }
        if within(".tab, .segmented__option") {
            telegram.haptic(Haptic::Selection);
        } else if within(".button") {
            telegram.haptic(Haptic::Impact);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Fetches the parts behind a link as soon as a finger or a pointer is on it.
fn fetch_ahead() {
    let last = StoredValue::new(String::new());
    let handle = window_event_listener(ev::pointerover, move |event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|target| target.closest("a[href^='/']").ok().flatten());
        let Some(address) = link.and_then(|link| link.get_attribute("href")) else { return };
        // What is within the link is passed over as well; and where nothing can be had nothing is asked for.
        if last.with_value(|last| *last == address) || !window().navigator().on_line() {
            return;
        }
        last.set_value(address.clone());
        for part in Part::at(address.split(['?', '#']).next().unwrap_or_default()) {
            spawn_local(async {
                // Where it is needed it is asked for again, and said if it cannot be had.
                let _ = part.load().await;
            });
        }
    });
    on_cleanup(move || handle.remove());
}

/// Outside Telegram the browser itself asks before something typed is lost.
fn ask_before_leaving() {
    let telegram = use_telegram();
    let handle = window_event_listener(ev::beforeunload, move |event| {
        if telegram.has_unsaved() && !telegram.connected().get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

fn keep_document_language() {
    let language = use_language();
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", language.get().as_str());
        }
    });
}
