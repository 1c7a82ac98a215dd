//! Size of the first load, memory, time from start to ready.

use std::{fs, path::Path, time::Instant};

use crate::{
    machine::{Database, Server},
    report::{Budget, Report, Row},
};

/// Files of the first load as they are sent.
pub fn first_load(report: &mut Report) -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/pkg");
    let index = fs::read_to_string(folder.join("index.html"))?;
    let mut bytes = 0;
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        if name.strip_suffix(".br").is_some_and(|name| index.contains(name)) {
            bytes += entry.metadata()?.len();
        }
    }
    report.add(Row {
        what: "first load, all files, brotli".into(),
        measured: bytes as f64 / 1000.0,
        unit: "kB",
        budget: Budget::AtMost(300.0),
        baseline: None,
    });
    Ok(())
}

/// Memory with the demo's people and the time from start to ready on a migrated database.
pub async fn demo(report: &mut Report) -> anyhow::Result<()> {
    let database = Database::create("bench_demo").await?;
    let server = Server::start(&database).await?;
    server.seed().await?;
    let memory = server.resident_mb()?;
    server.stop().await?;
    let start = Instant::now();
    let server = Server::start(&database).await?;
    let ready = start.elapsed();
    server.stop().await?;
    database.drop().await?;

    report.add(Row {
        what: "memory of vakhta with the demo data".into(),
        measured: memory,
        unit: "MB",
        budget: Budget::AtMost(80.0),
        baseline: None,
    });
    report.add(Row {
        what: "start to ready on a migrated database".into(),
        measured: ready.as_secs_f64(),
        unit: "s",
        budget: Budget::AtMost(2.0),
        baseline: None,
    });
    Ok(())
}
