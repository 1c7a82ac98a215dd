//! All switches, and what follows from them: one struct, no socket and no clock.

use std::collections::HashMap;

use super::{
    fault::{Fault, Kind},
    plan::Plan,
};

/// Why a switch is not moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such server.
    #[error("there is no server {0}")]
    UnknownServer(String),
    /// The server has no such service, or none that can have the fault.
    #[error("{0} has no service that can be switched so")]
    DoesNotFit(String),
    /// `ping` cannot be switched on this machine.
    #[error("ping cannot be switched here: {0}")]
    PingNotAvailable(String),
}

/// Which services a switch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The whole server.
    All,
    /// One service of it.
    One(Kind),
}

impl From<Kind> for Which {
    fn from(kind: Kind) -> Self {
        Self::One(kind)
    }
}

/// Why a whole server is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Switched off.
    Itself,
    /// A storm.
    Storm,
    /// What is in front of it is down; its index.
    Parent(usize),
}

/// What a server is at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Now {
    pub cause: Option<Cause>,
    /// The address answers nobody.
    pub gone: bool,
    /// In the order of the plan's services.
    pub services: Vec<Fault>,
}

/// The switches of one server.
#[derive(Clone, Debug)]
struct Switches {
    off: bool,
    in_storm: bool,
    services: Vec<(Kind, Fault)>,
}

/// All switches.
pub(super) struct Board {
    servers: Vec<Switches>,
    parents: Vec<Option<usize>>,
    by_name: HashMap<String, usize>,
    /// When the storm ends, ms since 1970.
    storm_ends_ms: Option<i64>,
    /// Why `ping` cannot be switched.
    no_ping: Option<String>,
}

impl Board {
    pub(super) fn new(plan: &Plan, no_ping: Option<String>) -> Self {
        let by_name: HashMap<_, _> =
            plan.servers.iter().enumerate().map(|(at, server)| (server.name.clone(), at)).collect();
        let parents = plan.servers.iter().map(|server| by_name.get(server.parent.as_ref()?).copied()).collect();
        let kinds = |server: &super::plan::Server| {
            server.services.iter().map(|service| (service.kind, Fault::None)).collect::<Vec<_>>()
        };
        let servers = plan.servers.iter().map(kinds);
        let servers = servers.map(|services| Switches { off: false, in_storm: false, services }).collect();
        Self { servers, parents, by_name, storm_ends_ms: None, no_ping }
    }

    pub(super) fn no_ping(&self) -> Option<&str> {
        self.no_ping.as_deref()
    }

    pub(super) fn find(&self, name: &str) -> Result<usize, Refused> {
        self.by_name.get(name).copied().ok_or_else(|| Refused::UnknownServer(name.to_owned()))
    }

    /// Moves a switch. A whole server that goes down takes with it what is behind it.
    pub(super) fn switch(&mut self, name: &str, which: Which, fault: Fault) -> Result<(), Refused> {
        let at = self.find(name)?;
        if let (Which::One(Kind::Ping), Some(why)) = (which, &self.no_ping)
            && fault != Fault::None
        {
            return Err(Refused::PingNotAvailable(why.clone()));
        }
        let server = &mut self.servers[at];
        if which == Which::All {
            server.off = fault == Fault::Down;
            if fault == Fault::None {
                server.in_storm = false;
            }
        }
        let mut fitting = 0;
        for (kind, own) in &mut server.services {
            // A server that is off keeps what its services are by themselves.
            let meant = which == Which::All && fault != Fault::Down || which == Which::One(*kind);
            // Without the right to switch it, `ping` is left alone also when everything is meant.
            if meant && fault.fits(*kind) && (*kind != Kind::Ping || self.no_ping.is_none() || fault == Fault::None) {
                *own = fault;
                fitting += 1;
            }
        }
        if fitting > 0 || server.off { Ok(()) } else { Err(Refused::DoesNotFit(name.to_owned())) }
    }

    /// These servers fall at once, in place of those of an earlier storm.
    pub(super) fn storm(&mut self, chosen: &[usize], ends_ms: i64) {
        self.end_storm();
        self.storm_ends_ms = Some(ends_ms);
        for at in chosen {
            self.servers[*at].in_storm = true;
        }
    }

    /// Everything is well again.
    pub(super) fn calm(&mut self) {
        self.end_storm();
        for server in &mut self.servers {
            server.off = false;
            server.services.iter_mut().for_each(|(_, fault)| *fault = Fault::None);
        }
    }

    pub(super) fn storm_ends_ms(&self) -> Option<i64> {
        self.storm_ends_ms
    }

    fn end_storm(&mut self) {
        self.storm_ends_ms = None;
        self.servers.iter_mut().for_each(|server| server.in_storm = false);
    }

    /// What time alone changes.
    pub(super) fn pass(&mut self, now_ms: i64) {
        if self.storm_ends_ms.is_some_and(|end| end <= now_ms) {
            self.end_storm();
        }
    }

    /// When time alone changes something next.
    pub(super) fn next_change(&self, now_ms: i64) -> Option<i64> {
        let services = self.servers.iter().flat_map(|server| &server.services);
        services.filter_map(|(_, fault)| fault.next_flip(now_ms)).chain(self.storm_ends_ms).min()
    }

    /// How the switches of a server stand.
    pub(super) fn set(&self, at: usize) -> impl Iterator<Item = Fault> + '_ {
        self.servers[at].services.iter().map(|(_, fault)| *fault)
    }

    /// What all servers are, in the order of the plan.
    pub(super) fn now(&self, now_ms: i64) -> Vec<Now> {
        let mut out: Vec<Now> = Vec::with_capacity(self.servers.len());
        for (server, parent) in self.servers.iter().zip(&self.parents) {
            let cause = match parent.filter(|parent| out[*parent].gone_or_off()) {
                _ if server.off => Some(Cause::Itself),
                _ if server.in_storm => Some(Cause::Storm),
                parent => parent.map(Cause::Parent),
            };
            let pinged = server.services.iter().find(|(kind, _)| *kind == Kind::Ping);
            let unplugged = pinged.is_some_and(|(_, fault)| fault.at(now_ms) == Fault::Down);
            let gone = self.no_ping.is_none() && (cause.is_some() || unplugged);
            let services = server.services.iter().map(|(kind, fault)| match kind {
                Kind::Ping if !gone => Fault::None,
                _ if gone || cause.is_some() => Fault::Down,
                _ => fault.at(now_ms),
            });
            out.push(Now { cause, gone, services: services.collect() });
        }
        out
    }
}

impl Now {
    /// Whether what is behind it cannot be reached.
    fn gone_or_off(&self) -> bool {
        self.cause.is_some() || self.gone
    }
}

#[cfg(test)]
mod tests {
    use super::{Board, Cause, Kind, Refused, Which};
    use crate::fleet::{fault::Fault, plan::Plan};

    fn board(no_ping: Option<&str>) -> (Plan, Board) {
        let plan = Plan::new(30, 7);
        let board = Board::new(&plan, no_ping.map(str::to_owned));
        (plan, board)
    }

    /// How many servers are down as a whole.
    fn down(board: &Board) -> usize {
        board.now(0).iter().filter(|now| now.cause.is_some()).count()
    }

    #[test]
    fn a_core_switch_takes_everything_behind_it_and_gives_it_back() {
        let (plan, mut board) = board(None);
        board.switch("sw-core-01", Which::All, Fault::Down).unwrap();
        let now = board.now(0);
        assert_eq!(now[board.find("sw-core-01").unwrap()].cause, Some(Cause::Itself));
        let rack = board.find("sw-acc-01").unwrap();
        assert_eq!(now[rack].cause, Some(Cause::Parent(0)));
        let behind = plan.servers.iter().position(|server| server.parent.as_deref() == Some("sw-acc-01")).unwrap();
        assert_eq!(now[behind].cause, Some(Cause::Parent(rack)));
        assert!(now[behind].gone && now[behind].services.iter().all(|fault| *fault == Fault::Down));
        assert_eq!(now[board.find("sw-core-02").unwrap()].cause, None, "the other half of the core stays");
        board.switch("sw-core-01", Which::All, Fault::None).unwrap();
        assert_eq!(down(&board), 0);
    }

    #[test]
    fn a_service_that_was_broken_by_itself_stays_so_when_its_server_is_back() {
        let (_, mut board) = board(None);
        board.switch("sw-acc-01", Kind::Http.into(), Fault::ServerError).unwrap();
        board.switch("sw-core-01", Which::All, Fault::Down).unwrap();
        board.switch("sw-core-01", Which::All, Fault::None).unwrap();
        let now = &board.now(0)[board.find("sw-acc-01").unwrap()];
        assert_eq!((now.cause, now.gone), (None, false));
        assert!(now.services.contains(&Fault::ServerError));
    }

    #[test]
    fn a_storm_passes_by_itself_and_what_was_off_stays_off() {
        let (_, mut board) = board(None);
        let last = board.servers.len() - 1;
        board.switch("rt-edge-01", Which::All, Fault::Down).unwrap();
        let without = down(&board);
        board.storm(&[last, last - 1], 5_000);
        assert_eq!((down(&board), board.next_change(0)), (without + 2, Some(5_000)));
        board.pass(4_999);
        assert_eq!(down(&board), without + 2);
        board.pass(5_000);
        assert_eq!((down(&board), board.next_change(5_000)), (without, None));
        board.calm();
        assert_eq!(down(&board), 0);
    }

    #[test]
    fn without_the_right_ping_answers_whatever_else_falls() {
        let (_, mut board) = board(Some("not root"));
        let refused = board.switch("sw-core-01", Kind::Ping.into(), Fault::Down);
        assert_eq!(refused, Err(Refused::PingNotAvailable("not root".into())));
        board.switch("sw-core-01", Which::All, Fault::Down).unwrap();
        let now = &board.now(0)[0];
        assert!(!now.gone && now.cause == Some(Cause::Itself));
        assert_eq!(now.services[..2], [Fault::None, Fault::Down], "ping, then tcp");
    }

    #[test]
    fn an_address_that_is_gone_has_no_services_either() {
        let (_, mut board) = board(None);
        board.switch("sw-core-01", Kind::Ping.into(), Fault::Down).unwrap();
        let now = board.now(0);
        assert!(now[0].gone && now[0].services.iter().all(|fault| *fault == Fault::Down));
        assert_eq!(now[board.find("sw-acc-01").unwrap()].cause, Some(Cause::Parent(0)), "nothing passes it");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (_, mut board) = board(None);
        let none = Refused::DoesNotFit("sw-core-01".into());
        assert_eq!(board.switch("sw-core-01", Kind::Dns.into(), Fault::Down), Err(none.clone()));
        assert_eq!(board.switch("sw-core-01", Kind::Tcp.into(), Fault::ServerError), Err(none));
        let unknown = Refused::UnknownServer("nobody".into());
        assert_eq!(board.switch("nobody", Which::All, Fault::Down), Err(unknown));
    }
}
