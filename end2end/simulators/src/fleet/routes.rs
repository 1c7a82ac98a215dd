//! The switch of `ping`: an address behind a blackhole route answers nobody, whatever is asked.
//!
//! Routes belong to the machine, not to the process, so what a killed run left behind is removed at the next start.

use std::{
    collections::BTreeSet,
    io::Write as _,
    net::Ipv4Addr,
    process::{Command, Stdio},
};

use super::network::{Claim, NETWORKS};

/// The addresses that are behind a blackhole route.
pub(super) struct Routes {
    /// Also what is just being changed: better removed twice than forgotten.
    gone: BTreeSet<Ipv4Addr>,
    /// Why routes cannot be changed here, for people.
    refused: Option<String>,
}

impl Routes {
    /// Tries once whether routes may be changed, and removes what is left in this network and those of nobody.
    pub(super) async fn open(network: u8) -> Self {
        let trial = BTreeSet::from([Ipv4Addr::new(127, network, 255, 253)]);
        let mut routes = Self { gone: BTreeSet::new(), refused: None };
        let tried = in_background(move || {
            run(&commands("add", &trial), Errors::Count)?;
            let mut left = left_behind();
            let others: BTreeSet<u8> = left.iter().map(|address| address.octets()[1]).collect();
            let others = others.into_iter().filter(|other| *other != network);
            // Claimed until they are clean; what is in use is left alone.
            let (free, _claims): (BTreeSet<u8>, Vec<Claim>) =
                others.filter_map(|other| Some((other, Claim::take(other).ok()?))).unzip();
            left.retain(|address| address.octets()[1] == network || free.contains(&address.octets()[1]));
            run(&commands("del", &left), Errors::Count)
        })
        .await;
        routes.refused = tried.err();
        routes
    }

    /// Why `ping` cannot be switched.
    pub(super) fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// Lets exactly these addresses be gone.
    pub(super) async fn set(&mut self, gone: BTreeSet<Ipv4Addr>) {
        if self.refused.is_some() || self.gone == gone {
            return;
        }
        let mut text = commands("add", &gone.difference(&self.gone).copied().collect());
        text += &commands("del", &self.gone.difference(&gone).copied().collect());
        self.gone.extend(&gone);
        match in_background(move || run(&text, Errors::Count)).await {
            Ok(()) => self.gone = gone,
            Err(why) => eprintln!("fleet: {why}"),
        }
    }
}

impl Drop for Routes {
    fn drop(&mut self) {
        if !self.gone.is_empty() {
            // Half of them may be removed already.
            let _ = run(&commands("del", &self.gone), Errors::Ignore);
        }
    }
}

fn commands(verb: &str, addresses: &BTreeSet<Ipv4Addr>) -> String {
    addresses.iter().map(|address| format!("route {verb} blackhole {address}/32 table local\n")).collect()
}

enum Errors {
    Count,
    Ignore,
}

/// All in one process, because a storm is hundreds of them.
fn run(commands: &str, errors: Errors) -> Result<(), String> {
    let mut ip = Command::new("ip")
        .args(["-force", "-batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("`ip` does not run ({error}), so addresses cannot be taken away"))?;
    if let Some(mut input) = ip.stdin.take() {
        // If it ended early, its own words say more.
        let _ = input.write_all(commands.as_bytes());
    }
    let done = ip.wait_with_output().map_err(|error| error.to_string())?;
    if done.status.success() || matches!(errors, Errors::Ignore) {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&done.stderr);
    let first = words.lines().next().unwrap_or("no reason given");
    Err(format!("taking an address away needs the right to change routes (CAP_NET_ADMIN): {first}"))
}

/// All addresses in the networks of fleets that are gone, whoever did it.
fn left_behind() -> BTreeSet<Ipv4Addr> {
    let listed = Command::new("ip").args(["route", "show", "table", "local", "type", "blackhole"]).output();
    let listed = listed.map(|listed| String::from_utf8_lossy(&listed.stdout).into_owned()).unwrap_or_default();
    let addresses = listed.split_whitespace().filter_map(|word| word.parse::<Ipv4Addr>().ok());
    addresses.filter(|address| address.octets()[0] == 127 && NETWORKS.contains(&address.octets()[1])).collect()
}

async fn in_background(work: impl FnOnce() -> Result<(), String> + Send + 'static) -> Result<(), String> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(error.to_string()))
}
