//! The budgets of the project, measured: each row beside its budget and a baseline of the same run.
//! `make bench` runs it with `DATABASE_URL` of a server it may make databases on; the table is also
//! written to `target/bench.json`. `BENCH_PEOPLE=50000` leaves the million out; arguments name the modules
//! to run: `.ci/bench.sh checks channel`.

mod channel;
mod checks;
mod clients;
mod footprint;
mod growth;
mod launch;
mod machine;
mod processor;
mod report;
mod search;
mod servers;
mod tickets;
mod watched;

use report::Report;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo test --benches` and the like run nothing here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let names: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    let mut report = Report::default();
    if wanted("footprint") {
        footprint::first_load(&mut report)?;
        footprint::demo(&mut report).await?;
    }
    if wanted("launch") {
        launch::verification(&mut report);
    }
    if wanted("servers") {
        servers::list(&mut report).await?;
    }
    if wanted("channel") {
        channel::crowded(&mut report).await?;
    }
    if wanted("checks") {
        checks::watched(&mut report).await?;
    }
    if wanted("tickets") {
        tickets::copied(&mut report).await?;
    }
    if wanted("search") {
        let crowds = std::env::var("BENCH_PEOPLE").unwrap_or_else(|_| "50000,1000000".into());
        for people in crowds.split(',') {
            search::over_http(&mut report, people.trim().parse()?).await?;
        }
    }
    report.finish()
}
