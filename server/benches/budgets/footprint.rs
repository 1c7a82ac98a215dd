//! Size of the first load, memory, time from start to ready.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::Instant,
};

use crate::{
    machine::{Database, Server},
    report::{Budget, Report, Row},
};

/// What only administrators open may weigh more.
const ADMINISTRATORS: [&str; 4] = ["administration", "arranging", "configuring", "importing"];

/// Files of a first load as they are sent: the app alone and with each of its parts, as `.ci/size.mjs` counts them.
pub fn first_load(report: &mut Report) -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/pkg");
    let index = fs::read_to_string(folder.join("index.html"))?;
    let parts: BTreeMap<String, Vec<String>> = serde_json::from_slice(&fs::read(folder.join("parts.json"))?)?;
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        if let Some(name) = name.strip_suffix(".br") {
            files.insert(name.to_owned(), entry.metadata()?.len());
        }
    }
    let main: BTreeSet<&str> = files.keys().map(String::as_str).filter(|name| index.contains(name)).collect();
    let weight = |names: &BTreeSet<&str>| names.iter().filter_map(|name| files.get(*name)).sum::<u64>() as f64 / 1e3;
    report.add(Row::new("first load, all files, brotli", weight(&main), "kB", Budget::AtMost(300.0)));
    for (part, names) in &parts {
        let all = main.iter().copied().chain(names.iter().map(String::as_str)).collect();
        let budget = if ADMINISTRATORS.contains(&part.as_str()) { 400.0 } else { 300.0 };
        let what = format!("first load that opens {part}");
        report.add(Row::new(what, weight(&all), "kB", Budget::AtMost(budget)).beside("the app alone", weight(&main)));
    }
    Ok(())
}

/// Memory with the demo's people and the time from start to ready on a migrated database.
pub async fn demo(report: &mut Report) -> anyhow::Result<()> {
    let database = Database::create("bench_demo").await?;
    let server = Server::start(&database, "web").await?;
    server.seed().await?;
    let memory = server.resident_mb()?;
    server.stop().await?;
    let start = Instant::now();
    let server = Server::start(&database, "web").await?;
    let ready = start.elapsed();
    server.stop().await?;
    database.drop().await?;

    report.add(Row::new("memory of vakhta with the demo data", memory, "MB", Budget::AtMost(80.0)));
    report.add(Row::new("start to ready on a migrated database", ready.as_secs_f64(), "s", Budget::AtMost(2.0)));
    Ok(())
}
