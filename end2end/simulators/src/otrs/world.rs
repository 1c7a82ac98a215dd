//! The whole installation: settings, tables, people, sessions, tickets.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use super::{
    act::Act,
    catalog::{self, Catalog},
    faults::Faults,
    people::{self, Agent, Customer},
    session::Session,
    ticket::Ticket,
};

/// Which database is behind it: one compares names with case, the other does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// With case; a text ends at U+0000.
    PostgreSql,
    /// Without case; keeps U+0000.
    MariaDb,
}

/// What administrators set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The zone of the host's clock.
    pub zone: TimeZone,
    /// Which database is behind it.
    pub database: Database,
    /// Whether tickets have types that must be named.
    pub types: bool,
    /// Whether letting a ticket go puts the owner back to `root@localhost`.
    pub owner_reset: bool,
    /// How many numbers a search gives when no limit is named.
    pub search_limit: usize,
    /// Seconds until a session that is not used ends.
    pub session_idle: i64,
    /// Seconds until a session ends however much it is used.
    pub session_max: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            zone: TimeZone::UTC,
            database: Database::PostgreSql,
            types: false,
            owner_reset: true,
            search_limit: 500,
            session_idle: 7_200,
            session_max: 57_600,
        }
    }
}

/// Everything.
#[derive(Clone, Debug)]
pub struct World {
    /// What administrators set.
    pub settings: Settings,
    /// Tables.
    pub catalog: Catalog,
    /// Agents.
    pub agents: Vec<Agent>,
    /// Customers.
    pub customers: Vec<Customer>,
    /// By their text.
    pub sessions: HashMap<String, Session>,
    /// By their number.
    pub tickets: BTreeMap<i64, Ticket>,
    /// What is out of order.
    pub faults: Faults,
    /// Seconds since 1970.
    pub now: i64,
    /// How many changes were asked for and carried out, in whole or in part.
    pub changes: u64,
    pub(super) last_article: i64,
    counter: (String, u32),
}

impl World {
    /// An installation without tickets.
    #[must_use]
    pub fn new(catalog: Catalog, agents: Vec<Agent>, customers: Vec<Customer>) -> Self {
        Self {
            settings: Settings::default(),
            catalog,
            agents,
            customers,
            sessions: HashMap::new(),
            tickets: BTreeMap::new(),
            faults: Faults::default(),
            now: 0,
            changes: 0,
            last_article: 0,
            counter: (String::new(), 0),
        }
    }

    /// The installation of the recordings, with the one ticket that a fresh one has.
    #[must_use]
    pub fn recorded() -> Self {
        let mut world = Self::new(Catalog::recorded(), people::recorded_agents(), people::recorded_customers());
        let welcome = Ticket {
            id: 1,
            number: "2015071510123456".to_owned(),
            title: "Welcome to OTOBO!".to_owned(),
            queue: 2,
            state: 1,
            priority: 3,
            type_id: 1,
            owner: 1,
            responsible: 1,
            created: 1_795_140_000,
            created_by: 1,
            changed: 1_795_140_000,
            changed_by: 1,
            ..Ticket::default()
        };
        world.now = welcome.created;
        world.tickets.insert(1, welcome);
        if let Some(mut act) = world.act(1, 1) {
            act.write("NewTicket", "New Ticket [2015071510123456] created.", 0);
        }
        world.last_article = 1;
        world
    }

    /// What the host's clock shows now.
    #[must_use]
    pub fn local_now(&self) -> i64 {
        self.local(self.now)
    }

    /// What the host's clock shows at this time.
    #[must_use]
    pub fn local(&self, at: i64) -> i64 {
        local(&self.settings.zone, at)
    }

    /// When the host's clock showed this; the earlier of two.
    #[must_use]
    pub fn absolute(&self, local: i64) -> i64 {
        let shown = TimeZone::UTC.to_datetime(Timestamp::from_second(local).unwrap_or_default());
        let at = self.settings.zone.to_ambiguous_timestamp(shown).compatible();
        at.map_or(local, Timestamp::as_second)
    }

    /// When the host's clock showed this, as the product takes a bound of a search: the later of two, and never a time that
    /// the clock skips.
    #[must_use]
    pub fn latest(&self, local: i64) -> Option<i64> {
        let shown = TimeZone::UTC.to_datetime(Timestamp::from_second(local).ok()?);
        let found = self.settings.zone.to_ambiguous_timestamp(shown);
        let is_skipped = matches!(found.offset(), jiff::tz::AmbiguousOffset::Gap { .. });
        found.later().ok().filter(|_| !is_skipped).map(Timestamp::as_second)
    }

    /// An agent by number.
    #[must_use]
    pub fn agent(&self, id: i64) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    /// A customer by login.
    #[must_use]
    pub fn customer(&self, login: &str) -> Option<&Customer> {
        self.customers.iter().find(|customer| self.same(&customer.login, login))
    }

    /// Whether the database takes these names for the same.
    #[must_use]
    pub fn same(&self, one: &str, other: &str) -> bool {
        match self.settings.database {
            Database::PostgreSql => one == other,
            Database::MariaDb => one.to_lowercase() == other.to_lowercase(),
        }
    }

    /// Everything that changes a ticket and writes its history.
    #[must_use]
    pub fn act(&mut self, ticket: i64, by: i64) -> Option<Act<'_>> {
        let (now, local) = (self.now, self.local_now());
        let ticket = self.tickets.get_mut(&ticket)?;
        Some(Act { catalog: &self.catalog, agents: &self.agents, settings: &self.settings, ticket, by, now, local })
    }

    pub(super) fn next_article(&mut self) -> i64 {
        self.last_article += 1;
        self.last_article
    }

    pub(super) fn next_ticket(&mut self) -> (i64, String) {
        let day = show(self.local_now())[..10].replace('-', "");
        if self.counter.0 != day {
            self.counter = (day.clone(), 0);
        }
        self.counter.1 += 1;
        let id = self.tickets.last_key_value().map_or(1, |(last, _)| last + 1);
        (id, with_check_digit(&format!("{day}10{:05}", self.counter.1)))
    }

    /// Whether a right holds for an agent in a ticket's queue; owner and responsible may all (299).
    pub(super) fn allows(&self, agent: i64, ticket: &Ticket, right: &str) -> bool {
        let owns = agent != 1 && (ticket.owner == agent || ticket.responsible == agent);
        owns || self.allows_in(agent, ticket.queue, right)
    }

    /// Whether a right holds for an agent in a queue.
    pub(super) fn allows_in(&self, agent: i64, queue: i64, right: &str) -> bool {
        let group = self.catalog.queue(queue).map(|queue| queue.group);
        let rights = group.and_then(|group| self.agent(agent)?.rights.get(&group));
        rights.is_some_and(|rights| rights.allow(right))
    }

    pub(super) fn state_is(&self, ticket: &Ticket, kind: &str) -> bool {
        catalog::state(ticket.state).kind == kind
    }
}

/// A zone by its name.
#[must_use]
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// What a clock in this zone shows.
fn local(zone: &TimeZone, at: i64) -> i64 {
    at + i64::from(zone.to_offset(Timestamp::from_second(at).unwrap_or_default()).seconds())
}

/// A stored time as the product writes it.
pub(super) fn show(local: i64) -> String {
    Timestamp::from_second(local).unwrap_or_default().strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Reads a time in the only form that searches take (173-178).
pub(super) fn read(text: &str) -> Option<i64> {
    let is_exact = text.len() == 19;
    let time = DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok().filter(|_| is_exact)?;
    TimeZone::UTC.to_timestamp(time).ok().map(Timestamp::as_second)
}

/// Number generator `DateChecksum`: digits times 1, 2, 1, 2, …
fn with_check_digit(number: &str) -> String {
    let digits = number.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits.zip([1, 2].into_iter().cycle()).map(|(digit, times)| digit * times).sum();
    let check = match 10 - sum % 10 {
        10 => 1,
        digit => digit,
    };
    format!("{number}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_recorded_check_digits() {
        for number in ["2026112010000017", "2026112010000311", "2026112010005585", "2026112010000213"] {
            assert_eq!(with_check_digit(&number[..15]), number);
        }
    }

    #[test]
    fn only_one_form_of_times_is_read() {
        assert_eq!(read("2026-11-20 02:32:01").map(show).as_deref(), Some("2026-11-20 02:32:01"));
        for wrong in ["2026-11-20", "2026-11-20T02:32:01", "2026-11-20 02:32:01+03:00", "2026-13-45 00:00:00", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
