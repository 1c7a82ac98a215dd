//! Five thousand monitors at ten seconds: looked at, stored and judged; what that costs and how soon a screen knows.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use simulators::{
    Fleet,
    fleet::{Kind, Plan, plan::MOST_SERVERS},
};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;
use tokio_tungstenite::{connect_async, tungstenite::Message};
use vakhta::clock;

use crate::{
    growth,
    machine::{Database, Server},
    processor::{self, Meter},
    report::{Budget, Report, Row, percentile},
    watched::{self, Entered},
};

const MONITORS: usize = 5_000;
const KINDS: [Kind; 4] = [Kind::Ping, Kind::Tcp, Kind::Http, Kind::Dns];
const SEED: u64 = 7;
/// Two intervals until everybody was seen, then six that are measured.
const WARM_UP: Duration = Duration::from_secs(20);
const MEASURED: Duration = Duration::from_secs(60);
/// So many servers fall, for so long.
const FALLEN: usize = 60;
const STORM: Duration = Duration::from_secs(90);
/// How long fping looks at the same addresses.
const FPING: Duration = Duration::from_secs(20);

/// Adds its rows.
pub async fn watched(report: &mut Report) -> anyhow::Result<()> {
    let fleet = Fleet::start_anywhere(Plan::new(MOST_SERVERS, SEED)).await?;
    let database = Database::create("bench_checks").await?;
    let server = Server::start(&database, "web").await?;
    let start = Instant::now();
    let Entered { ids, monitors } = watched::enter(&server, fleet.plan(), &KINDS, MONITORS).await?;
    ensure!(monitors == MONITORS, "the fleet has too few services: {monitors}");
    println!("  {} servers with {MONITORS} monitors entered in {:.0} s", ids.len(), start.elapsed().as_secs_f64());
    server.stop().await?;

    let server = Server::start(&database, "web,workers").await?;
    let mut db = PgConnection::connect(&database.url).await?;
    let backend: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut db).await?;
    let postmaster = processor::parent(backend.unsigned_abs())?;
    tokio::time::sleep(WARM_UP).await;
    let before = stored(&mut db).await?;
    let pid = server.pid()?;
    let meter = Meter::start(vec![
        Box::new(move || processor::seconds(pid)),
        Box::new(move || processor::seconds_of_family(postmaster)),
    ])?;
    tokio::time::sleep(MEASURED).await;
    let cores = meter.cores()?;
    let [vakhta, postgres] = *cores else { anyhow::bail!("two programs were measured") };
    let done = stored(&mut db).await? - before;
    let memory = server.resident_mb()?;
    let wanted = MONITORS as f64 * MEASURED.as_secs_f64() / 10.0;
    ensure!((0.98..1.02).contains(&(done / wanted)), "{done} checks were stored and {wanted} were due");
    let states = "select state, count(*) from monitoring.monitor_state group by 1 order by 2 desc";
    let states: Vec<(String, i64)> = sqlx::query_as(states).fetch_all(&mut db).await?;
    println!("  {done} checks in {} s; states: {states:?}", MEASURED.as_secs());

    let mut delays = storm(&fleet, &server, &ids, &mut db).await?;
    let addresses: Vec<String> =
        fleet.plan().servers.iter().take(ids.len()).map(|server| server.address.to_string()).collect();
    let fping = fping(&addresses).await?;
    server.stop().await?;
    growth::rows(report, &mut db).await?;
    db.close().await?;
    fleet.stop().await;
    database.drop().await?;

    let what = |what: &str| format!("{MONITORS} monitors each 10 s, stored and judged: {what}");
    let row = Row::new(what("vakhta"), vakhta, "cores", Budget::AtMost(0.3));
    report.add(match fping {
        Some(cores) => row.beside("fping, the same addresses", cores),
        None => row.note("fping is not installed: nothing beside it"),
    });
    report.add(Row::new(what("PostgreSQL"), postgres, "cores", Budget::Shown).beside("vakhta", vakhta));
    report.add(Row::new(what("memory of vakhta"), memory, "MB", Budget::Shown));
    let median = percentile(&mut delays, 50);
    report.add(
        Row::new(
            "from when the deciding check was due to the news on a screen, slowest",
            percentile(&mut delays, 100),
            "ms",
            Budget::AtMost(1_000.0),
        )
        .beside("median", median)
        .note(format!("{} servers fell while all of these were looked at", delays.len())),
    );
    Ok(())
}

/// How many checks are stored.
async fn stored(db: &mut PgConnection) -> anyhow::Result<f64> {
    let count: i64 = sqlx::query_scalar("select count(*) from monitoring.\"check\"").fetch_one(db).await?;
    Ok(count as f64)
}

/// Servers fall, and a screen is told. How long after the deciding checks were due, in milliseconds.
async fn storm(
    fleet: &Fleet,
    server: &Server,
    ids: &HashMap<String, String>,
    db: &mut PgConnection,
) -> anyhow::Result<Vec<f64>> {
    let (mut socket, _) = connect_async(format!("{}/api/v1/live", server.url.replace("http://", "ws://"))).await?;
    let hello = json!({ "token": server.token, "topics": ["servers"] });
    socket.send(Message::text(hello.to_string())).await?;
    socket.next().await.context("it stays open")??;
    let fallen = fleet.storm(FALLEN, STORM).await;
    let mut missing: HashMap<&str, &str> =
        fallen.iter().filter_map(|name| ids.get(name).map(|id| (id.as_str(), name.as_str()))).collect();
    ensure!(!missing.is_empty(), "nobody fell who is watched");
    let mut told: Vec<(i64, OffsetDateTime)> = Vec::new();
    let listen = async {
        while !missing.is_empty() {
            let message = socket.next().await.context("it stays open")??;
            let at = clock::now();
            let Message::Text(text) = message else { continue };
            let frame: Value = serde_json::from_str(&text)?;
            let id = frame["data"]["id"].as_str().unwrap_or_default();
            if frame["data"]["state"] == "down" && missing.remove(id).is_some() {
                told.push((id.parse()?, at));
            }
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(STORM, listen).await.context("the fallen are noticed")??;
    let mut delays = Vec::new();
    for (id, at) in told {
        let sql =
            "select min(st.since) from monitoring.monitor_state st join monitoring.monitor m on m.id = st.monitor_id
                   where m.server_id = $1 and st.state = 'down'";
        let decided: OffsetDateTime = sqlx::query_scalar(sql).bind(id).fetch_one(&mut *db).await?;
        delays.push((at - decided).as_seconds_f64() * 1e3);
    }
    Ok(delays)
}

/// The cores that fping keeps busy with these addresses, each ten seconds; nothing where it is not installed.
async fn fping(addresses: &[String]) -> anyhow::Result<Option<f64>> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]).map(|folder| folder.join("fping"));
    let Some(fping) = installed.into_iter().find(|file| Path::is_file(file)) else { return Ok(None) };
    let mut child = tokio::process::Command::new(fping)
        .args(["-q", "-l", "-i", "1", "-p", "10000"])
        .args(addresses)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let pid = child.id().context("it runs")?;
    let meter = Meter::start(vec![Box::new(move || processor::seconds(pid))])?;
    tokio::time::sleep(FPING).await;
    let cores = meter.cores()?.first().copied();
    child.kill().await?;
    Ok(cores)
}
