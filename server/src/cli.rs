//! The commands of the contract and their exit codes.

mod import;

use std::process::ExitCode;

use app::model::user::Role;
use clap::{Parser, Subcommand, ValueEnum};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{
    clock,
    config::{Config, Vars},
    database::{Database, Purpose},
    services::accounts::grant::grant,
    shutdown,
    startup::{Application, Options, Roles},
    telemetry,
};

/// The watch: a Telegram Mini App for IT operators.
#[derive(Debug, Parser)]
#[command(name = "vakhta", version, about, disable_help_subcommand = false)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server until it is stopped.
    Serve {
        /// Parts to play, all unless given.
        #[arg(long, value_delimiter = ',')]
        only: Vec<Part>,
    },
    /// Brings the database schema up to date.
    Migrate,
    /// Says whether the configuration can be used.
    CheckConfig,
    /// Gives somebody a role, also if he has never been here.
    Grant {
        /// His number in Telegram.
        #[arg(value_name = "TELEGRAM_ID", value_parser = clap::value_parser!(i64).range(1..1 << 52))]
        telegram_id: i64,
        /// guest, employee, operator or admin.
        role: Role,
    },
    /// Takes in what a file says.
    Import {
        /// What is in the file.
        #[command(subcommand)]
        what: import::Import,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Web,
    Bot,
    Workers,
}

/// Runs a command. Failures are printed; the exit code is the contract's.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let config = match Vars::from_process().and_then(|vars| Config::read(&vars)) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    telemetry::init(&config.telemetry);
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(execute(cli.command, config)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(command: Command, config: Config) -> anyhow::Result<()> {
    match command {
        Command::CheckConfig => {
            for warning in config.warnings() {
                println!("{warning}.");
            }
            println!("The configuration can be used.");
            Ok(())
        }
        Command::Migrate => {
            Database::open(&config.database, Purpose::Command).await?.close().await;
            println!("The schema is up to date.");
            Ok(())
        }
        Command::Grant { telegram_id, role } => {
            let database = Database::open(&config.database, Purpose::Command).await?;
            let granted = grant(&database.pool, telegram_id, role, clock::now()).await;
            database.close().await;
            let account = granted?;
            println!("Telegram user {telegram_id} is now {} (account {account}).", role.as_str());
            if config.telegram.admins.contains(&telegram_id) && role != Role::Admin {
                println!("ADMIN_TELEGRAM_IDS names this user, who stays an administrator all the same.");
            }
            Ok(())
        }
        Command::Import { what } => import::run(what, config).await,
        Command::Serve { only } => serve(config, &only).await,
    }
}

/// Each open screen is a socket, and most systems allow a process 1 024 files unless it asks for more.
fn allow_files() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!(%error, "No more files may be opened than the usual number");
    }
}

async fn serve(config: Config, only: &[Part]) -> anyhow::Result<()> {
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    allow_files();
    let plays = |part| only.is_empty() || only.contains(&part);
    let roles = Roles { web: plays(Part::Web), bot: plays(Part::Bot), workers: plays(Part::Workers) };
    let database = Database::open(&config.database, Purpose::Serve).await?;
    let built = Application::build(config, Options { roles }, database.clone()).await;
    if built.is_err() {
        database.close().await;
    }
    let application = built?;
    // Whoever is told next that it runs may end it at once.
    let asked_to_end = shutdown::signal()?;
    match application.address()? {
        Some(address) => tracing::info!("Listening on http://{address}"),
        None => tracing::info!("Running without HTTP"),
    }
    let stopping = application.shutdown();
    let signal = stopping.clone();
    stopping.tasks.spawn(async move {
        tokio::select! {
            () = asked_to_end => {
                tracing::info!("Stopping");
                signal.token.cancel();
            }
            () = signal.token.cancelled() => {}
        }
    });
    anyhow::ensure!(application.run().await?, "Some work was not finished before the deadline");
    Ok(())
}
