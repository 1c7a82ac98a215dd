//! The list of a thousand servers: what it weighs on the wire, and how long it takes, beside the bare query for its rows.

use std::time::Instant;

use anyhow::{Context as _, ensure};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use simulators::fleet::{Kind, Plan};
use sqlx::{Connection, PgConnection};

use crate::{
    machine::{Database, Server},
    report::{Budget, Report, Row, percentile},
    watched,
};

const SERVERS: usize = 1_000;
const SEED: u64 = 7;
const QUESTIONS: usize = 60;

/// Adds its rows.
pub async fn list(report: &mut Report) -> anyhow::Result<()> {
    let database = Database::create("bench_servers").await?;
    let server = Server::start(&database, "web").await?;
    let plan = Plan::new(SERVERS, SEED);
    let monitors = watched::enter(&server, &plan, &Kind::ALL, usize::MAX).await?.monitors;
    let mut db = PgConnection::connect(&database.url).await?;
    looked_at(&mut db).await?;

    let client = Client::new();
    let api = || server.request(&client, Method::GET, "/servers");
    let page = || client.get(format!("{}/servers", server.url)).bearer_auth(&server.token);
    let sized = |request: RequestBuilder| request.header("accept-encoding", "gzip, deflate, br, zstd");
    let plain = read(api()).await?;
    let (list, html) = (read(sized(api())).await?, read(sized(page())).await?);
    let listed = serde_json::from_slice::<Value>(&plain)?["items"].as_array().map_or(0, Vec::len);
    ensure!(listed == SERVERS, "the list has {listed} servers");
    let rows = String::from_utf8(read(page()).await?)?.matches("href=\"/servers/").count();
    ensure!(rows >= 50, "the page has {rows} rows");
    let bare_ms = median(async || bare(&mut db).await).await?;
    let list_ms = median(async || timed(sized(api())).await).await?;
    let page_ms = median(async || timed(sized(page())).await).await?;
    server.stop().await?;
    db.close().await?;
    database.drop().await?;

    let what = |what: &str| format!("{what}, {SERVERS} servers, {monitors} monitors");
    let kb = |bytes: &[u8]| bytes.len() as f64 / 1e3;
    report.add(
        Row::new(what("GET /api/v1/servers, compressed"), kb(&list), "kB", Budget::AtMost(100.0))
            .beside("not compressed", kb(&plain)),
    );
    report.add(Row::new(what("GET /servers (HTML), compressed"), kb(&html), "kB", Budget::Shown));
    report.add(
        Row::new(what("GET /api/v1/servers, median"), list_ms, "ms", Budget::AtMost(1_000.0))
            .beside("its rows by SQL alone", bare_ms),
    );
    report.add(
        Row::new(what("GET /servers (HTML), median"), page_ms, "ms", Budget::AtMost(1_000.0))
            .beside("its rows by SQL alone", bare_ms),
    );
    Ok(())
}

/// As if all of them had been looked at for a while: latencies scatter by a quarter, and one in fifty is down.
async fn looked_at(db: &mut PgConnection) -> anyhow::Result<()> {
    sqlx::query(
        "update monitoring.monitor_state st
         set state = case when m.server_id % 50 = 0 then 'down' else 'up' end, good = 5, recent_count = 21, last_check_at = now(),
             reason = case when m.server_id % 50 = 0 then '{\"code\": \"timeout\", \"wanted\": \"3000\"}'::jsonb end,
             latency_ms = 1 + m.id % 200, spark = s.bytes
         from monitoring.monitor m, lateral (
             select string_agg(set_byte('\\x00', 0, (1 + 23 * ln(1 + (1 + m.id % 200) * (0.75 + random() / 2)))::int + 0 * n), ''::bytea) as bytes
             from generate_series(1, 24) n) s
         where m.id = st.monitor_id",
    )
    .execute(&mut *db)
    .await?;
    let sql = "update monitoring.server set state = case when id % 50 = 0 then 'down' else 'up' end";
    sqlx::query(sql).execute(db).await?;
    Ok(())
}

async fn read(request: RequestBuilder) -> anyhow::Result<Vec<u8>> {
    Ok(request.send().await?.error_for_status()?.bytes().await?.to_vec())
}

async fn timed(request: RequestBuilder) -> anyhow::Result<f64> {
    let start = Instant::now();
    read(request).await?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

/// What the list reads, and nothing else.
async fn bare(db: &mut PgConnection) -> anyhow::Result<f64> {
    let start = Instant::now();
    let rows = vakhta::store::servers::list::rows(db, None, 10_000).await?;
    let took = start.elapsed().as_secs_f64() * 1e3;
    ensure!(rows.len() == SERVERS, "the query gives {} rows", rows.len());
    Ok(took)
}

async fn median(mut measure: impl AsyncFnMut() -> anyhow::Result<f64>) -> anyhow::Result<f64> {
    let mut all = Vec::new();
    for _ in 0..QUESTIONS {
        all.push(measure().await?);
    }
    Some(percentile(&mut all, 50)).context("something was measured")
}
