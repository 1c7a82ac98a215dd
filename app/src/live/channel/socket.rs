//! The WebSocket of the channel. It is opened in an effect only and by what [`Pulse`] asks for.

use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc, time::Duration};

use leptos::{ev, prelude::*};
use serde::Deserialize;
use time::OffsetDateTime;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::{ANEW, Channel, Freshness, Heard};
use crate::{
    live::{
        pulse::{Need, Pulse},
        watch,
    },
    model::{
        live::{Frame, Hello, Looking, Topic},
        server::Watch,
    },
};

const TICK: Duration = Duration::from_secs(1);
/// The session is over.
const SESSION_ENDED: u16 = 4401;

/// Gives the bearer; with `true` a new one, for the last one was refused. Nothing when there is no session.
pub type Bearer = Rc<dyn Fn(bool) -> Pin<Box<dyn Future<Output = Option<String>>>>>;

/// Whether anybody is signed in who may listen.
pub type Wanted = Signal<bool>;

/// The data of `now`.
#[derive(Deserialize)]
struct Now {
    watch: Watch,
}

/// What the socket calls when it opens, hears and closes.
type Closures = (Closure<dyn Fn()>, Closure<dyn Fn(MessageEvent)>, Closure<dyn Fn(CloseEvent)>);

/// A socket with what listens to it; dropped, it is silent and closed.
struct Socket {
    socket: WebSocket,
    _closures: Closures,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        drop(self.socket.close());
    }
}

/// The channel in the browser.
#[derive(Clone)]
struct Live {
    channel: Channel,
    bearer: Bearer,
    wanted: Wanted,
    socket: Rc<RefCell<Option<Socket>>>,
    /// The bearer was refused: the next one has to be new.
    refused: Rc<RefCell<bool>>,
    /// Something was heard on a connection before: what came between is asked for by its place.
    heard: Rc<RefCell<bool>>,
}

impl Channel {
    /// Opens the channel as long as it is wanted, in an effect.
    pub fn run(self, wanted: Wanted, bearer: Bearer) {
        let live =
            Live { channel: self, bearer, wanted, socket: Rc::default(), refused: Rc::default(), heard: Rc::default() };
        let ticking = live.clone();
        let _ = set_interval_with_handle(move || ticking.step(Pulse::tick), TICK);
        let online = live.clone();
        drop(window_event_listener(ev::online, move |_| online.step(Pulse::wake)));
        let offline = live.clone();
        drop(window_event_listener(ev::offline, move |_| {
            offline.socket.borrow_mut().take();
            offline.step(|pulse, now| {
                pulse.offline(now);
                Need::Nothing
            });
        }));
        let shown = live.clone();
        drop(window_event_listener_untyped("pageshow", move |_| shown.step(Pulse::wake)));
        let seen = live.clone();
        let looking = live.clone();
        watch(move || {
            looking.channel.looking.track();
            looking.say_looking();
        });
        let visible = Closure::<dyn Fn()>::new(move || {
            seen.say_looking();
            if !document().hidden() {
                seen.step(Pulse::wake);
            }
        });
        drop(document().add_event_listener_with_callback("visibilitychange", visible.as_ref().unchecked_ref()));
        // The channel stands as long as the document.
        visible.forget();
        watch(move || {
            if live.wanted.get() {
                live.step(Pulse::tick);
            } else {
                live.socket.borrow_mut().take();
            }
        });
    }
}

impl Live {
    fn step(&self, judge: impl FnOnce(&mut Pulse, i64) -> Need) {
        if !self.wanted.get_untracked() {
            return;
        }
        let need = self.channel.pulse.try_update_value(|pulse| judge(pulse, now())).unwrap_or(Need::Nothing);
        self.tell_freshness();
        if need == Need::Connect {
            self.connect();
        }
    }

    fn tell_freshness(&self) {
        let stale = self.channel.pulse.with_value(Pulse::stale_since);
        let fresh = match stale {
            Some(since) => Freshness::Stale(at(since)),
            None if *self.heard.borrow() => Freshness::Live,
            None => Freshness::Loaded,
        };
        if self.channel.freshness.get_untracked() != fresh {
            self.channel.freshness.set(fresh);
        }
    }

    fn connect(&self) {
        self.socket.borrow_mut().take();
        let live = self.clone();
        spawn_local(async move {
            let renew = live.refused.replace(false);
            let Some(token) = (live.bearer)(renew).await else { return live.closed(0) };
            let Some(socket) = live.open(token) else { return live.closed(0) };
            *live.socket.borrow_mut() = Some(socket);
        });
    }

    fn open(&self, token: String) -> Option<Socket> {
        let location = window().location();
        let scheme = if location.protocol().ok()? == "https:" { "wss://" } else { "ws://" };
        let socket = WebSocket::new(&[scheme, &location.host().ok()?, "/api/v1/live"].concat()).ok()?;
        let resume = self.channel.pulse.with_value(Pulse::seq);
        let hello = Hello { token, topics: vec![Topic::Servers, Topic::Alerts, Topic::Tickets], resume };
        let hello = serde_json::to_string(&hello).ok()?;
        let speaking = socket.clone();
        let live = self.clone();
        let on_open = Closure::<dyn Fn()>::new(move || {
            drop(speaking.send_with_str(&hello));
            if live.channel.looking.get_untracked().is_some() {
                live.say_looking();
            }
        });
        let live = self.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(text) = message.data().as_string() {
                live.hear(&text, resume.is_none());
            }
        });
        let live = self.clone();
        let on_close = Closure::<dyn Fn(CloseEvent)>::new(move |event: CloseEvent| live.closed(event.code()));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Socket { socket, _closures: (on_open, on_message, on_close) })
    }

    /// Says what is on the screen; nothing while the page is hidden.
    fn say_looking(&self) {
        let ticket = self.channel.looking.get_untracked().filter(|_| !document().hidden());
        let looking = ticket.map(|id| ["ticket-", &id.to_string()].concat());
        let open = self.socket.borrow().as_ref().map(|open| open.socket.clone());
        if let Some(socket) = open.filter(|socket| socket.ready_state() == WebSocket::OPEN)
            && let Ok(text) = serde_json::to_string(&Looking { looking })
        {
            drop(socket.send_with_str(&text));
        }
    }

    fn closed(&self, code: u16) {
        if code == SESSION_ENDED {
            self.refused.replace(true);
        }
        self.step(|pulse, now| {
            pulse.closed(now, js_sys::Math::random());
            Need::Nothing
        });
    }

    /// `gap`: this connection began now, so what was loaded before it may have missed something.
    fn hear(&self, text: &str, gap: bool) {
        let Ok(frame) = serde_json::from_str::<Frame>(text) else { return };
        let judged = |pulse: &mut Pulse| pulse.frame(frame.seq, &frame.event, now());
        if !self.channel.pulse.try_update_value(judged).unwrap_or_default() {
            return self.tell_freshness();
        }
        let data = frame.data.map_or_else(|| "null".into(), |data| data.get().into());
        let heard = Heard { seq: frame.seq, event: frame.event.as_str().into(), data };
        if frame.event == "now" {
            self.channel.watch.set(heard.read::<Now>().map(|now| now.watch));
            if !self.heard.replace(true) && gap {
                self.tell(Heard { event: ANEW.into(), ..heard });
            }
        } else {
            self.tell(heard);
        }
        self.tell_freshness();
    }

    fn tell(&self, heard: Heard) {
        for (_, listener) in self.channel.listeners.get_value() {
            listener.run(heard.clone());
        }
    }
}

fn now() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds far below 2^53")]
    let now = js_sys::Date::now() as i64;
    now
}

fn at(milliseconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
