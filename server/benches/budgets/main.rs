//! The budgets of the project, measured: each row beside its budget and a baseline of the same run.
//! `make bench` runs it with `DATABASE_URL` of a server it may make databases on; the table is also
//! written to `target/bench.json`. `BENCH_PEOPLE=50000` leaves the million out, `BENCH_PEOPLE=` all of the search.

mod channel;
mod checks;
mod footprint;
mod growth;
mod launch;
mod machine;
mod processor;
mod report;
mod search;
mod servers;
mod watched;

use report::Report;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo test --benches` and the like run nothing here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let mut report = Report::default();
    footprint::first_load(&mut report)?;
    launch::verification(&mut report);
    footprint::demo(&mut report).await?;
    servers::list(&mut report).await?;
    channel::crowded(&mut report).await?;
    checks::watched(&mut report).await?;
    let crowds = std::env::var("BENCH_PEOPLE").unwrap_or_else(|_| "50000,1000000".into());
    for people in crowds.split(',').filter(|people| !people.is_empty()) {
        search::over_http(&mut report, people.trim().parse()?).await?;
    }
    report.finish()
}
