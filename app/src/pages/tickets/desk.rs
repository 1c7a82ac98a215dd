//! The tickets the list knows: its first piece comes within the HTML, more as it is scrolled, changes by the channel.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use serde::Serialize;

use crate::{
    backend::{Actions as _, Backend, OtrsLinks as _, Tickets as _},
    device,
    directory::latest::Latest,
    helpdesk::{expected::expect, links::Filter},
    live::{
        channel::{Channel, Heard, use_channel},
        now_and_then, together, watch,
    },
    model::{
        Error, Result,
        action::Action,
        ids::TicketId,
        otrs_link::{OtrsLink, TicketCopy},
        page::PageRequest,
        ticket::{Ticket, TicketChoices, TicketCounts, TicketList},
    },
    pages::{Acts, Sender, composing::load_composing, replies::load_extras},
};

/// A piece of the list.
const PIECE: u32 = 30;
/// What changes at once is asked for together.
const TOGETHER: Duration = Duration::from_millis(700);
/// Clocks run out without an event.
const REFRESH: Duration = Duration::from_secs(120);
/// How long typing must pause before it is looked for, in milliseconds.
const TYPING_MS: i32 = 180;
/// What is read comes first, what acts after it.
const READY: Duration = Duration::from_millis(1_500);
/// Done is shown as done until the ticket itself says so.
const AFTERWARDS: Duration = Duration::from_secs(2);

/// What the list begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
pub struct Opening {
    list: TicketList,
    counts: Option<TicketCounts>,
}

#[cfg(feature = "hydrate")]
impl<'de> serde::Deserialize<'de> for Opening {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::model::reading::whole(deserializer)
    }
}

#[cfg(feature = "hydrate")]
impl crate::model::reading::Read for Opening {
    fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
        use crate::model::reading::field;
        Some(Self { list: field(value, "list")?, counts: field(value, "counts")? })
    }
}

impl Opening {
    /// Asks for it; the browser asks for the figures beside it.
    pub async fn load(backend: Backend, filter: Filter) -> Result<Self> {
        let list = backend.tickets().list(filter.asked(), PageRequest { limit: PIECE, cursor: None }).await?;
        let counts = if cfg!(feature = "ssr") { backend.tickets().counts().await.ok() } else { None };
        Ok(Self { list, counts })
    }
}

/// All that is known around the list. One signal of it, for a signal of each would cost the browser more than it saves.
#[derive(Clone, Default)]
pub struct Shelf {
    /// The tickets that are known, in order; nothing while another view is asked for.
    pub tickets: Option<Vec<Ticket>>,
    /// There are more after them.
    pub next: Option<String>,
    /// Why they could not be had.
    pub failure: Option<Error>,
    /// How many there are in each view.
    pub counts: Option<TicketCounts>,
    /// How current the copy is.
    pub copy: TicketCopy,
    /// As whom I act; known in the browser only.
    pub link: Option<OtrsLink>,
    /// What forms offer; known in the browser only.
    pub choices: TicketChoices,
    /// Actions of mine that are not over, as the server knows them; known in the browser only.
    pub actions: Vec<Action>,
    /// Those that are chosen, while several are being chosen.
    pub chosen: Option<Vec<TicketId>>,
}

impl Shelf {
    /// My login; something that is nobody's while it is not known.
    pub fn me(&self) -> &str {
        self.link.as_ref().and_then(|link| link.login.as_deref()).unwrap_or_default()
    }
}

/// The list as signals; the page provides it by context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What is known.
    pub shelf: RwSignal<Shelf>,
    /// What is shown.
    pub filter: RwSignal<Filter>,
    acts: Acts,
    latest: StoredValue<Latest>,
    latest_actions: StoredValue<Latest>,
    backend: StoredValue<Backend>,
    channel: Channel,
}

impl Desk {
    /// Nothing known; made by the page.
    pub fn new(filter: Filter) -> Self {
        let desk = Self {
            shelf: RwSignal::new(Shelf::default()),
            filter: RwSignal::new(filter),
            acts: expect_context(),
            latest: StoredValue::new(Latest::default()),
            latest_actions: StoredValue::new(Latest::default()),
            backend: StoredValue::new(expect_context()),
            channel: use_channel(),
        };
        let sender = Sender::new();
        watch({
            let sender = sender.clone();
            move || {
                sender.pump();
                desk.ask_beside();
                // Who loses the connection in a lift has what he needs to act.
                let ready = || {
                    spawn_local(async {
                        drop(load_composing().await);
                        drop(load_extras().await);
                    });
                };
                set_timeout(ready, READY);
            }
        });
        let soon = together(TOGETHER, move || desk.refresh());
        now_and_then(REFRESH, move || desk.refresh());
        desk.channel.listen(move |heard| desk.hear(&heard, &sender, soon));
        desk.follow_filter();
        on_cleanup(move || {
            desk.latest.try_update_value(|latest| latest.stop());
            desk.latest_actions.try_update_value(|latest| latest.stop());
        });
        desk
    }

    /// Shows what the page began with.
    pub fn begin(self, opening: Opening) {
        self.channel.know(opening.list.seq);
        let counts = opening.counts;
        self.shelf.update(|shelf| {
            shelf.counts = counts.or(shelf.counts);
            shelf.put(opening.list);
        });
    }

    /// The ticket as it will be once what is on its way is done; follows that.
    pub fn expected(self, mut ticket: Ticket) -> Ticket {
        let id = ticket.id;
        self.acts.list.with(|acts| {
            for act in acts.iter().filter(|act| act.ticket == id && act.counts()) {
                self.shelf.with(|shelf| expect(&mut ticket, &act.request, shelf.me()));
            }
        });
        ticket
    }

    /// Begins to choose several, or stops.
    pub fn choose(self) {
        self.shelf.update(|shelf| shelf.chosen = if shelf.chosen.is_some() { None } else { Some(Vec::new()) });
    }

    /// Nothing in it is new any more.
    pub fn seen(self, id: TicketId) {
        let find = |ticket: &&Ticket| ticket.id == id && ticket.unread;
        if self.shelf.with_untracked(|shelf| shelf.tickets.iter().flatten().any(|ticket| find(&ticket))) {
            self.shelf.update(|shelf| {
                for ticket in shelf.tickets.iter_mut().flatten().filter(|ticket| ticket.id == id) {
                    ticket.unread = false;
                }
            });
        }
    }

    /// Asks for what follows.
    pub fn more(self) {
        let mut cursor = None;
        self.shelf.update(|shelf| cursor = shelf.next.take());
        if cursor.is_some() {
            self.ask(cursor, 0);
        }
    }

    /// Asks for the list again, as far as it is shown.
    pub fn again(self) {
        self.ask(None, 0);
    }

    fn follow_filter(self) {
        let before = StoredValue::new(self.filter.get_untracked());
        watch(move || {
            let filter = self.filter.get();
            let was = before.get_value();
            if filter == was {
                return;
            }
            before.set_value(filter.clone());
            let typing = Filter { text: was.text.clone(), ..filter } == was;
            if !typing {
                // Another view: the old rows would be wrong in it.
                self.shelf.update(|shelf| {
                    shelf.tickets = None;
                    shelf.next = None;
                });
            }
            self.ask(None, if typing { TYPING_MS } else { 0 });
        });
    }

    fn ask(self, cursor: Option<String>, pause_ms: i32) {
        let backend = self.backend.get_value();
        let query = self.filter.with_untracked(Filter::asked);
        let shown = self.shelf.with_untracked(|shelf| shelf.tickets.as_ref().map_or(0, Vec::len));
        let adding = cursor.is_some();
        let limit = if adding { PIECE } else { u32::try_from(shown).unwrap_or(PIECE).clamp(PIECE, 100) };
        let turn = self.latest.get_value().run(async move {
            if pause_ms > 0 {
                device::sleep(pause_ms).await;
            }
            backend.tickets().list(query, PageRequest { limit, cursor }).await
        });
        spawn_local(async move {
            let Some(answer) = turn.await else { return };
            self.shelf.try_update(|shelf| match answer {
                Ok(list) if adding => shelf.add(list),
                Ok(list) => shelf.put(list),
                // What is shown stays; the channel says how old it is.
                Err(_) if shelf.tickets.is_some() => {}
                Err(error) => shelf.failure = Some(error),
            });
        });
    }

    /// Figures, choices, the link: beside the list, all at once. Again when another login may see other queues.
    pub fn ask_beside(self) {
        self.ask_counts();
        self.ask_actions();
        let backend = self.backend.get_value();
        spawn_local(async move {
            if let Ok(link) = backend.otrs_links().link().await {
                let _ = self.acts.undo_s.try_set_value(link.undo_delay_s);
                self.shelf.try_update(|shelf| shelf.link = Some(link));
            }
        });
        let backend = self.backend.get_value();
        spawn_local(async move {
            if let Ok(choices) = backend.tickets().choices().await {
                self.shelf.try_update(|shelf| shelf.choices = choices);
            }
        });
    }

    fn ask_counts(self) {
        let backend = self.backend.get_value();
        spawn_local(async move {
            if let Ok(counts) = backend.tickets().counts().await {
                self.shelf.try_update(|shelf| shelf.counts = Some(counts));
            }
        });
    }

    /// Asks what became of my actions. An answer to an earlier question may come later, and counts no more.
    pub fn ask_actions(self) {
        let backend = self.backend.get_value();
        let turn = self
            .latest_actions
            .get_value()
            .run(async move { backend.actions().actions(None, PageRequest { limit: 100, cursor: None }).await });
        spawn_local(async move {
            if let Some(Ok(page)) = turn.await {
                // While nobody listened, some may have come to their end.
                self.acts.list.update(|acts| {
                    acts.retain(|act| {
                        act.over || act.stored.is_none_or(|id| page.items.iter().any(|action| action.id == id))
                    });
                });
                self.shelf.try_update(|shelf| shelf.actions = page.items);
            }
        });
    }

    fn refresh(self) {
        self.again();
        self.ask_counts();
    }

    fn hear(self, heard: &Heard, sender: &Sender, soon: Callback<()>) {
        if &*heard.event == "action.state" {
            if let Some(action) = heard.read::<Action>() {
                sender.hear(&action);
                self.ask_actions();
                let acts = self.acts;
                set_timeout(move || acts.forget_over(), AFTERWARDS);
            }
        } else if !heard.event.starts_with("ticket.") && !heard.is_anew() {
            return;
        }
        soon.run(());
    }
}

impl Shelf {
    fn put(&mut self, list: TicketList) {
        self.failure = None;
        self.copy = list.copy;
        self.next = list.next;
        self.tickets = Some(list.items);
    }

    fn add(&mut self, list: TicketList) {
        self.next = list.next;
        let tickets = self.tickets.get_or_insert_default();
        for ticket in list.items {
            if !tickets.iter().any(|known| known.id == ticket.id) {
                tickets.push(ticket);
            }
        }
    }
}
