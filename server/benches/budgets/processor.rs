//! Processor time of other programs, as Linux counts it.

use std::{collections::HashMap, fs, time::Instant};

use anyhow::Context as _;

/// `sysconf(_SC_CLK_TCK)`: the same wherever Linux runs.
const TICKS: f64 = 100.0;

/// Seconds of processor time that a process has used, and the one that started it.
struct Used {
    parent: u32,
    own: f64,
    /// Of children that ended.
    ended: f64,
}

fn used(pid: u32) -> Option<Used> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything.
    let fields: Vec<&str> = stat.rsplit(") ").next()?.split_whitespace().collect();
    let seconds = |field: usize| fields.get(field)?.parse::<f64>().ok().map(|ticks| ticks / TICKS);
    Some(Used {
        parent: fields.get(1)?.parse().ok()?,
        own: seconds(11)? + seconds(12)?,
        ended: seconds(13)? + seconds(14)?,
    })
}

/// The process that started this one.
pub fn parent(pid: u32) -> anyhow::Result<u32> {
    used(pid).map(|used| used.parent).context("it runs")
}

/// Seconds of a process alone.
pub fn seconds(pid: u32) -> anyhow::Result<f64> {
    used(pid).map(|used| used.own).context("it runs")
}

/// Seconds of a process and of all it started: PostgreSQL has one process for each connection.
pub fn seconds_of_family(pid: u32) -> anyhow::Result<f64> {
    let pids = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let all: HashMap<u32, Used> = pids.filter_map(|pid| Some((pid, used(pid)?))).collect();
    let first = all.get(&pid).context("it runs")?;
    let children = all.values().filter(|used| used.parent == pid).map(|used| used.own).sum::<f64>();
    Ok(first.own + first.ended + children)
}

/// Processor time over a stretch, in cores.
pub struct Meter {
    began: Instant,
    before: Vec<f64>,
    read: Vec<Box<dyn Fn() -> anyhow::Result<f64>>>,
}

impl Meter {
    /// Begins to measure all of these.
    pub fn start(read: Vec<Box<dyn Fn() -> anyhow::Result<f64>>>) -> anyhow::Result<Self> {
        let before = read.iter().map(|read| read()).collect::<Result<_, _>>()?;
        Ok(Self { began: Instant::now(), before, read })
    }

    /// The cores that each of them kept busy since then.
    pub fn cores(&self) -> anyhow::Result<Vec<f64>> {
        let elapsed = self.began.elapsed().as_secs_f64();
        self.read.iter().zip(&self.before).map(|(read, before)| Ok((read()? - before) / elapsed)).collect()
    }
}
