//! The budgets of the project, measured: each row beside its budget and a baseline of the same run.
//! `make bench` runs it with `DATABASE_URL` of a server it may make databases on; the table is also
//! written to `target/bench.json`. `BENCH_PEOPLE=50000` leaves the million out.

mod footprint;
mod launch;
mod machine;
mod report;
mod search;

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
    let crowds = std::env::var("BENCH_PEOPLE").unwrap_or_else(|_| "50000,1000000".into());
    for people in crowds.split(',') {
        search::over_http(&mut report, people.trim().parse()?).await?;
    }
    report.finish()
}
