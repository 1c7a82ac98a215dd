//! The simulators as a program, for people, browser tests and measurements.

use std::{
    collections::HashMap,
    env, fs,
    io::{self, BufWriter},
    process::ExitCode,
};

use anyhow::Context as _;
use simulators::{
    cast,
    people::{self, workbook},
    seed, telegram,
};

const HELP: &str = "simulators: what stands in for the world outside

  serve     [--listen 127.0.0.1:3100] [--app-url http://127.0.0.1:3000] [--bot-token TOKEN]
            [--bot-username NAME] [--app-name NAME]     Telegram: the Bot API and a client page
  seed      [--app-url URL] [--bot-token TOKEN] [--admin-id ID] [--telegram-url URL] [--people 800]
            fills a running server with demo data; --telegram-url is TELEGRAM_API_URL if that is set
  people    [--count 1000] [--seed 7]                   people as NDJSON on standard output
  workbook  FILE [--count 800] [--seed 7]               a workbook to import, with faults
";

#[tokio::main]
async fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let done = match (command.as_str(), Arguments::read(words)) {
        ("serve", Ok(arguments)) => serve(&arguments).await,
        ("seed", Ok(arguments)) => sow(&arguments).await,
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
    let options = telegram::Options {
        listen: arguments.parsed("listen", "127.0.0.1:3100".parse()?)?,
        bot_token: arguments.text("bot-token", &usual.bot_token),
        bot_username: arguments.text("bot-username", &usual.bot_username),
        app_name: arguments.text("app-name", &usual.app_name),
        app_url: arguments.text("app-url", &usual.app_url).trim_end_matches('/').to_owned(),
        demo: true,
        ..usual
    };
    let telegram = simulators::Telegram::start(options).await?;
    // Another site than the app's 127.0.0.1 on purpose: cookies in the frame are third-party, as in Telegram Web.
    println!("Telegram, simulated: http://localhost:{}", telegram.address().port());
    tokio::select! {
        () = telegram.run() => Ok(()),
        stop = tokio::signal::ctrl_c() => Ok(stop?),
    }
}

async fn sow(arguments: &Arguments) -> anyhow::Result<()> {
    let usual = telegram::Options::default();
    let added = seed::run(&seed::Options {
        app_url: arguments.text("app-url", &usual.app_url),
        bot_token: arguments.text("bot-token", &usual.bot_token),
        admin_id: arguments.parsed("admin-id", cast::ADMIN.id)?,
        telegram_url: arguments.named.get("telegram-url").cloned().or_else(|| env::var("TELEGRAM_API_URL").ok()),
        people: arguments.parsed("people", 800)?,
    })
    .await?;
    match added {
        seed::Added { employees: 0, accounts: 0, edits: 0 } => println!("Demo data: all there already"),
        seed::Added { employees, accounts, edits } => {
            println!("Demo data: {employees} people, {accounts} accounts, {edits} changes by hand");
        }
    }
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
