//! The built program as its users start it: a child process in a folder of its own.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;

use super::app::BOT_TOKEN;

/// A working folder with a data folder in it. What still runs there is stopped when it is dropped.
pub struct Folder {
    root: TempDir,
}

/// A running `vakhta serve`.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
}

impl Folder {
    /// One that every user may enter.
    pub fn open() -> Self {
        Self::with_mode(0o755)
    }

    /// One that only its owner may enter.
    pub fn closed() -> Self {
        Self::with_mode(0o700)
    }

    fn with_mode(mode: u32) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        fs::set_permissions(root.path(), fs::Permissions::from_mode(mode)).expect("permissions");
        let bundle = root.path().join("dist/pkg");
        fs::create_dir_all(&bundle).expect("a folder");
        fs::write(bundle.join("index.html"), "'/pkg/frontend-0a.js' '/pkg/frontend-0a_bg.wasm'").expect("written");
        fs::write(bundle.join("parts.json"), "{}").expect("written");
        Self { root }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// The program with these arguments and nothing in its environment that a test did not name.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vakhta"));
        command.args(arguments).current_dir(self.path()).env_clear().env("DATA_DIR", self.data());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("LISTEN_ADDR", "127.0.0.1:0");
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.program(arguments).output().expect("it runs")
    }

    /// Starts the server and waits until it says that it listens.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same with these variables.
    pub fn serve_with(&self, variables: &[(&str, &str)]) -> Server {
        let mut child =
            self.program(&["serve"]).envs(variables.iter().copied()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let mut said = String::new();
        let address = loop {
            let line = lines.next().unwrap_or_else(|| panic!("it ended: {said}")).expect("text");
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().to_owned();
            }
            said.push_str(&line);
        };
        // Nobody reads on: keep the pipe from filling.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, address }
    }

    /// Starts these parts of the server alone, and waits until it says that it runs, which is answered too.
    pub fn serve_part(&self, only: &str, variables: &[(&str, &str)]) -> (Server, String) {
        let mut program = self.program(&["serve", "--only", only]);
        let mut child = program.envs(variables.iter().copied()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let mut said = String::new();
        while !said.contains(" HTTP") && !said.contains("http://") {
            let line = lines.next().unwrap_or_else(|| panic!("it ended: {said}")).expect("text");
            said.push_str(&line);
        }
        std::thread::spawn(move || lines.for_each(drop));
        (Server { child, address: String::new() }, said)
    }

    /// Connections to the private database, which runs.
    pub async fn database(&self) -> PgPool {
        let file = self.postmaster();
        let lines: Vec<&str> = file.lines().collect();
        let [_, _, _, port, socket, ..] = *lines else { panic!("it does not run: {file}") };
        let options = PgConnectOptions::new_without_pgpass().socket(socket).port(port.parse().expect("a number"));
        PgPoolOptions::new().connect_with(options.username("vakhta").database("vakhta")).await.expect("connections")
    }

    /// Stops all processes of the private PostgreSQL in the middle of what they do, until this is dropped.
    pub fn freeze(&self) -> Frozen {
        let postmaster = self.postmaster().lines().next().expect("a number").to_owned();
        let mut pids = vec![postmaster.clone()];
        for entry in fs::read_dir("/proc").expect("processes") {
            let path = entry.expect("an entry").path();
            let Ok(stat) = fs::read_to_string(path.join("stat")) else { continue };
            // After the name in brackets come the state and the parent.
            let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
            if parent == Some(&postmaster) {
                pids.push(path.file_name().expect("a name").to_str().expect("a number").to_owned());
            }
        }
        let frozen = Frozen(pids);
        frozen.signal("-STOP");
        frozen
    }

    fn postmaster(&self) -> String {
        fs::read_to_string(self.data().join("postgres/data/postmaster.pid")).expect("it runs")
    }

    /// Whether a PostgreSQL has its files in the data folder and runs.
    pub fn has_postgres(&self) -> bool {
        let file = self.data().join("postgres/data/postmaster.pid");
        let Ok(text) = fs::read_to_string(file) else { return false };
        let pid = text.lines().next().unwrap_or_default().trim().to_owned();
        Path::new("/proc").join(pid).exists()
    }
}

/// A PostgreSQL that does nothing.
pub struct Frozen(Vec<String>);

impl Frozen {
    fn signal(&self, signal: &str) {
        // One of them may have ended by itself.
        let _ = Command::new("kill").arg(signal).args(&self.0).stderr(Stdio::null()).status();
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.signal("-CONT");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.has_postgres() {
            // The last one to use a cluster stops it.
            let _ = self.program(&["migrate"]).output();
        }
        if let Ok(elsewhere) = fs::read_link(self.data().join("postgres")) {
            let _ = fs::remove_dir_all(elsewhere);
        }
    }
}

impl Server {
    /// What tests set that sign in.
    pub const VARIABLES: [(&'static str, &'static str); 4] = [
        ("TELEGRAM_BOT_TOKEN", BOT_TOKEN),
        // Nobody listens there.
        ("TELEGRAM_API_URL", "http://127.0.0.1:9"),
        ("ADMIN_TELEGRAM_IDS", "9000001"),
        ("RATE_LIMIT_REQUESTS", "1000000"),
    ];

    /// The status line and body of a `GET`.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it lives");
        self.child.wait().expect("it is gone");
    }

    /// Asks it to end and gives its exit code.
    pub fn terminate(mut self) -> i32 {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().expect("`kill` runs");
        assert!(asked.success());
        self.child.wait().expect("it ends").code().expect("it was not killed")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
