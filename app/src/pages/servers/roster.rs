//! The servers the list knows: the first of them come within the HTML, all of them a moment later, and every change by the
//! channel.

use std::{sync::Arc, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    backend::{Backend, Servers as _},
    device::{self, storage},
    fleet::{
        links::Filter,
        list::{FIRST_ROWS, Line, Tally, apply, arrange},
    },
    live::{
        channel::{Channel, Heard, use_channel},
        watch,
    },
    model::{
        Result,
        ids::ServerId,
        monitor::{Kind, Monitor},
        server::{ServerList, ServerQuery, ServerRow, Watch},
    },
};

/// What a storm brings is put into the list so often and not row by row.
const TOGETHER: Duration = Duration::from_millis(150);
/// Latencies that no event tells of are asked for so often.
const REFRESH: Duration = Duration::from_secs(120);
/// So many rows are added when the end of the list comes into sight.
const MORE_ROWS: usize = 150;
/// Which groups are closed on this device.
const CLOSED: &str = "vakhta.servers.closed";

/// What the list begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    rows: Vec<ServerRow>,
    /// There are no others.
    whole: bool,
    tally: Tally,
    #[serde(with = "crate::model::wire_time")]
    as_of: OffsetDateTime,
    seq: i64,
    watch: Watch,
}

impl Opening {
    /// Asks for it; into the HTML goes only what is seen first.
    pub async fn load(backend: Backend, filter: Filter) -> Result<Self> {
        let list = backend.servers().list(ServerQuery::default()).await?;
        Ok(if cfg!(feature = "ssr") { Self::first(list, &filter) } else { Self::whole(list) })
    }

    fn whole(list: ServerList) -> Self {
        let tally = Tally::of(list.items.iter());
        let ServerList { items: rows, as_of, seq, watch, .. } = list;
        Self { rows, whole: true, tally, as_of, seq, watch }
    }

    fn first(list: ServerList, filter: &Filter) -> Self {
        let opening = Self::whole(list);
        let rows: Vec<_> = opening.rows.into_iter().map(Arc::new).collect();
        let whole = rows.len() <= FIRST_ROWS;
        let (lines, _) = arrange(&rows, &opening.tally, filter, &[], FIRST_ROWS);
        let first = lines.into_iter().filter_map(|line| match line {
            Line::Server(row) => Some(ServerRow::clone(&row)),
            _ => None,
        });
        let rows = if whole { rows.iter().map(|row| ServerRow::clone(row)).collect() } else { first.collect() };
        Self { rows, whole, ..Self { rows: Vec::new(), ..opening } }
    }
}

/// The list as signals; the page provides it by context.
#[derive(Clone, Copy)]
pub struct Roster {
    /// All that is known.
    pub rows: RwSignal<Vec<Arc<ServerRow>>>,
    /// How many there are of what, also while not all rows are known.
    pub tally: RwSignal<Tally>,
    /// When it was read, and how well it was looked at then.
    pub read: RwSignal<(OffsetDateTime, Option<Watch>)>,
    /// What of it is shown.
    pub filter: RwSignal<Filter>,
    /// The groups that are closed.
    pub closed: RwSignal<Vec<String>>,
    /// How many rows are shown at most.
    pub limit: RwSignal<usize>,
    /// Those that are chosen for a change of many, while one is made.
    pub chosen: RwSignal<Option<Vec<ServerId>>>,
    /// The secret addresses of jobs, which are told once: when their monitor is made.
    pub told: RwSignal<Vec<(ServerId, String)>>,
    whole: StoredValue<bool>,
    seq: StoredValue<i64>,
    waiting: StoredValue<Vec<ServerRow>>,
    due: StoredValue<bool>,
    asking: StoredValue<bool>,
    backend: StoredValue<Backend>,
    channel: Channel,
}

impl Roster {
    /// Nothing known; made by the page.
    pub fn new(filter: Filter, now: OffsetDateTime) -> Self {
        let roster = Self {
            rows: RwSignal::new(Vec::new()),
            tally: RwSignal::new(Tally::default()),
            read: RwSignal::new((now, None)),
            filter: RwSignal::new(filter),
            closed: RwSignal::new(Vec::new()),
            limit: RwSignal::new(FIRST_ROWS),
            chosen: RwSignal::new(None),
            told: RwSignal::new(Vec::new()),
            whole: StoredValue::new(true),
            seq: StoredValue::new(0),
            waiting: StoredValue::new(Vec::new()),
            due: StoredValue::new(false),
            asking: StoredValue::new(false),
            backend: StoredValue::new(expect_context()),
            channel: use_channel(),
        };
        watch(move || {
            if let Some(closed) = storage::read(CLOSED) {
                roster.closed.set(closed);
            }
            let refresh = set_interval_with_handle(move || roster.refresh(), REFRESH);
            on_cleanup(move || drop(refresh.map(|handle| handle.clear())));
        });
        roster.channel.listen(move |heard| roster.hear(&heard));
        roster
    }

    /// Shows what the page began with; the rest is asked for in the browser.
    pub fn begin(self, opening: Opening) {
        self.whole.set_value(opening.whole);
        self.channel.know(opening.seq);
        self.put(opening);
        watch(move || {
            if !self.whole.get_value() {
                self.ask();
            }
        });
    }

    /// Whether nothing is watched at all.
    pub fn is_empty(self) -> bool {
        self.tally.with(|tally| tally.total() == 0)
    }

    /// What the list knows of a server.
    pub fn known(self, id: ServerId) -> Option<Arc<ServerRow>> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.id == id).cloned())
    }

    /// The lines that are shown, and how many rows fit.
    pub fn lines(self) -> (Vec<Line>, usize) {
        let (filter, closed) = (self.filter.get(), self.closed.get());
        self.tally.with(|tally| self.rows.with(|rows| arrange(rows, tally, &filter, &closed, self.limit.get())))
    }

    /// Opens or closes a group, and remembers it on this device.
    pub fn fold(self, group: &str) {
        self.closed.update(|closed| match closed.iter().position(|known| known == group) {
            Some(at) => drop(closed.remove(at)),
            None => closed.push(group.to_owned()),
        });
        self.closed.with_untracked(|closed| storage::write(CLOSED, closed));
    }

    /// Keeps the addresses of jobs that an answer tells, for the page of their server.
    pub fn keep_told<'a>(self, server: ServerId, monitors: impl IntoIterator<Item = &'a Monitor>) {
        let jobs = monitors.into_iter().filter(|monitor| monitor.kind == Kind::Push && !monitor.target.is_empty());
        let told: Vec<_> = jobs.map(|monitor| (server, monitor.target.clone())).collect();
        if !told.is_empty() {
            self.told.update(|known| known.extend(told));
        }
    }

    /// Shows more rows.
    pub fn more(self) {
        self.limit.update(|limit| *limit += MORE_ROWS);
    }

    /// Asks for all rows again, once at a time.
    pub fn ask(self) {
        if self.asking.get_value() {
            return;
        }
        self.asking.set_value(true);
        let backend = self.backend.get_value();
        spawn_local(async move {
            let mut pause = 1_000;
            while !self.rows.is_disposed() {
                if let Ok(list) = backend.servers().list(ServerQuery::default()).await {
                    if !self.rows.is_disposed() {
                        self.whole.set_value(true);
                        self.put(Opening::whole(list));
                    }
                    break;
                }
                device::sleep(pause).await;
                pause = (pause * 2).min(30_000);
            }
            let _ = self.asking.try_set_value(false);
        });
    }

    /// Asks now and then, while the page is looked at.
    fn refresh(self) {
        if !document().hidden() {
            self.ask();
        }
    }

    fn put(self, opening: Opening) {
        self.seq.set_value(opening.seq);
        self.read.set((opening.as_of, Some(opening.watch)));
        self.tally.set(opening.tally);
        self.rows.set(opening.rows.into_iter().map(Arc::new).collect());
    }

    fn hear(self, heard: &Heard) {
        if heard.is_anew() {
            return self.ask_anew();
        }
        match &*heard.event {
            "server.state" if heard.seq > self.seq.get_value() => {
                if let Some(row) = heard.read::<ServerRow>() {
                    self.waiting.update_value(|waiting| waiting.push(row));
                    self.soon(Self::take_waiting);
                }
            }
            "server.changed" => self.soon(Self::ask),
            _ => {}
        }
    }

    /// What was missed is not known: the screen is not right before the answer is here.
    fn ask_anew(self) {
        let channel = self.channel;
        let backend = self.backend.get_value();
        channel.owe();
        spawn_local(async move {
            while !self.rows.is_disposed() {
                if let Ok(list) = backend.servers().list(ServerQuery::default()).await {
                    if !self.rows.is_disposed() {
                        self.whole.set_value(true);
                        self.put(Opening::whole(list));
                    }
                    break;
                }
                device::sleep(2_000).await;
            }
            channel.settle();
        });
    }

    fn soon(self, work: fn(Self)) {
        if self.due.get_value() {
            return;
        }
        self.due.set_value(true);
        set_timeout(
            move || {
                if self.rows.is_disposed() {
                    return;
                }
                self.due.set_value(false);
                self.take_waiting();
                work(self);
            },
            TOGETHER,
        );
    }

    fn take_waiting(self) {
        let changed = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        if changed.is_empty() {
            return;
        }
        self.rows.update(|rows| apply(rows, changed));
        if self.whole.get_value() {
            self.tally.set(self.rows.with_untracked(|rows| Tally::of(rows.iter().map(AsRef::as_ref))));
        }
    }
}
