//! Searching over HTTP by eight clients at once, beside what bots of this kind do today: `ILIKE '%…%'` over the same
//! columns, asked by eight connections of the same database.

use std::{
    fs::File,
    io::{BufWriter, Write},
    time::Instant,
};

use simulators::people::{People, Record};

use crate::{
    clients::{self, CLIENTS},
    machine::{Database, Server},
    report::{Budget, Report, Row},
};

const SEED: u64 = 7;
/// Each client's questions; the baseline gets fewer, it is slow.
const QUESTIONS: usize = 500;
/// Long enough for a percentile, short enough for a million people and a sequential scan.
const BASELINE_QUESTIONS: usize = 4;
const ILIKE: &str = "select id, surname, name, email from employees.employee
    where deleted_at is null and (surname ilike $1 or name ilike $1 or patronymic ilike $1
       or email ilike $1 or phones::text ilike $1 or ips::text ilike $1 or workstation ilike $1
       or position ilike $1 or department ilike $1 or unit ilike $1 or room ilike $1)
    order by surname, name limit 10";

/// Adds the rows for a directory of this many people.
pub async fn over_http(report: &mut Report, people: usize) -> anyhow::Result<()> {
    let database = Database::create("bench_search").await?;
    let file = tempfile::Builder::new().suffix(".ndjson").tempfile()?;
    let mut questions = Vec::new();
    let mut out = BufWriter::new(File::create(file.path())?);
    for (at, person) in People::new(SEED).take(people).enumerate() {
        serde_json::to_writer(&mut out, &person)?;
        out.write_all(b"\n")?;
        if at % (people / 200).max(1) == 0 {
            questions.extend(asked(&person));
        }
    }
    out.flush()?;
    drop(out);
    let start = Instant::now();
    database.import(file.path()).await?;
    println!("  {people} people imported from NDJSON in {:.0} s", start.elapsed().as_secs_f64());

    let start = Instant::now();
    let server = Server::start(&database, "web").await?;
    println!("  ready after {:.1} s with {:.0} MB resident", start.elapsed().as_secs_f64(), server.resident_mb()?);
    let asked = questions.iter().map(|text| vec![("q", text.clone()), ("limit", "10".into())]).collect();
    let ours = clients::get(&server, "/employees", asked, QUESTIONS).await?;
    println!("  after the questions {:.0} MB resident", server.resident_mb()?);
    let theirs = clients::select(&database, ILIKE, questions, BASELINE_QUESTIONS).await?;
    server.stop().await?;
    database.drop().await?;

    let budget = if people <= 50_000 { 10.0 } else { 30.0 };
    let what = format!("search over HTTP, {CLIENTS} clients, {people} people, p95");
    report.add(Row::new(what, ours, "ms", Budget::AtMost(budget)).beside("ILIKE '%…%' p95", theirs));
    Ok(())
}

/// What one types to find this person.
fn asked(person: &Record) -> Vec<String> {
    let surname = &person.surname;
    let short: String = surname.chars().take(3).collect();
    let mut typo: Vec<char> = surname.chars().collect();
    let middle = typo.len() / 2;
    typo.swap(middle - 1, middle);
    let mut all = vec![
        short,
        surname.clone(),
        format!("{surname} {}", person.name),
        format!("{} {surname}", person.name),
        typo.into_iter().collect(),
        person.email.clone(),
        person.email.chars().take(6).collect(),
    ];
    all.extend(person.phones.iter().flat_map(|phone| [phone.number.clone(), phone.ext.clone()]).flatten());
    all.extend(person.ips.iter().cloned());
    all.extend([&person.workstation, &person.department, &person.room].into_iter().flatten().cloned());
    all
}
