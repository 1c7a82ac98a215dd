//! The tickets the list knows: its first piece comes within the HTML, more as it is scrolled, changes by the channel.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{
    backend::{Actions as _, Backend, OtrsLinks as _, Tickets as _},
    device,
    directory::latest::Latest,
    helpdesk::{expected::expect, links::Filter},
    live::{
        channel::{Channel, Heard, use_channel},
        watch,
    },
    model::{
        Error, Result,
        action::Action,
        ids::TicketId,
        otrs_link::{OtrsLink, TicketCopy},
        page::PageRequest,
        ticket::{Ticket, TicketChoices, TicketCounts, TicketList},
    },
    pages::{Acts, Sender},
};

/// A piece of the list.
const PIECE: u32 = 30;
/// What changes at once is asked for together.
const TOGETHER: Duration = Duration::from_millis(700);
/// Clocks run out without an event.
const REFRESH: Duration = Duration::from_secs(120);
/// How long typing must pause before it is looked for, in milliseconds.
const TYPING_MS: i32 = 180;
/// Done is shown as done until the ticket itself says so.
const AFTERWARDS: Duration = Duration::from_secs(2);

/// What the list begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    list: TicketList,
    counts: Option<TicketCounts>,
}

impl Opening {
    /// Asks for it; the browser asks for the figures beside it.
    pub async fn load(backend: Backend, filter: Filter) -> Result<Self> {
        let list = backend.tickets().list(filter.asked(), PageRequest { limit: PIECE, cursor: None }).await?;
        let counts = if cfg!(feature = "ssr") { backend.tickets().counts().await.ok() } else { None };
        Ok(Self { list, counts })
    }
}

/// The list as signals; the page provides it by context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The tickets that are known, in order; nothing while another view is asked for.
    pub tickets: RwSignal<Option<Vec<Ticket>>>,
    /// There are more after them.
    pub next: RwSignal<Option<String>>,
    /// Why they could not be had.
    pub failure: RwSignal<Option<Error>>,
    /// How many there are in each view.
    pub counts: RwSignal<Option<TicketCounts>>,
    /// How current the copy is.
    pub copy: RwSignal<TicketCopy>,
    /// What is shown.
    pub filter: RwSignal<Filter>,
    /// As whom I act; known in the browser only.
    pub link: RwSignal<Option<OtrsLink>>,
    /// What forms offer; known in the browser only.
    pub choices: RwSignal<TicketChoices>,
    /// Actions of mine that are not over, as the server knows them.
    pub actions: RwSignal<Vec<Action>>,
    /// Those that are chosen, while several are being chosen.
    pub chosen: RwSignal<Option<Vec<TicketId>>>,
    /// Counts what the channel told about tickets: whoever shows one asks again.
    pub told: RwSignal<(u32, Option<TicketId>)>,
    acts: Acts,
    due: StoredValue<bool>,
    latest: StoredValue<Latest>,
    backend: StoredValue<Backend>,
    channel: Channel,
}

impl Desk {
    /// Nothing known; made by the page.
    pub fn new(filter: Filter) -> Self {
        let desk = Self {
            tickets: RwSignal::new(None),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            counts: RwSignal::new(None),
            copy: RwSignal::new(TicketCopy::default()),
            filter: RwSignal::new(filter),
            link: RwSignal::new(None),
            choices: RwSignal::new(TicketChoices::default()),
            actions: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            told: RwSignal::new((0, None)),
            acts: expect_context(),
            due: StoredValue::new(false),
            latest: StoredValue::new(Latest::default()),
            backend: StoredValue::new(expect_context()),
            channel: use_channel(),
        };
        let sender = Sender::new();
        watch({
            let sender = sender.clone();
            move || {
                sender.pump();
                desk.ask_beside();
                let refresh = set_interval_with_handle(move || desk.refresh(), REFRESH);
                on_cleanup(move || drop(refresh.map(|handle| handle.clear())));
            }
        });
        desk.channel.listen(move |heard| desk.hear(&heard, &sender));
        desk.follow_filter();
        on_cleanup(move || {
            desk.latest.try_update_value(|latest| latest.stop());
        });
        desk
    }

    /// Shows what the page began with.
    pub fn begin(self, opening: Opening) {
        self.channel.know(opening.list.seq);
        self.counts.set(opening.counts.or_else(|| self.counts.get_untracked()));
        self.put(opening.list);
    }

    /// The ticket as it will be once what is on its way is done; follows that.
    pub fn expected(self, mut ticket: Ticket) -> Ticket {
        let (me, id) = (self.me(), ticket.id);
        self.acts.list.with(|acts| {
            for act in acts.iter().filter(|act| act.ticket == id && act.counts()) {
                expect(&mut ticket, &act.request, &me);
            }
        });
        ticket
    }

    /// My login; something that is nobody's while it is not known.
    pub fn me(self) -> String {
        self.link.with(|link| link.as_ref().and_then(|link| link.login.clone())).unwrap_or_default()
    }

    /// Begins to choose several, or stops.
    pub fn choose(self) {
        self.chosen.update(|chosen| *chosen = if chosen.is_some() { None } else { Some(Vec::new()) });
    }

    /// My words about this ticket are known to the server now: nothing in it is new any more.
    pub fn seen(self, id: TicketId) {
        let known = self
            .tickets
            .with_untracked(|tickets| tickets.iter().flatten().any(|ticket| ticket.id == id && ticket.unread));
        if known {
            self.tickets.update(|tickets| {
                for ticket in tickets.iter_mut().flatten().filter(|ticket| ticket.id == id) {
                    ticket.unread = false;
                }
            });
        }
    }

    /// Asks for what follows.
    pub fn more(self) {
        let Some(cursor) = self.next.get_untracked() else { return };
        self.next.set(None);
        self.ask(Some(cursor), 0);
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
            let typing = Filter { text: was.text.clone(), ..filter.clone() } == was;
            if !typing {
                // Another view: the old rows would be wrong in it.
                self.tickets.set(None);
            }
            self.ask(None, if typing { TYPING_MS } else { 0 });
        });
    }

    fn ask(self, cursor: Option<String>, pause_ms: i32) {
        let backend = self.backend.get_value();
        let query = self.filter.with_untracked(Filter::asked);
        let shown = self.tickets.with_untracked(|tickets| tickets.as_ref().map_or(0, Vec::len));
        let limit = if cursor.is_some() { PIECE } else { u32::try_from(shown).unwrap_or(PIECE).clamp(PIECE, 100) };
        let adding = cursor.is_some();
        let turn = self.latest.get_value().run(async move {
            if pause_ms > 0 {
                device::sleep(pause_ms).await;
            }
            backend.tickets().list(query, PageRequest { limit, cursor }).await
        });
        spawn_local(async move {
            let Some(answer) = turn.await else { return };
            if self.tickets.is_disposed() {
                return;
            }
            match answer {
                Ok(list) if adding => self.add(list),
                Ok(list) => self.put(list),
                // What is shown stays; the channel says how old it is.
                Err(_) if self.tickets.with_untracked(Option::is_some) => {}
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    fn put(self, list: TicketList) {
        self.failure.set(None);
        self.copy.set(list.copy);
        self.next.set(list.next);
        self.tickets.set(Some(list.items));
    }

    fn add(self, list: TicketList) {
        self.next.set(list.next);
        self.tickets.update(|tickets| {
            let tickets = tickets.get_or_insert_default();
            for ticket in list.items {
                if !tickets.iter().any(|known| known.id == ticket.id) {
                    tickets.push(ticket);
                }
            }
        });
    }

    /// Figures, choices, the link: beside the list, all at once.
    fn ask_beside(self) {
        self.ask_counts();
        self.ask_actions();
        let backend = self.backend.get_value();
        spawn_local(async move {
            if let Ok(link) = backend.otrs_links().link().await {
                let _ = self.acts.undo_s.try_set_value(link.undo_delay_s);
                let _ = self.link.try_set(Some(link));
            }
        });
        let backend = self.backend.get_value();
        spawn_local(async move {
            if let Ok(choices) = backend.tickets().choices().await {
                let _ = self.choices.try_set(choices);
            }
        });
    }

    fn ask_counts(self) {
        let backend = self.backend.get_value();
        spawn_local(async move {
            if let Ok(counts) = backend.tickets().counts().await {
                let _ = self.counts.try_set(Some(counts));
            }
        });
    }

    /// Asks what became of my actions.
    pub fn ask_actions(self) {
        let backend = self.backend.get_value();
        spawn_local(async move {
            if let Ok(page) = backend.actions().actions(None, PageRequest { limit: 100, cursor: None }).await {
                // While nobody listened, some may have come to their end.
                let _ = self.acts.list.try_update(|acts| {
                    acts.retain(|act| act.stored.is_none_or(|id| page.items.iter().any(|action| action.id == id)));
                });
                let _ = self.actions.try_set(page.items);
            }
        });
    }

    fn refresh(self) {
        if !document().hidden() {
            self.again();
            self.ask_counts();
        }
    }

    fn hear(self, heard: &Heard, sender: &Sender) {
        if heard.is_anew() {
            self.tell(None);
            return self.soon();
        }
        if &*heard.event == "action.state" {
            if let Some(action) = heard.read::<Action>() {
                sender.hear(&action);
                self.ask_actions();
                self.tell(action.ticket_id);
                set_timeout(move || self.acts.forget_over(), AFTERWARDS);
                self.soon();
            }
        } else if heard.event.starts_with("ticket.") {
            self.tell(heard.read::<Named>().map(|named| named.id));
            self.soon();
        }
    }

    fn tell(self, id: Option<TicketId>) {
        self.told.update(|(count, about)| {
            *count = count.wrapping_add(1);
            *about = id;
        });
    }

    fn soon(self) {
        if self.due.get_value() {
            return;
        }
        self.due.set_value(true);
        set_timeout(
            move || {
                if self.due.try_set_value(false).is_none() {
                    self.again();
                    self.ask_counts();
                }
            },
            TOGETHER,
        );
    }
}

/// Whatever names a ticket.
#[derive(Deserialize)]
struct Named {
    id: TicketId,
}
