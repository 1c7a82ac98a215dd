//! Fifty thousand tickets: how fast they are copied and what that asks of OTRS, then lists and searches over HTTP by eight
//! clients at once, beside what bots of this kind do: `ILIKE '%…%'` over titles and articles.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use simulators::{
    cast,
    otrs::{Otrs, demo},
    people::People,
    seed,
};
use sqlx::{Connection, PgConnection};
use vakhta::clock;

use crate::{
    clients::{self, CLIENTS, Question},
    machine::{Database, Server},
    processor::{self, Meter},
    report::{Budget, Report, Row},
};

const TICKETS: usize = 50_000;
/// Each client's questions; the baseline gets fewer, it is slow.
const QUESTIONS: usize = 300;
const BASELINE_QUESTIONS: usize = 4;
const ILIKE: &str = "select t.id, t.title from otrs.ticket t
    where t.title ilike $1 or exists (select from otrs.article a where a.ticket_id = t.id and a.body ilike $1)
    order by t.changed_at desc limit 20";
/// 32 bytes that are no secret.
const SECRET_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const LONGEST: Duration = Duration::from_secs(1_800);

/// Adds its rows.
pub async fn copied(report: &mut Report) -> anyhow::Result<()> {
    let start = Instant::now();
    let otrs = Otrs::start("otrs", demo::crowd(clock::now().unix_timestamp(), TICKETS)).await?;
    println!("  {TICKETS} tickets made up in {:.0} s", start.elapsed().as_secs_f64());
    let database = Database::create("bench_tickets").await?;
    let url = otrs.url("GenericTicketConnectorREST");
    let agent = format!("{}-pass", demo::SERVICE);
    let variables = [
        ("OTRS_URL", &*url),
        ("OTRS_USER", demo::SERVICE),
        ("OTRS_PASSWORD", &agent),
        ("OTRS_TIME_ZONE", demo::ZONE),
        ("SECRET_KEY", SECRET_KEY),
    ];
    let server = Server::start_with(&database, "web,workers", &variables).await?;
    let mut db = PgConnection::connect(&database.url).await?;
    let backend: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut db).await?;
    let postmaster = processor::parent(backend.unsigned_abs())?;
    let pid = server.pid()?;
    let meter = Meter::start(vec![
        Box::new(move || processor::seconds(pid)),
        Box::new(move || processor::seconds_of_family(postmaster)),
        Box::new(|| processor::seconds(std::process::id())),
    ])?;
    let took = whole(&server).await?.as_secs_f64();
    let cores = meter.cores()?;
    let asked = otrs.questions();
    report.add(
        Row::new(format!("first copy of {TICKETS} tickets"), TICKETS as f64 / took, "tickets/s", Budget::Shown).note(
            format!(
                "{took:.0} s; vakhta {:.2} core, PostgreSQL {:.2}, the simulated OTRS {:.2}; {:.0} MB resident",
                cores[0],
                cores[1],
                cores[2],
                server.resident_mb()?
            ),
        ),
    );
    report.add(
        Row::new(
            "questions to OTRS per 1 000 tickets of the first copy",
            asked.all as f64 * 1e3 / TICKETS as f64,
            "",
            Budget::Shown,
        )
        .note(format!("{:.0} a second, at most {} at once", asked.all as f64 / took, asked.at_once)),
    );

    sign_in(&server).await?;
    let idle = otrs.questions().all;
    let start = Instant::now();
    tokio::time::sleep(Duration::from_secs(30)).await;
    let rate = (otrs.questions().all - idle) as f64 / start.elapsed().as_secs_f64();
    report.add(Row::new(
        "questions to OTRS while nothing happens, one operator",
        rate * 60.0,
        "a minute",
        Budget::Shown,
    ));

    let texts = texts();
    let searches = texts.iter().map(|text| vec![("q", text.clone())]).collect();
    let listed = clients::get(&server, "/tickets", lists(), QUESTIONS).await?;
    let found = clients::get(&server, "/tickets", searches, QUESTIONS).await?;
    let theirs = clients::select(&database, ILIKE, texts, BASELINE_QUESTIONS).await?;
    server.stop().await?;
    db.close().await?;
    database.drop().await?;
    let what = |what: &str| format!("{what} over HTTP, {CLIENTS} clients, {TICKETS} tickets, p95");
    report.add(Row::new(what("lists of tickets"), listed, "ms", Budget::AtMost(30.0)));
    report
        .add(Row::new(what("search in tickets"), found, "ms", Budget::AtMost(30.0)).beside("ILIKE '%…%' p95", theirs));
    Ok(())
}

/// Until everything is there.
async fn whole(server: &Server) -> anyhow::Result<Duration> {
    let (client, start) = (Client::new(), Instant::now());
    loop {
        let list: Value = server.request(&client, Method::GET, "/tickets?limit=1").send().await?.json().await?;
        if list["copy"]["state"] == "current" {
            return Ok(start.elapsed());
        }
        ensure!(start.elapsed() < LONGEST, "it is not copied yet: {}", list["copy"]);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// The administrator acts with an agent who sees every queue.
async fn sign_in(server: &Server) -> anyhow::Result<()> {
    let login = cast::ADMIN.login();
    let link = json!({ "login": login, "password": format!("{login}-pass") });
    let answer = server.request(&Client::new(), Method::POST, "/otrs-link").json(&link).send().await?;
    let link: Value = answer.error_for_status()?.json().await?;
    link["queues"].as_array().filter(|queues| !queues.is_empty()).context("there are queues to see").map(drop)
}

/// What operators look at: views, orders, filters.
fn lists() -> Vec<Question> {
    let of = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let mut all: Vec<Question> = vec![
        of(&[]),
        of(&[("queue", "Серверы")]),
        of(&[("queue", "Поддержка"), ("sort", "oldest")]),
        of(&[("state", "closed")]),
        of(&[("owner", "none"), ("sort", "newest")]),
        of(&[("sort", "priority"), ("view", "open")]),
        of(&[("sort", "escalation"), ("view", "open")]),
    ];
    for view in ["mine", "new", "open", "waiting", "escalating", "pending", "watched"] {
        all.push(of(&[("view", view)]));
    }
    all
}

/// What is searched for: names, numbers, words that many tickets hold and such as few do.
fn texts() -> Vec<String> {
    let words =
        ["принтер", "не печатает", "здравствуйте", "vpn", "сервер", "1с зарплата", "no-such-word", "спасибо закрываю"];
    let people = People::new(seed::SEED).take(TICKETS / 20).step_by(50);
    let names = people.flat_map(|person| [person.surname.clone(), person.email, format!("принтер {}", person.surname)]);
    words.map(str::to_owned).into_iter().chain(names).collect()
}
