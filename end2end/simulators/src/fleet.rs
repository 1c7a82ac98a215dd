//! A fleet of servers on loopback addresses, with switches: something to watch, and to break.
//!
//! Here: starting it and its switches. Which servers there are is in `plan`, what follows from the switches in
//! `board`, what the services say in `service`, the page and its requests in `control`.

mod board;
mod certificates;
pub mod control;
pub mod fault;
mod network;
mod page;
pub mod plan;
mod routes;
mod service;

use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use tokio::{sync::watch, task::JoinSet};

use self::{
    board::{Board, Now},
    certificates::Authority,
    network::Claim,
    routes::Routes,
    service::{Jobs, Line, Lines, Told},
};
pub use self::{
    board::{Cause, Refused, Which},
    fault::{Fault, Kind},
    plan::Plan,
};
use crate::{clock, people::dice::Dice};

/// Nothing changes by itself: look again after this all the same.
const IDLE: Duration = Duration::from_secs(3_600);

/// What the switches are for.
struct Shared {
    plan: Plan,
    ca: String,
    board: Mutex<Board>,
    lines: Lines,
    jobs: Jobs,
    routes: tokio::sync::Mutex<Routes>,
    /// Grows with each moved switch.
    wanted: watch::Sender<u64>,
    settled: watch::Sender<Settled>,
}

/// How far the fleet is.
#[derive(Clone, Copy, Debug, Default)]
struct Settled {
    /// All that was wanted up to here is so.
    number: u64,
    /// Grows with each change, also one that time alone made.
    revision: u64,
}

/// A running fleet. Services stop when this is dropped; [`Fleet::stop`] also waits for it.
pub struct Fleet {
    shared: Arc<Shared>,
    tasks: Mutex<JoinSet<()>>,
    _claim: Claim,
}

impl Fleet {
    /// Starts it in the plan's own network.
    ///
    /// # Errors
    /// When another fleet is there, a port is taken or too few files may be opened.
    pub async fn start(plan: Plan) -> anyhow::Result<Self> {
        let claim = Claim::take_soon(plan.network).await?;
        Self::start_in(claim, plan).await
    }

    /// Starts it in a network that is free, which [`Fleet::plan`] names.
    ///
    /// # Errors
    /// As [`Fleet::start`].
    pub async fn start_anywhere(plan: Plan) -> anyhow::Result<Self> {
        let claim = Claim::take_any()?;
        let plan = plan.moved_to(claim.network);
        Self::start_in(claim, plan).await
    }

    async fn start_in(claim: Claim, plan: Plan) -> anyhow::Result<Self> {
        network::allow_files(plan.servers.iter().map(|server| server.services.len()).sum())?;
        let routes = Routes::open(plan.network).await;
        let board = Board::new(&plan, routes.refused().map(str::to_owned));
        let authority = Arc::new(Authority::new(plan.seed)?);
        let mut tasks = JoinSet::new();
        let (lines, jobs) = service::start_all(&plan, &authority, &mut tasks)?;
        let shared = Arc::new(Shared {
            plan,
            ca: authority.pem().to_owned(),
            board: Mutex::new(board),
            lines,
            jobs,
            routes: tokio::sync::Mutex::new(routes),
            wanted: watch::Sender::new(1),
            settled: watch::Sender::default(),
        });
        tasks.spawn(conduct(shared.clone()));
        shared.settle(1).await;
        let fleet = Self { shared, tasks: Mutex::new(tasks), _claim: claim };
        let problem = fleet.shared.problems().next();
        problem.map_or(Ok(fleet), |problem| Err(anyhow::anyhow!("{problem}")).context("a service does not start"))
    }

    /// Which servers there are, and where.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.shared.plan
    }

    /// The certificate of the authority that the servers' certificates come from, PEM.
    #[must_use]
    pub fn ca(&self) -> &str {
        &self.shared.ca
    }

    /// Why `ping` cannot be switched here; nothing if it can.
    #[must_use]
    pub fn no_ping(&self) -> Option<String> {
        self.shared.board().no_ping().map(str::to_owned)
    }

    /// Moves a switch and waits until the services are so. [`Which::All`] with [`Fault::Down`] is the fall of the
    /// server, which takes what is behind it.
    ///
    /// # Errors
    /// When there is nothing to switch so.
    pub async fn switch(&self, name: &str, which: impl Into<Which>, fault: Fault) -> Result<(), Refused> {
        self.shared.change(|board| board.switch(name, which.into(), fault)).await
    }

    /// So many servers, chosen by chance, fall at once and come back after this time. Those with nobody behind
    /// them are chosen first, so that no more fall than were wanted. Gives their names.
    pub async fn storm(&self, servers: usize, lasts: Duration) -> Vec<String> {
        let all = &self.shared.plan.servers;
        let in_front: HashSet<_> = all.iter().filter_map(|server| server.parent.as_ref()).collect();
        let mut dice = Dice::new(rand::random());
        let mut chosen: Vec<_> =
            all.iter().enumerate().map(|(at, one)| (in_front.contains(&one.name), dice.below(u64::MAX), at)).collect();
        chosen.sort_unstable();
        let chosen: Vec<_> = chosen.into_iter().take(servers).map(|(_, _, at)| at).collect();
        let ends_ms = clock::now_ms() + i64::try_from(lasts.as_millis()).unwrap_or(i64::MAX / 2);
        self.shared.change(|board| board.storm(&chosen, ends_ms)).await;
        chosen.into_iter().map(|at| all[at].name.clone()).collect()
    }

    /// Everything is well again.
    pub async fn calm(&self) {
        self.shared.change(Board::calm).await;
    }

    /// Tells the job of a server which address to call, and how often.
    ///
    /// # Errors
    /// When there is no such server, or it has no such job.
    pub fn tell_push(&self, name: &str, url: &str, every: Duration) -> Result<(), Refused> {
        let at = self.shared.board().find(name)?;
        let job = self.shared.jobs.iter().find(|(server, _)| *server == at);
        let (_, job) = job.ok_or_else(|| Refused::DoesNotFit(name.to_owned()))?;
        let told = Told { url: url.to_owned(), every };
        job.send_if_modified(|now| now.replace(told.clone()).as_ref() != Some(&told));
        Ok(())
    }

    /// The servers whose jobs were not told an address yet.
    #[must_use]
    pub fn untold(&self) -> Vec<String> {
        let untold = self.shared.jobs.iter().filter(|(_, job)| job.borrow().is_none());
        untold.map(|(at, _)| self.shared.plan.servers[*at].name.clone()).collect()
    }

    /// Closes everything and gives back every address.
    pub async fn stop(&self) {
        self.shared.lines().for_each(|line| line.order(Fault::Down));
        for line in self.shared.lines() {
            line.obeyed().await;
        }
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.shutdown().await;
        self.shared.routes.lock().await.set(BTreeSet::new()).await;
    }
}

impl fmt::Debug for Fleet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Plan { network, servers, .. } = &self.shared.plan;
        write!(f, "Fleet({} servers in 127.{network}.0.0/16)", servers.len())
    }
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves switches and waits until all is so.
    async fn change<T>(&self, act: impl FnOnce(&mut Board) -> T) -> T {
        let out = act(&mut self.board());
        self.wanted.send_modify(|number| *number += 1);
        let number = *self.wanted.borrow();
        self.settle(number).await;
        out
    }

    async fn settle(&self, number: u64) {
        // The sender lives as long as this does.
        let _ = self.settled.subscribe().wait_for(|settled| settled.number >= number).await;
    }

    /// Makes the services what they are to be.
    async fn obey(&self, now: &[Now]) {
        let gone = |(server, now): (&plan::Server, &Now)| now.gone.then_some(server.address);
        let gone = self.plan.servers.iter().zip(now).filter_map(gone).collect();
        // First: nothing can be opened at an address that is gone.
        self.routes.lock().await.set(gone).await;
        let told = self.lines.iter().flatten().zip(now.iter().flat_map(|now| &now.services));
        for (line, fault) in told {
            line.iter().for_each(|line| line.order(*fault));
        }
        for line in self.lines() {
            line.obeyed().await;
        }
    }

    fn problems(&self) -> impl Iterator<Item = Arc<str>> {
        self.lines().filter_map(Line::problem)
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().flatten().flatten()
    }
}

/// Lets the services follow the switches, and time.
async fn conduct(shared: Arc<Shared>) {
    let mut wanted = shared.wanted.subscribe();
    loop {
        let number = *wanted.borrow_and_update();
        let now_ms = clock::now_ms();
        let (now, next) = {
            let mut board = shared.board();
            board.pass(now_ms);
            (board.now(now_ms), board.next_change(now_ms))
        };
        shared.obey(&now).await;
        shared.settled.send_modify(|settled| *settled = Settled { number, revision: settled.revision + 1 });
        let left = next.map(|next| u64::try_from(next - clock::now_ms()).unwrap_or_default());
        tokio::select! {
            changed = wanted.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(left.map_or(IDLE, Duration::from_millis)) => {}
        }
    }
}
