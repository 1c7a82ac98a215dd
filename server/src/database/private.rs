//! A private PostgreSQL under `DATA_DIR`, reached by a unix socket only.
//!
//! Not a crate: `postgresql_embedded` and its kin download binaries, listen on TCP with a password, cannot run
//! the server as another user and leave an orphan alone; here the machine's own binaries are used.
//!
//! Several of our processes may use one cluster at a time. Starting and stopping happens under one lock; each
//! user holds another lock shared, and whoever finds himself the last one stops the cluster. A process that is
//! killed loses its locks with its life, so the next one adopts the cluster it left behind.

mod binaries;
mod cluster;
mod locks;
mod owner;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use anyhow::Context;
use sqlx::postgres::PgConnectOptions;

use cluster::Cluster;
use locks::Locks;
use owner::Owner;

/// What somebody wants the cluster for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The server: only one at a time.
    Serve,
    /// Another command, beside the server or alone.
    Command,
}

/// The name of the role and of the database.
const NAME: &str = "vakhta";

/// A running cluster that this process uses.
#[derive(Debug)]
pub struct Private {
    cluster: Cluster,
    locks: Locks,
    /// Held for as long as this process uses the cluster.
    in_use: Mutex<Option<File>>,
    /// Held by the server.
    _serving: Option<File>,
}

impl Private {
    /// Adopts the cluster of `data_dir` or starts it, after making it if need be. Blocks.
    ///
    /// # Errors
    /// When another server uses the folder, PostgreSQL is not installed, or it does not start.
    pub fn start(data_dir: &Path, purpose: Purpose) -> anyhow::Result<Self> {
        fs::create_dir_all(data_dir).with_context(|| format!("DATA_DIR {} cannot be made", data_dir.display()))?;
        let data_dir =
            data_dir.canonicalize().with_context(|| format!("DATA_DIR {} cannot be used", data_dir.display()))?;
        let locks = Locks::of(&data_dir);
        let serving = match purpose {
            Purpose::Serve => Some(locks.serve()?),
            Purpose::Command => None,
        };
        let _changing = locks.change()?;
        let owner = Owner::detect()?;
        let folder = folder_for(&data_dir, &owner)?;
        let cluster = Cluster::open(folder, owner)?;
        cluster.ensure_running()?;
        let in_use = Mutex::new(Some(locks.join()?));
        Ok(Self { cluster, locks, in_use, _serving: serving })
    }

    /// How to connect to its database; `database` exists once [`Private::start`] and the first migration ran.
    #[must_use]
    pub fn options(&self) -> PgConnectOptions {
        self.options_for(NAME)
    }

    /// How to connect to the database that always exists.
    #[must_use]
    pub fn maintenance_options(&self) -> PgConnectOptions {
        self.options_for("postgres")
    }

    fn options_for(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.cluster.socket_folder())
            .port(cluster::PORT)
            .username(NAME)
            .database(database)
    }

    /// Whether it runs; looks at files only.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.cluster.is_running()
    }

    /// Starts it again if it died under us. Blocks.
    ///
    /// # Errors
    /// When it does not start.
    pub fn revive(&self) -> anyhow::Result<()> {
        let _changing = self.locks.change()?;
        self.cluster.ensure_running()
    }

    /// Stops using it, and stops it if nobody else does. Blocks.
    ///
    /// # Errors
    /// When it does not stop.
    pub fn stop(&self) -> anyhow::Result<()> {
        let _changing = self.locks.change()?;
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner).take();
        if self.locks.is_last()? { self.cluster.stop() } else { Ok(()) }
    }
}

/// Where the cluster lies: under `DATA_DIR`, or, if its owner cannot enter that, where `DATA_DIR/postgres` points.
fn folder_for(data_dir: &Path, owner: &Owner) -> anyhow::Result<PathBuf> {
    let inside = data_dir.join("postgres");
    if let Ok(elsewhere) = fs::read_link(&inside) {
        if let Some(parent) = elsewhere.parent() {
            fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
        }
        return Ok(elsewhere);
    }
    if owner.can_enter(data_dir)? {
        return Ok(inside);
    }
    let elsewhere = Path::new("/var/lib/vakhta").join(format!("{:012x}", rand::random::<u64>() >> 16));
    tracing::info!(
        "Started as root: PostgreSQL runs as user `{}`, who cannot enter {}; its files are in {}",
        owner.name(),
        data_dir.display(),
        elsewhere.display(),
    );
    fs::create_dir_all("/var/lib/vakhta").context("/var/lib/vakhta cannot be made")?;
    // The link remembers the place, and whoever removes the data folder sees what else belongs to it.
    std::os::unix::fs::symlink(&elsewhere, &inside).context("DATA_DIR cannot be written")?;
    Ok(elsewhere)
}
