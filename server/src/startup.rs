//! Builds the application from its configuration and runs it until it is stopped. The only place that sees
//! everything; tests call the same with port 0 and a database of their own.

mod background;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use tokio::{net::TcpListener, sync::Notify};
use url::Url;

use crate::{
    cache::Memory,
    clock,
    config::Config,
    database::Database,
    events::Hub,
    http::{self, assets::Assets},
    integrations::{otrs::Limits, smtp::Smtp, telegram::Client},
    monitor::probe::Probes,
    services::{Deps, imports, tickets::Line},
    shutdown::{DEADLINE, Shutdown},
    state::AppState,
    telemetry::Metrics,
    workers::{
        self,
        supervisor::{Outcome, Supervisor},
    },
};

/// Which parts this process plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    /// HTTP.
    pub web: bool,
    /// Telegram's updates.
    pub bot: bool,
    /// Background work.
    pub workers: bool,
}

impl Roles {
    /// All of them.
    pub const ALL: Self = Self { web: true, bot: true, workers: true };
}

/// What is not configuration but still differs between a process and another.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Parts it plays.
    pub roles: Roles,
}

impl Default for Options {
    fn default() -> Self {
        Self { roles: Roles::ALL }
    }
}

/// Everything that runs.
pub struct Application {
    state: AppState,
    listener: Option<TcpListener>,
    shutdown: Shutdown,
    database: Database,
    options: Options,
}

impl Application {
    /// Binds if it speaks HTTP, and puts everything together; nothing runs yet.
    ///
    /// # Errors
    /// When the address is taken or the browser's files are missing.
    pub async fn build(config: Config, options: Options, database: Database) -> anyhow::Result<Self> {
        let web = &config.web;
        let (assets, listener) = if options.roles.web {
            let listener = TcpListener::bind(web.listen_addr)
                .await
                .with_context(|| format!("LISTEN_ADDR {} cannot be used", web.listen_addr))?;
            (Assets::read(&web.bundle_dir)?, Some(listener))
        } else {
            (Assets::default(), None)
        };
        let address = listener.as_ref().map_or(Ok(web.listen_addr), TcpListener::local_addr)?;
        let deps = deps(config, &database, address)?;
        let shutdown = Shutdown::default();
        let state = AppState {
            deps,
            hub: Arc::new(Hub::default()),
            live: Arc::default(),
            presence: Arc::default(),
            tasks: shutdown.tasks.clone(),
            stop: shutdown.token.clone(),
            metrics: Arc::new(Metrics::default()),
            assets: Arc::new(assets),
        };
        Ok(Self { state, listener, shutdown, database, options })
    }

    /// Where it listens, if it speaks HTTP.
    ///
    /// # Errors
    /// Those of the socket.
    pub fn address(&self) -> std::io::Result<Option<SocketAddr>> {
        self.listener.as_ref().map(TcpListener::local_addr).transpose()
    }

    /// Says stop from outside.
    #[must_use]
    pub fn shutdown(&self) -> Shutdown {
        self.shutdown.clone()
    }

    /// What its edges see.
    #[must_use]
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Runs until told to stop, then drains. Returns whether the stop was clean.
    ///
    /// # Errors
    /// When HTTP fails.
    pub async fn run(self) -> anyhow::Result<bool> {
        let Self { state, listener, shutdown, database, options } = self;
        let (hub, db, stop) = (state.hub.clone(), state.deps.db.clone(), shutdown.token.clone());
        if options.roles.web {
            let (index, heard) = (state.deps.directory.clone(), hub.subscribe());
            shutdown.tasks.spawn(workers::directory::follow(index, db.clone(), heard, stop.clone()));
            let (feed, heard) = (state.live.clone(), hub.subscribe());
            shutdown.tasks.spawn(workers::live::follow(feed, db.clone(), heard, stop.clone()));
            let (presence, heard) = (state.presence.clone(), hub.subscribe());
            shutdown.tasks.spawn(workers::presence::follow(presence, db.clone(), heard, stop.clone()));
        }
        shutdown.tasks.spawn(async move { hub.run(db, stop).await });
        if database.is_private() {
            let watched = database.clone();
            Supervisor::new(shutdown.clone(), state.metrics.clone()).run_forever(
                "private_postgres",
                Duration::from_secs(1),
                move |_| {
                    let database = watched.clone();
                    async move { database.revive().await.map(|()| Outcome::Idle) }
                },
            );
        }
        if options.roles.workers {
            background::start_workers(&state, &shutdown);
        }
        if options.roles.bot
            && let Some(client) = &state.deps.telegram
        {
            background::start_bot(&state, &shutdown, client);
        }
        let served = if let Some(listener) = listener {
            let stop = shutdown.token.clone();
            let service = http::router::router(&state).into_make_service_with_connect_info::<SocketAddr>();
            let server = axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned());
            let deadline = shutdown.token.clone();
            tokio::select! {
                served = async { server.await } => served.context("HTTP failed").map(|()| true),
                () = async { deadline.cancelled().await; tokio::time::sleep(DEADLINE).await } => Ok(false),
            }
        } else {
            shutdown.token.cancelled().await;
            Ok(true)
        };
        let finished = shutdown.stop(DEADLINE).await;
        database.close().await;
        Ok(served? && finished)
    }
}

/// What services are made of.
///
/// # Errors
/// When the bot's addresses cannot be used, or there is no key for secrets.
pub fn deps(config: Config, database: &Database, address: SocketAddr) -> anyhow::Result<Deps> {
    let public_url = match &config.web.public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://{address}"))?,
    };
    let bot = &config.telegram;
    let telegram = match &bot.bot_token {
        Some(token) => Some(Client::new(bot.api_url.clone(), token, bot.bot_username.clone())?),
        None => None,
    };
    let smtp = config.mail.clone().map(|mail| Arc::new(Smtp::new(mail, public_url.host_str())));
    let otrs = Line::open(&config, Limits::default(), clock::now)?;
    Ok(Deps {
        db: database.pool.clone(),
        cache: Arc::new(Memory::new(config.limits)),
        directory: Arc::default(),
        config: Arc::new(config),
        public_url: Arc::new(public_url),
        telegram: telegram.map(Arc::new),
        new_updates: Arc::new(Notify::new()),
        imports: imports::Slot::default(),
        probes: Probes::new(),
        otrs: otrs.map(Arc::new),
        smtp,
    })
}
