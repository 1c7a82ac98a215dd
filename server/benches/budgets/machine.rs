//! A database of its own, the release binary running on it, and somebody signed in.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::Stdio,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, ensure};
use reqwest::{Method, RequestBuilder};
use simulators::{cast, launch::Launch, seed};
use sqlx::{Connection, Executor, PgConnection};
use tokio::process::{Child, Command};

const TOKEN: &str = "100200300:a-token-for-the-bench";
const VAKHTA: &str = env!("CARGO_BIN_EXE_vakhta");

/// An empty database on the server of `DATABASE_URL`.
pub struct Database {
    name: &'static str,
    admin_url: String,
    /// Its address.
    pub url: String,
}

impl Database {
    /// Makes it anew and migrates it.
    pub async fn create(name: &'static str) -> anyhow::Result<Self> {
        let admin_url = std::env::var("DATABASE_URL").context("DATABASE_URL names a server to make databases on")?;
        let mut url = url::Url::parse(&admin_url)?;
        url.set_path(name);
        let database = Self { name, admin_url, url: url.into() };
        database.run("drop database if exists").await?;
        database.run("create database").await?;
        vakhta(&database.url)
            .arg("migrate")
            .status()
            .await?
            .success()
            .then_some(())
            .context("vakhta migrate failed")?;
        Ok(database)
    }

    /// Removes it.
    pub async fn drop(self) -> anyhow::Result<()> {
        self.run("drop database if exists").await
    }

    /// Reads a file of people into it.
    pub async fn import(&self, file: &Path) -> anyhow::Result<()> {
        let status = vakhta(&self.url).args(["import", "employees"]).arg(file).stdout(Stdio::null()).status().await?;
        ensure!(status.success(), "vakhta import failed");
        Ok(())
    }

    async fn run(&self, statement: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect(&self.admin_url).await?;
        connection.execute(sqlx::AssertSqlSafe(format!("{statement} {}", self.name))).await?;
        Ok(connection.close().await?)
    }
}

/// A running `vakhta serve`.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:port`.
    pub url: String,
    /// The administrator's bearer.
    pub token: String,
}

impl Server {
    /// Starts these parts of it, `web` among them, waits until it is ready and signs in.
    pub async fn start(database: &Database, only: &str) -> anyhow::Result<Self> {
        Self::start_with(database, only, &[]).await
    }

    /// The same with more of its configuration.
    pub async fn start_with(database: &Database, only: &str, variables: &[(&str, &str)]) -> anyhow::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("http://127.0.0.1:{port}");
        let child = vakhta(&database.url)
            .args(["serve", "--only", only])
            .env("LISTEN_ADDR", format!("127.0.0.1:{port}"))
            .envs(variables.iter().copied())
            .kill_on_drop(true)
            .spawn()?;
        let client = reqwest::Client::new();
        let start = Instant::now();
        while !matches!(client.get(format!("{url}/health/ready")).send().await, Ok(answer) if answer.status().is_success())
        {
            ensure!(start.elapsed() < Duration::from_secs(300), "the server did not become ready");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let launch = Launch::from_button(&cast::ADMIN.person("ru"), now_s()).sign(TOKEN);
        let answer = client
            .post(format!("{url}/api/v1/session"))
            .header("Authorization", format!("tma {launch}"))
            .send()
            .await?
            .error_for_status()?;
        let session: serde_json::Value = answer.json().await?;
        let token = session["token"].as_str().context("the session has a token")?.to_owned();
        Ok(Self { child, url, token })
    }

    /// A request of the administrator to `/api/v1` and this path.
    pub fn request(&self, client: &reqwest::Client, method: Method, path: &str) -> RequestBuilder {
        client.request(method, format!("{}/api/v1{path}", self.url)).bearer_auth(&self.token)
    }

    /// Fills it with the demo's people through the public API.
    pub async fn seed(&self) -> anyhow::Result<()> {
        let options = seed::Options {
            app_url: self.url.clone(),
            bot_token: TOKEN.into(),
            admin_id: cast::ADMIN.id,
            telegram_url: None,
            otrs: false,
            fleet_url: None,
            people: 800,
        };
        seed::run(&options).await.map(drop)
    }

    /// Its number.
    pub fn pid(&self) -> anyhow::Result<u32> {
        self.child.id().context("it runs")
    }

    /// Resident memory in MB.
    pub fn resident_mb(&self) -> anyhow::Result<f64> {
        let pid = self.pid()?;
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS is told")?;
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Ends it.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }
}

fn vakhta(database_url: &str) -> Command {
    let mut command = Command::new(VAKHTA);
    command
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .env("DATABASE_URL", database_url)
        .env("TELEGRAM_BOT_TOKEN", TOKEN)
        .env("TELEGRAM_BOT_USERNAME", "vakhta_bench_bot")
        .env("TELEGRAM_APP_NAME", "app")
        .env("ADMIN_TELEGRAM_IDS", cast::ADMIN.id.to_string())
        .env("RATE_LIMIT_REQUESTS", "1000000")
        .env("RUST_LOG", "warn");
    command
}

#[expect(clippy::disallowed_methods, reason = "launch data are made now, as Telegram does")]
fn now_s() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed())
}
