//! Which servers there are: a company's network of any size, the same one for the same seed. No socket here.
//!
//! Core switches, access switches with racks behind them, hosts with virtual machines, and branches behind their
//! routers. Each server has an address of its own in one of the networks 127.64.0.0/16 to 127.127.0.0/16.

mod company;

use std::{collections::HashMap, net::Ipv4Addr};

use serde::{Deserialize, Serialize};

use self::company::{BRANCH, CITIES, CORE, HOST, MACHINES, METAL, ROUTER, Role, SWITCH};
use super::fault::Kind;
use crate::people::dice::Dice;

/// The domain of all names.
pub const DOMAIN: &str = "nevpribor.example";
/// The network of the demo: 127.64.0.0/16.
pub const DEMO_NETWORK: u8 = 64;
/// How many servers the demo has.
pub const DEMO_SERVERS: usize = 200;
/// The word that is on each text page.
pub const KEYWORD: &str = "работает";
/// More do not fit into a network.
pub const MOST_SERVERS: usize = 2_000;

/// One thing that a server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// How it is looked at.
    pub kind: Kind,
    /// The usual port plus 21 000, which is free to everybody; 0 for `ping` and `push`.
    pub port: u16,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Unique.
    pub name: String,
    /// Its own.
    pub address: Ipv4Addr,
    /// What people sort it under.
    pub group: String,
    /// The switch, router or host in front of it; always earlier in the plan.
    pub parent: Option<String>,
    /// Labels.
    pub tags: Vec<String>,
    /// Where it stands.
    pub notes: String,
    /// How long its certificate lives from the start.
    pub certificate_days: u16,
    /// At most one of each kind.
    pub services: Vec<Service>,
}

impl Server {
    /// Its name in the fleet's DNS.
    #[must_use]
    pub fn host(&self) -> String {
        format!("{}.{DOMAIN}", self.name)
    }

    /// Its service of this kind.
    #[must_use]
    pub fn service(&self, kind: Kind) -> Option<Service> {
        self.services.iter().copied().find(|service| service.kind == kind)
    }
}

/// A fleet on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What made it; the fleet's certificate authority depends on it alone.
    pub seed: u64,
    /// The second number of all addresses.
    pub network: u8,
    /// Parents before their children.
    pub servers: Vec<Server>,
}

impl Plan {
    /// So many servers, at most [`MOST_SERVERS`].
    #[must_use]
    pub fn new(servers: usize, seed: u64) -> Self {
        Draft::new(servers.min(MOST_SERVERS), seed).finish()
    }

    /// The demo's.
    #[must_use]
    pub fn demo() -> Self {
        Self::new(DEMO_SERVERS, crate::seed::SEED)
    }

    /// The same in another network.
    #[must_use]
    pub fn moved_to(mut self, network: u8) -> Self {
        self.network = network;
        for server in &mut self.servers {
            let [a, _, c, d] = server.address.octets();
            server.address = Ipv4Addr::new(a, network, c, d);
        }
        self
    }

    /// The server of this name.
    #[must_use]
    pub fn server(&self, name: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.name == name)
    }
}

/// A plan while it grows.
struct Draft {
    plan: Plan,
    wanted: usize,
    dice: Dice,
    /// How many servers of a role there are.
    numbers: HashMap<String, u32>,
}

/// A segment of the network and the next free address in it.
struct Segment {
    number: u8,
    host: u8,
    notes: String,
}

impl Draft {
    fn new(wanted: usize, seed: u64) -> Self {
        let plan = Plan { seed, network: DEMO_NETWORK, servers: Vec::with_capacity(wanted) };
        Self { plan, wanted, dice: Dice::new(seed), numbers: HashMap::new() }
    }

    fn finish(mut self) -> Plan {
        let mut core =
            Segment { number: 0, host: 0, notes: "Москва, серверная А, стойка 1".into() };
        let first = self.add(&SWITCH, CORE, None, &mut core);
        let second = self.add(&SWITCH, CORE, None, &mut core);
        let edge = self.add(&ROUTER, "rt-edge", Some(&first), &mut core);
        let mut number = 0_u8;
        let mut cities = CITIES.iter().cycle();
        while self.plan.servers.len() < self.wanted {
            number += 1;
            let core = if number.is_multiple_of(2) { &second } else { &first };
            // One rack is large: what a fallen switch does should be seen from far.
            let size = if number == 1 { 41 } else { 12 + self.dice.below(9) };
            self.rack(number, core, size);
            for (code, city) in cities.by_ref().take(2) {
                number += 1;
                self.branch(number, &edge, code, city);
            }
        }
        self.plan
    }

    /// An access switch with what is plugged into it; some of it are hosts with virtual machines.
    fn rack(&mut self, number: u8, core: &str, size: u64) {
        let notes = format!("Москва, серверная {}, стойка {number}", if number.is_multiple_of(2) { 'Б' } else { 'А' });
        let mut segment = Segment { number, host: 0, notes };
        let switch = self.add(&SWITCH, SWITCH.prefix, Some(core), &mut segment);
        let mut host: Option<(String, u64)> = None;
        for _ in 0..size {
            host = match host {
                Some((name, left)) if left > 0 => {
                    let role = self.dice.pick(MACHINES);
                    self.add(role, role.prefix, Some(&name), &mut segment);
                    Some((name, left - 1))
                }
                _ if self.dice.permille(400) => {
                    let name = self.add(&HOST, HOST.prefix, Some(&switch), &mut segment);
                    Some((name, 2 + self.dice.below(4)))
                }
                _ => {
                    let role = self.dice.pick(METAL);
                    self.add(role, role.prefix, Some(&switch), &mut segment);
                    None
                }
            };
        }
    }

    /// A router and what is behind it in another town.
    fn branch(&mut self, number: u8, edge: &str, code: &str, city: &str) {
        let mut segment = Segment { number, host: 0, notes: format!("{city}, филиал") };
        let router = self.add(&ROUTER, &format!("rt-{code}"), Some(edge), &mut segment);
        for _ in 0..4 + self.dice.below(4) {
            let role = self.dice.pick_front(BRANCH);
            self.add(role, &format!("{}-{code}", role.prefix), Some(&router), &mut segment);
        }
    }

    /// Adds a server unless there are enough; gives its name.
    fn add(&mut self, role: &Role, prefix: &str, parent: Option<&str>, segment: &mut Segment) -> String {
        let number = self.numbers.entry(prefix.to_owned()).or_default();
        *number += 1;
        let name = format!("{prefix}-{number:02}");
        segment.host += 1;
        let port = |kind| match kind {
            Kind::Ping | Kind::Push => 0,
            Kind::Tcp => 21_000 + role.port,
            Kind::Http => 21_080,
            Kind::Tls => 21_443,
            Kind::Dns => 21_053,
        };
        let days = 30 + u16::try_from(self.dice.below(61)).unwrap_or_default();
        let server = Server {
            name: name.clone(),
            address: Ipv4Addr::new(127, self.plan.network, segment.number, segment.host),
            group: role.group.to_owned(),
            parent: parent.map(str::to_owned),
            tags: role.tags.split_whitespace().map(str::to_owned).collect(),
            notes: segment.notes.clone(),
            certificate_days: days,
            services: role.kinds.iter().map(|kind| Service { kind: *kind, port: port(*kind) }).collect(),
        };
        if self.plan.servers.len() < self.wanted {
            self.plan.servers.push(server);
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::{DEMO_SERVERS, MOST_SERVERS, Plan};
    use crate::fleet::fault::Kind;

    #[test]
    fn the_same_seed_gives_the_same_fleet_and_a_larger_one_begins_with_the_smaller() {
        assert_eq!(Plan::new(150, 7), Plan::new(150, 7));
        assert_ne!(Plan::new(150, 7), Plan::new(150, 8));
        assert_eq!(Plan::new(900, 7).servers[..150], Plan::new(150, 7).servers);
    }

    #[test]
    fn names_and_addresses_are_unique_and_parents_come_first() {
        let plan = Plan::new(MOST_SERVERS, 7);
        assert_eq!(plan.servers.len(), MOST_SERVERS);
        let (mut names, mut addresses) = (HashSet::new(), HashSet::new());
        for server in &plan.servers {
            assert!(server.parent.as_ref().is_none_or(|parent| names.contains(parent)), "{}", server.name);
            assert!(names.insert(server.name.clone()) && addresses.insert(server.address), "{}", server.name);
            let kinds: HashSet<_> = server.services.iter().map(|service| service.kind).collect();
            assert_eq!(kinds.len(), server.services.len(), "{}", server.name);
            assert!(server.services.iter().all(|service| service.port < 32_768), "below the ports of clients");
        }
    }

    #[test]
    fn the_demo_has_all_kinds_and_a_switch_with_many_behind_it() {
        let plan = Plan::demo();
        assert_eq!(plan.servers.len(), DEMO_SERVERS);
        let (mut kinds, mut behind) = (HashMap::new(), HashMap::new());
        for server in &plan.servers {
            server.services.iter().for_each(|service| *kinds.entry(service.kind).or_insert(0) += 1);
            server.parent.iter().for_each(|parent| *behind.entry(parent).or_insert(0) += 1);
        }
        assert!(Kind::ALL.iter().all(|kind| kinds.get(kind).is_some_and(|count| *count >= 5)), "{kinds:?}");
        assert!((550..=650).contains(&kinds.values().sum::<i32>()), "about three services each: {kinds:?}");
        assert!(behind.values().any(|count| *count >= 12), "{behind:?}");
        assert_eq!(plan.clone().moved_to(99).moved_to(plan.network), plan);
    }
}
