//! The simulators as a program, for people, browser tests and measurements.

use std::{
    collections::HashMap,
    env, fs,
    io::{self, BufWriter},
    net::SocketAddr,
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;
use simulators::{
    Fleet, Otrs, cast, clock,
    fleet::{
        self, Plan,
        plan::{DEMO_NETWORK, DEMO_SERVERS},
    },
    otrs,
    people::{self, workbook},
    seed, telegram,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

const HELP: &str = "simulators: what stands in for the world outside

  serve     [--listen 127.0.0.1:3100] [--app-url http://127.0.0.1:3000] [--bot-token TOKEN]
            [--bot-username NAME] [--app-name NAME]     Telegram: the Bot API and a client page
            [--fleet 200] [--fleet-network 64|any]      servers to watch at 127.64.x.y; 0 for none
            [--otrs yes|no]                             a ticket system with a month of tickets
            [--mail ADDRESS]                            a mail server that keeps what it is given, such as 127.0.0.1:3125
  fleet     [--listen 127.0.0.1:3102] [--servers 1000] [--fleet-network 64|any]
            servers to watch, alone
  seed      [--app-url URL] [--bot-token TOKEN] [--admin-id ID] [--telegram-url URL] [--fleet-url URL] [--people 800]
            fills a running server with demo data; --telegram-url is TELEGRAM_API_URL if that is set,
            --fleet-url is --telegram-url
  enter     the same for the fleet alone
  people    [--count 1000] [--seed 7]                   people as NDJSON on standard output
  workbook  FILE [--count 800] [--seed 7]               a workbook to import, with faults
";

#[tokio::main]
async fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let done = match (command.as_str(), Arguments::read(words)) {
        ("serve", Ok(arguments)) => serve(&arguments).await,
        ("fleet", Ok(arguments)) => serve_fleet(&arguments).await,
        ("seed", Ok(arguments)) => sow(&arguments).await,
        ("enter", Ok(arguments)) => enter(&arguments).await,
        ("people", Ok(arguments)) => write_people(&arguments),
        ("workbook", Ok(arguments)) => write_workbook(&arguments),
        (_, Err(error)) => Err(error),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simulators {command}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `--name value` pairs and at most one word without a name.
struct Arguments {
    named: HashMap<String, String>,
    word: Option<String>,
}

impl Arguments {
    fn read(mut words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut out = Self { named: HashMap::new(), word: None };
        while let Some(word) = words.next() {
            match word.strip_prefix("--") {
                Some(name) => {
                    let value = words.next().with_context(|| format!("--{name} needs a value"))?;
                    out.named.insert(name.to_owned(), value);
                }
                None => out.word = Some(word),
            }
        }
        Ok(out)
    }

    fn text(&self, name: &str, default: &str) -> String {
        self.named.get(name).cloned().unwrap_or_else(|| default.to_owned())
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str, default: T) -> anyhow::Result<T> {
        let Some(text) = self.named.get(name) else { return Ok(default) };
        text.parse().ok().with_context(|| format!("--{name} cannot be {text}"))
    }
}

async fn serve(arguments: &Arguments) -> anyhow::Result<()> {
    let usual = telegram::Options::default();
    let fleet = start_fleet(arguments, arguments.parsed("fleet", DEMO_SERVERS)?).await?;
    let mail = match arguments.named.get("mail") {
        Some(address) => {
            Some(simulators::Sink::start(address.parse().context("--mail")?).await.context("the mail server")?)
        }
        None => None,
    };
    if let Some(mail) = &mail {
        println!("A mail server, simulated: {}", mail.url());
    }
    let options = telegram::Options {
        mail: mail.as_ref().map(|mail| Arc::clone(mail)),
        listen: arguments.parsed("listen", "127.0.0.1:3100".parse()?)?,
        bot_token: arguments.text("bot-token", &usual.bot_token),
        bot_username: arguments.text("bot-username", &usual.bot_username),
        app_name: arguments.text("app-name", &usual.app_name),
        app_url: arguments.text("app-url", &usual.app_url).trim_end_matches('/').to_owned(),
        demo: true,
        fleet: fleet.clone(),
        otrs: (arguments.text("otrs", "yes") == "yes").then(|| Otrs::new("otrs", otrs::demo::world(clock::now_s()))),
        ..usual
    };
    if let Some(otrs) = &options.otrs {
        let service = format!("http://{}/{}/nph-genericinterface.pl/Webservice/Vakhta", options.listen, otrs.prefix());
        println!("A ticket system, simulated: {service}");
    }
    let telegram = simulators::Telegram::start(options).await?;
    // Another site than the app's 127.0.0.1 on purpose: cookies in the frame are third-party, as in Telegram Web.
    println!("Telegram, simulated: http://localhost:{}", telegram.address().port());
    let done = tokio::select! {
        () = telegram.run() => Ok(()),
        stop = stop_wanted() => stop,
    };
    if let Some(fleet) = fleet {
        fleet.stop().await;
    }
    done
}

async fn serve_fleet(arguments: &Arguments) -> anyhow::Result<()> {
    let listen: SocketAddr = arguments.parsed("listen", "127.0.0.1:3102".parse()?)?;
    let listener = TcpListener::bind(listen).await.with_context(|| listen.to_string())?;
    let fleet = start_fleet(arguments, arguments.parsed("servers", 1_000)?).await?.context("a fleet of nobody")?;
    println!("Its switches: http://{}/fleet", listener.local_addr()?);
    let served = axum::serve(listener, fleet::control::alone(fleet.clone()));
    let done = tokio::select! {
        served = async { served.await } => Ok(served?),
        stop = stop_wanted() => stop,
    };
    fleet.stop().await;
    done
}

/// Starts a fleet of this size and says where it is.
async fn start_fleet(arguments: &Arguments, servers: usize) -> anyhow::Result<Option<Arc<Fleet>>> {
    if servers == 0 {
        return Ok(None);
    }
    let plan = Plan::new(servers, seed::SEED);
    let fleet = match arguments.text("fleet-network", &DEMO_NETWORK.to_string()).as_str() {
        "any" => Fleet::start_anywhere(plan).await,
        _ => Fleet::start(plan.moved_to(arguments.parsed("fleet-network", DEMO_NETWORK)?)).await,
    };
    let fleet = fleet.context("the fleet")?;
    let Plan { network, servers, .. } = fleet.plan();
    println!("A fleet, simulated: {} servers in 127.{network}.0.0/16", servers.len());
    if let Some(why) = fleet.no_ping() {
        println!("  ping cannot be switched: {why}");
    }
    Ok(Some(Arc::new(fleet)))
}

/// Ctrl-C, or what `kill` sends: addresses that were taken away are given back.
async fn stop_wanted() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        stop = tokio::signal::ctrl_c() => Ok(stop?),
        _ = terminate.recv() => Ok(()),
    }
}

fn seed_options(arguments: &Arguments) -> anyhow::Result<seed::Options> {
    let usual = telegram::Options::default();
    let telegram_url = arguments.named.get("telegram-url").cloned().or_else(|| env::var("TELEGRAM_API_URL").ok());
    Ok(seed::Options {
        app_url: arguments.text("app-url", &usual.app_url),
        bot_token: arguments.text("bot-token", &usual.bot_token),
        admin_id: arguments.parsed("admin-id", cast::ADMIN.id)?,
        fleet_url: arguments.named.get("fleet-url").cloned().or_else(|| telegram_url.clone()),
        telegram_url,
        otrs: env::var_os("OTRS_URL").is_some(),
        people: arguments.parsed("people", 800)?,
    })
}

async fn sow(arguments: &Arguments) -> anyhow::Result<()> {
    let added = seed::run(&seed_options(arguments)?).await?;
    let seed::Added { employees, accounts, edits, servers, links, replies } = added;
    if added == seed::Added::default() {
        println!("Demo data: all there already");
    } else {
        println!(
            "Demo data: {employees} people, {accounts} accounts, {edits} changes by hand, {servers} servers, \
             {links} logins in OTRS, {replies} ready replies"
        );
    }
    Ok(())
}

async fn enter(arguments: &Arguments) -> anyhow::Result<()> {
    let servers = seed::enter_fleet(&seed_options(arguments)?).await?;
    println!("The fleet: {servers} servers entered");
    Ok(())
}

fn write_people(arguments: &Arguments) -> anyhow::Result<()> {
    let (count, seed) = (arguments.parsed("count", 1_000)?, arguments.parsed("seed", 7)?);
    Ok(people::write_ndjson(count, seed, BufWriter::with_capacity(1 << 20, io::stdout().lock()))?)
}

fn write_workbook(arguments: &Arguments) -> anyhow::Result<()> {
    let path = arguments.word.as_deref().context("name the file to write")?;
    let (file, summary) = workbook::write(arguments.parsed("count", 800)?, arguments.parsed("seed", 7)?)?;
    fs::write(path, file).with_context(|| path.to_owned())?;
    let workbook::Summary { people, repeated, refused } = summary;
    println!("{path}: {people} people, {repeated} of them twice, {refused} rows beyond help");
    Ok(())
}
