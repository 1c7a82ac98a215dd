//! One PostgreSQL cluster: making it, starting it, recognising one that a killed process left running.

use std::{
    fs,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use sha2::{Digest, Sha256};

use super::{NAME, binaries::Binaries, owner::Owner};

/// The number in the socket's name; nothing listens on a port.
pub const PORT: u16 = 5432;

/// A socket's path holds 107 bytes.
const LONGEST_SOCKET: usize = 107;

/// How long PostgreSQL may take to start after a crash.
const START_LIMIT_S: &str = "120";

/// Settings of ours; the rest is PostgreSQL's default.
const SETTINGS: &str = "listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 40
shared_buffers = 64MB
log_checkpoints = off
timezone = 'UTC'
log_timezone = 'UTC'
";

/// A cluster in its folder.
#[derive(Debug)]
pub struct Cluster {
    data: PathBuf,
    log: PathBuf,
    sockets: PathBuf,
    owner: Owner,
    binaries: Binaries,
}

impl Cluster {
    /// The cluster in `folder`; made if there is none.
    pub fn open(folder: PathBuf, owner: Owner) -> anyhow::Result<Self> {
        owner.make_folder(&folder)?;
        let folder = folder.canonicalize()?;
        let data = folder.join("data");
        let made_by = fs::read_to_string(data.join("PG_VERSION")).ok().and_then(|text| text.trim().parse().ok());
        let binaries = Binaries::find(made_by)?;
        let cluster = Self { log: folder.join("log"), sockets: socket_folder(&folder), data, owner, binaries };
        if made_by.is_none() {
            cluster.make()?;
        }
        Ok(cluster)
    }

    /// Where its socket lies.
    pub fn socket_folder(&self) -> &Path {
        &self.sockets
    }

    /// Leaves a running cluster alone, and starts one that does not run.
    pub fn ensure_running(&self) -> anyhow::Result<()> {
        if self.is_running() {
            if self.answers_within(Duration::from_secs(120)) {
                return Ok(());
            }
            tracing::warn!("The private PostgreSQL runs but cannot be reached; starting it again");
            self.stop()?;
        }
        self.owner.make_folder(&self.sockets)?;
        self.configure()?;
        let mut start = self.control("start");
        start.args(["--wait", "--timeout", START_LIMIT_S, "--log"]).arg(&self.log);
        run(start).with_context(|| {
            format!("PostgreSQL does not start; {} says why: {}", self.log.display(), self.last_words())
        })
    }

    /// Stops it without waiting for its clients.
    pub fn stop(&self) -> anyhow::Result<()> {
        let mut stop = self.control("stop");
        stop.args(["--mode", "fast", "--wait", "--timeout", "60"]);
        run(stop).context("PostgreSQL does not stop")
    }

    fn make(&self) -> anyhow::Result<()> {
        tracing::info!("Making a private PostgreSQL in {}", self.data.display());
        // What a killed initdb left behind is no cluster yet.
        if self.data.exists() {
            fs::remove_dir_all(&self.data).with_context(|| format!("{} cannot be removed", self.data.display()))?;
        }
        // The lock of the folder is held: nobody else makes one here. The new name says that it is complete.
        let unfinished = self.data.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        let mut initdb = self.owner.command(&self.binaries.program("initdb"));
        initdb.arg("--pgdata").arg(&unfinished).args(["--username", NAME]);
        // Whoever can enter the socket's folder is the owner or root: nothing else to prove.
        initdb.args([
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--lc-ctype=C.UTF-8",
        ]);
        run(initdb).context("PostgreSQL's `initdb` failed")?;
        fs::rename(&unfinished, &self.data)?;
        Ok(())
    }

    /// Written at each start: the socket's folder may differ from the last one.
    fn configure(&self) -> anyhow::Result<()> {
        let sockets = self.sockets.to_str().context("DATA_DIR is not valid UTF-8")?.replace('\'', "''");
        let settings = format!("{SETTINGS}unix_socket_directories = '{sockets}'\n");
        fs::write(self.data.join("vakhta.conf"), settings)?;
        let main = self.data.join("postgresql.conf");
        let text = fs::read_to_string(&main)?;
        let include = "include = 'vakhta.conf'";
        if !text.lines().any(|line| line == include) {
            fs::write(&main, format!("{text}\n{include}\n"))?;
        }
        // Written by root, read by the owner.
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(self.data.join("vakhta.conf"), fs::Permissions::from_mode(0o644))?;
        Ok(())
    }

    /// Whether a process has this folder open as its cluster.
    pub fn is_running(&self) -> bool {
        let pid_file = self.data.join("postmaster.pid");
        let Ok(text) = fs::read_to_string(&pid_file) else { return false };
        let Some(pid) = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok()) else { return false };
        match fs::read_link(format!("/proc/{pid}/cwd")) {
            Ok(folder) if folder == self.data => true,
            // After a reboot the number belongs to somebody else, and PostgreSQL would take him for itself.
            Ok(_) => {
                let _ = fs::remove_file(pid_file);
                false
            }
            Err(_) => run(self.control("status")).is_ok(),
        }
    }

    fn answers_within(&self, limit: Duration) -> bool {
        let socket = self.sockets.join(format!(".s.PGSQL.{PORT}"));
        let began = Instant::now();
        loop {
            if UnixStream::connect(&socket).is_ok() {
                return true;
            }
            if began.elapsed() > limit || !self.is_running() || !socket.exists() {
                return false;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn control(&self, action: &str) -> Command {
        let mut command = self.owner.command(&self.binaries.program("pg_ctl"));
        command.args([action, "--silent", "--pgdata"]).arg(&self.data);
        command
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<&str> =
            log.lines().rev().filter(|line| line.contains("FATAL") || line.contains("ERROR")).take(2).collect();
        last.into_iter().rev().collect::<Vec<_>>().join("; ")
    }
}

/// Beside the data if the path is short enough for a socket, else in the runtime folder or `/tmp`.
fn socket_folder(folder: &Path) -> PathBuf {
    let beside = folder.join("run");
    let fits = |folder: &Path| folder.as_os_str().len() + "/.s.PGSQL.5432.lock".len() <= LONGEST_SOCKET;
    if fits(&beside) {
        return beside;
    }
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let name = digest.iter().take(6).fold("vakhta-".to_owned(), |name, byte| format!("{name}{byte:02x}"));
    std::env::var_os("XDG_RUNTIME_DIR")
        .map(|runtime| PathBuf::from(runtime).join(&name))
        .filter(|folder| fits(folder) && folder.parent().is_some_and(Path::is_dir))
        .unwrap_or_else(|| Path::new("/tmp").join(name))
}

fn run(mut command: Command) -> anyhow::Result<()> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("{:?} cannot be run", command.get_program()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("; ");
    ensure!(!said.is_empty(), "{:?} ended with {}", command.get_program(), output.status);
    bail!("{said}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_folder_has_its_socket_elsewhere() {
        assert_eq!(socket_folder(Path::new("/srv/vakhta/postgres")), Path::new("/srv/vakhta/postgres/run"));
        let deep = PathBuf::from(format!("/{}", "deep/".repeat(40)));
        let folder = socket_folder(&deep);
        assert!(folder.as_os_str().len() < 80, "{}", folder.display());
        assert_eq!(folder, socket_folder(&deep), "found again at the next start");
        assert_ne!(folder, socket_folder(&deep.join("other")));
    }
}
