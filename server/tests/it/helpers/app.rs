//! The real application, started by the same function as the product.

use std::{fs, net::SocketAddr};

use sqlx::PgPool;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use vakhta::{
    config::{Config, Vars},
    database::Database,
    shutdown::{DEADLINE, Shutdown},
    startup::{Application, Options},
    state::AppState,
};

use super::described::Answered as _;

/// The bot of the tests.
pub const BOT_TOKEN: &str = "1234567890:TEST-TOKEN-OF-THE-INTEGRATION-TESTS";

/// What seals secrets in the tests.
pub const SECRET_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Telegram's number of the administrator that the configuration of the tests names.
pub const ADMIN: i64 = 9_000_001;

/// A running application. Ends when it is dropped; [`TestApp::stop`] also waits for it.
pub struct TestApp {
    /// `http://127.0.0.1:port`, no slash at the end.
    pub url: String,
    /// A client that keeps cookies and follows no redirects.
    pub client: reqwest::Client,
    /// The database, to arrange only.
    pub db: PgPool,
    /// What the edges see.
    pub state: AppState,
    shutdown: Shutdown,
    running: Option<JoinHandle<anyhow::Result<bool>>>,
    _folder: TempDir,
}

/// What a test wants to be different.
#[derive(Default)]
pub struct Setup {
    vars: Vec<(String, String)>,
    without: Vec<&'static str>,
    options: Options,
}

impl Setup {
    /// Sets a variable of the environment.
    #[must_use]
    pub fn var(mut self, name: &str, value: &str) -> Self {
        self.vars.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes away a variable that tests usually set.
    #[must_use]
    pub fn without(mut self, name: &'static str) -> Self {
        self.without.push(name);
        self
    }

    /// Leaves the work of the background to the test.
    #[must_use]
    pub fn without_workers(mut self) -> Self {
        self.options.roles.workers = false;
        self
    }

    /// Starts the application.
    pub async fn start(mut self, db: PgPool) -> TestApp {
        // The bot is quiet unless the test brings somebody it can talk to.
        self.options.roles.bot = self.vars.iter().any(|(name, _)| name == "TELEGRAM_API_URL");
        let folder = tempfile::tempdir().expect("a folder");
        fake_bundle(&folder);
        let mut pairs = vec![
            ("LISTEN_ADDR".to_owned(), "127.0.0.1:0".to_owned()),
            ("TELEGRAM_BOT_TOKEN".to_owned(), BOT_TOKEN.to_owned()),
            ("TELEGRAM_BOT_USERNAME".to_owned(), "vakhta_test_bot".to_owned()),
            ("TELEGRAM_APP_NAME".to_owned(), "app".to_owned()),
            // Nobody listens there: a test that needs the Bot API names a simulator.
            ("TELEGRAM_API_URL".to_owned(), "http://127.0.0.1:9".to_owned()),
            ("ADMIN_TELEGRAM_IDS".to_owned(), ADMIN.to_string()),
            // Nothing is written beside the database.
            ("SECRET_KEY".to_owned(), SECRET_KEY.to_owned()),
        ];
        pairs.extend(self.vars);
        pairs.retain(|(name, _)| !self.without.contains(&name.as_str()));
        let mut config = Config::read(&pairs.into_iter().collect::<Vars>()).expect("the configuration can be used");
        config.web.bundle_dir = folder.path().to_owned();
        let application = Application::build(config, self.options, Database::of_pool(db.clone()))
            .await
            .expect("the application starts");
        let address: SocketAddr = application.address().expect("an address").expect("it listens");
        let (shutdown, state) = (application.shutdown(), application.state().clone());
        #[expect(clippy::disallowed_methods, reason = "the application itself is what runs here")]
        let running = tokio::spawn(application.run());
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let app = TestApp {
            url: format!("http://{address}"),
            client,
            db,
            state,
            shutdown,
            running: Some(running),
            _folder: folder,
        };
        while !app.get("/health/ready").await.status().is_success() {}
        app
    }
}

impl TestApp {
    /// Starts the application as it comes.
    pub async fn start(db: PgPool) -> Self {
        Setup::default().start(db).await
    }

    /// Describes an application that differs.
    pub fn with() -> Setup {
        Setup::default()
    }

    /// The absolute address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// `GET` of a path.
    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.client.get(self.at(path)).answered().await
    }

    /// Stops it as a signal would and says whether that was clean.
    pub async fn stop(mut self) -> bool {
        self.shutdown.token.cancel();
        let running = self.running.take().expect("it runs");
        tokio::time::timeout(DEADLINE, running).await.expect("in time").expect("no panic").expect("no failure")
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.shutdown.token.cancel();
    }
}

/// The least that Trunk leaves behind.
fn fake_bundle(folder: &TempDir) {
    let html = r#"<link rel="stylesheet" href="/pkg/main-0a.css"><script type="module">import init from '/pkg/frontend-0a.js';
        init({ module_or_path: '/pkg/frontend-0a_bg.wasm' });</script>"#;
    for (name, content) in [
        ("index.html", html),
        ("parts.json", r#"{"settings":["shared-0b.wasm","settings-0c.wasm"]}"#),
        ("main-0a.css", "body{}"),
        ("main-0a.css.br", "not really brotli"),
        ("frontend-0a.js", "export default () => {};"),
        ("frontend-0a_bg.wasm", "\0asm"),
    ] {
        fs::write(folder.path().join(name), content).expect("written");
    }
}
